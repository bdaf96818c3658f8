// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/releases_page.h"

#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/exchange/diff_page.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/release_bars.h"
#include "ui/models/chart_content.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr int kShaRole = Qt::UserRole;
constexpr std::size_t kShownProblems = 500;

QLabel* plain(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString formatTitle(const std::string& name)
{
    const auto format = parseExportFormat(name);
    return format ? formatWords(*format).title : fromCore(name);
}

} // namespace

ReleasesPage::ReleasesPage(ExportController& exports, PictureLoader& loader, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_exports(exports)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 12, 12, 12);
    layout->setSpacing(22);
    auto* left = new QVBoxLayout;
    m_list = new QTreeWidget(this);
    m_list->setHeaderLabels({tr("Release"), tr("Format"), tr("Groups"), tr("Published")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMinimumWidth(280);
    m_list->setAccessibleName(tr("Releases of this project"));
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_empty = plain(this);
    m_empty->setProperty("muted", true);
    left->addWidget(m_empty);
    left->addWidget(m_list, 1);
    left->addWidget(makeButtons());
    left->addStretch(0);
    layout->addLayout(left, 2);
    m_right = new QStackedWidget(this);
    m_details = new QWidget(m_right);
    auto* details = new QVBoxLayout(m_details);
    details->setContentsMargins(0, 0, 0, 0);
    details->setSpacing(10);
    m_title = plain(m_details);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.25);
    m_title->setFont(font);
    m_bars = new ReleaseBars(theme, m_details);
    m_facts = plain(m_details);
    m_facts->setProperty("muted", true);
    m_verdict = plain(m_details);
    m_bar = new QProgressBar(m_details);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->hide();
    m_stop = new QPushButton(tr("Cancel"), m_details);
    m_stop->hide();
    m_problems = new QPlainTextEdit(m_details);
    m_problems->setReadOnly(true);
    m_problems->setAccessibleName(tr("Files that are not as published"));
    m_problems->hide();
    details->addWidget(m_title);
    details->addWidget(m_bars);
    details->addWidget(m_facts);
    details->addWidget(m_verdict);
    details->addWidget(m_bar);
    details->addWidget(m_stop, 0, Qt::AlignLeft);
    details->addWidget(m_problems, 1);
    details->addStretch(0);
    details->setAlignment(Qt::AlignTop);
    m_diff = new DiffPage(exports, loader, theme, m_right);
    m_right->addWidget(m_details);
    m_right->addWidget(m_diff);
    layout->addWidget(m_right, 3);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &ReleasesPage::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, &ReleasesPage::verifyChosen);
    connect(m_stop, &QPushButton::clicked, &exports, &ExportController::stopReading);
    connect(&exports, &ExportController::releasesChanged, this, &ReleasesPage::showReleases);
    connect(&exports, &ExportController::verified, this, &ReleasesPage::showVerdict);
    connect(&exports, &ExportController::compared, this,
            [this](const std::shared_ptr<const ComparedReleases>& releases) {
                m_diff->show(releases);
                m_right->setCurrentWidget(m_diff);
            });
    connect(&exports, &ExportController::readingChanged, this, [this] {
        m_bar->setVisible(m_exports.isReading());
        m_stop->setVisible(m_exports.isReading());
        updateButtons();
    });
    connect(m_diff, &DiffPage::closed, this, [this] { m_right->setCurrentWidget(m_details); });
    showReleases();
}

QWidget* ReleasesPage::makeButtons()
{
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_verify = new QPushButton(icon(QStringLiteral("check")), tr("Verify"), box);
    m_verify->setToolTip(tr("Read every file again and compare it with the manifest."));
    m_compare = new QPushButton(icon(QStringLiteral("bands")), tr("Compare"), box);
    m_compare->setToolTip(
        tr("What differs between two chosen releases; with one chosen, between it and the one before."));
    m_show = new QPushButton(icon(QStringLiteral("folder-open")), tr("Show folder"), box);
    for (QPushButton* button : {m_verify, m_compare, m_show})
        row->addWidget(button);
    row->addStretch(1);
    connect(m_verify, &QPushButton::clicked, this, &ReleasesPage::verifyChosen);
    connect(m_compare, &QPushButton::clicked, this, &ReleasesPage::compareChosen);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const auto releases = chosen(); !releases.empty())
            withPlace(releases.front(), &ReleasesPage::showFolder);
    });
    return box;
}

void ReleasesPage::showFolder(const QString& path)
{
    const QFileInfo info(path);
    QDesktopServices::openUrl(QUrl::fromLocalFile(path.endsWith(QLatin1String(".zip")) ? info.path() : path));
}

// ---- the list ------------------------------------------------------------------------------------------------------

void ReleasesPage::showReleases()
{
    m_list->clear();
    for (const ReleaseEntry& release : m_exports.releases()) {
        auto* item = new QTreeWidgetItem(m_list, {fromCore(release.name), formatTitle(release.format),
                                                  countText(release.counts.exported), dateText(release.timestamp)});
        item->setData(0, kShaRole, QString::fromStdString(release.manifestSha256));
        item->setTextAlignment(2, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(0, fromCore(release.name).toHtmlEscaped());
    }
    const bool isEmpty = m_exports.releases().empty();
    m_empty->setText(
        m_exports.areReleasesKnown()
            ? tr("Nothing was published from this project yet. Choose a format on the page \"New release\", "
                 "look at what it would hold, and export it. What is published is frozen and stands here.")
            : tr("Reading the list..."));
    m_empty->setVisible(isEmpty);
    m_list->setVisible(!isEmpty);
    m_right->setCurrentWidget(m_details);
    if (!isEmpty)
        // Said in full: left to itself, the list would toggle while the Ctrl of Ctrl+E is still down.
        m_list->setCurrentItem(m_list->topLevelItem(0), 0,
                               QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    showChosen();
}

std::vector<ReleaseEntry> ReleasesPage::chosen() const
{
    std::vector<ReleaseEntry> found;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->isSelected() && static_cast<std::size_t>(row) < m_exports.releases().size())
            found.push_back(m_exports.releases()[static_cast<std::size_t>(row)]);
    }
    return found;
}

void ReleasesPage::showChosen()
{
    const auto releases = chosen();
    m_verdict->clear();
    m_problems->hide();
    m_bars->setVisible(releases.size() == 1);
    m_facts->setVisible(releases.size() == 1);
    if (releases.size() == 1) {
        showFacts(releases.front());
    } else {
        m_title->setText(releases.size() == 2
                             ? tr("%1 and %2").arg(fromCore(releases[0].name), fromCore(releases[1].name))
                             : QString());
    }
    updateButtons();
}

void ReleasesPage::showFacts(const ReleaseEntry& release)
{
    const ReleasePreview& counts = release.counts;
    m_title->setText(tr("%1, %2").arg(fromCore(release.name), formatTitle(release.format)) + QLatin1Char('\n') +
                     reconciliationText(counts.inView, counts.exported, counts.inView - counts.exported));
    m_bars->show(counts);
    QStringList lines{
        release.query.empty() ? tr("Every decided group") : tr("Query: %1").arg(fromCore(release.query)),
        tr("%1 images, %2")
            .arg(countText(release.imageCount), release.hasSplit ? tr("with a split") : tr("without a split")),
        tr("Manifest SHA-256: %1").arg(fromCore(release.manifestSha256))};
    if (const QString place = ExportController::placeOf(release); !place.isEmpty())
        lines.append(place);
    m_facts->setText(lines.join(QLatin1Char('\n')));
}

void ReleasesPage::updateButtons()
{
    const auto count = chosen().size();
    const bool isFree = !m_exports.isReading();
    m_verify->setEnabled(count == 1 && isFree);
    m_show->setEnabled(count == 1);
    m_compare->setEnabled(isFree && (count == 2 || (count == 1 && m_exports.releases().size() > 1)));
}

// ---- verifying and comparing ---------------------------------------------------------------------------------------

void ReleasesPage::withPlace(const ReleaseEntry& release, const std::function<void(const QString&)>& use)
{
    if (const QString place = ExportController::placeOf(release); !place.isEmpty()) {
        use(place);
        return;
    }
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Where is the release?"),
                                tr("Where %1 lies on this machine is not known.").arg(fromCore(release.name)),
                                QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* const folder = box->addButton(tr("It is a folder..."), QMessageBox::AcceptRole);
    QPushButton* const zip = box->addButton(tr("It is a zip archive..."), QMessageBox::AcceptRole);
    connect(folder, &QPushButton::clicked, this, [this, release, use] { locate(release, false, use); });
    connect(zip, &QPushButton::clicked, this, [this, release, use] { locate(release, true, use); });
    box->open();
}

void ReleasesPage::locate(const ReleaseEntry& release, bool isZip, const std::function<void(const QString&)>& use)
{
    auto* dialog = new QFileDialog(this, tr("Where is the release?"), QString(), tr("Zip archives (*.zip)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isZip ? QFileDialog::ExistingFile : QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [use, sha = release.manifestSha256](const QString& path) {
        ExportController::rememberPlace(sha, path);
        use(path);
    });
    dialog->open();
}

void ReleasesPage::verifyChosen()
{
    const auto releases = chosen();
    if (releases.size() == 1 && !m_exports.isReading()) {
        m_right->setCurrentWidget(m_details);
        withPlace(releases.front(), [this](const QString& path) { m_exports.verify(path); });
    }
}

void ReleasesPage::compareChosen()
{
    auto releases = chosen();
    if (releases.size() == 1) { // with the one of its format that was published before, else with the one before
        const auto& all = m_exports.releases();
        const auto own = std::ranges::find(all, releases.front().manifestSha256, &ReleaseEntry::manifestSha256);
        const auto next = own == all.end() ? all.begin() : own + 1;
        const auto alike = std::find_if(next, all.end(), [&releases](const ReleaseEntry& release) {
            return release.format == releases.front().format;
        });
        if (const auto other = alike == all.end() ? next : alike; other != all.end())
            releases.push_back(*other);
        else if (all.size() > 1)
            releases.push_back(all.front());
    }
    if (releases.size() != 2 || m_exports.isReading())
        return;
    const ReleaseEntry& later = releases[0]; // the list has the newest first
    withPlace(releases[1], [this, later](const QString& first) {
        withPlace(later, [this, first](const QString& second) { m_exports.compare(first, second); });
    });
}

QString ReleasesPage::verdictShown() const
{
    return m_verdict->text();
}

void ReleasesPage::showVerdict(const QString& path, const ReleaseVerdict& verdict)
{
    m_right->setCurrentWidget(m_details);
    if (verdict.problems.empty()) {
        m_verdict->setText(
            QStringLiteral("✓ ") +
            tr("%1 is as it was published: %2 files, %3.")
                .arg(fromCore(verdict.name), countText(verdict.fileCount), bytesText(verdict.byteCount)) +
            QLatin1Char('\n') + path);
        m_problems->hide();
        Q_EMIT said(tr("%1 is as it was published.").arg(fromCore(verdict.name)));
        return;
    }
    m_verdict->setText(
        QStringLiteral("△ ") +
        tr("%1 is not as it was published: %n problem(s).", nullptr, static_cast<int>(verdict.problems.size()))
            .arg(fromCore(verdict.name)) +
        QLatin1Char('\n') + path);
    QStringList lines;
    for (std::size_t i = 0; i < verdict.problems.size() && i < kShownProblems; ++i)
        lines.append(
            QStringLiteral("%1: %2").arg(fromCore(verdict.problems[i].path), fromCore(verdict.problems[i].what)));
    if (verdict.problems.size() > kShownProblems)
        lines.append(QStringLiteral("..."));
    m_problems->setPlainText(lines.join(QLatin1Char('\n')));
    m_problems->show();
    Q_EMIT said(tr("%1 is not as it was published.").arg(fromCore(verdict.name)));
}

} // namespace ps
