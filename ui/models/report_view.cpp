// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/report_view.h"

#include "ui/common/buttons.h"
#include "ui/common/error_text.h"
#include "ui/models/model_list.h"
#include "ui/models/report_charts.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace ps {

namespace {

constexpr int kChartWidth = 330;
constexpr int kChartHeight = 262;
constexpr int kGap = 12;
constexpr std::size_t kHashShown = 12;

QString factsText(const ModelRecord& record)
{
    QStringList lines;
    if (record.report) {
        const TrainingReport& report = *record.report;
        QString trained = report.kind == TrainingReport::Kind::Ranker
                              ? ReportView::tr("Trained on %1 groups (%2 pairs), measured on %3 others.")
                                    .arg(countText(report.trainingGroups), countText(report.trainingPairs),
                                         countText(report.holdOutGroups))
                              : ReportView::tr("Trained on %1 images, measured on %2 others.")
                                    .arg(countText(report.trainingGroups), countText(report.holdOutGroups));
        if (const QString excluded = excludedText(report); !excluded.isEmpty())
            trained += QLatin1Char(' ') + ReportView::tr("Left out: %1.").arg(excluded);
        lines.append(trained);
    }
    QStringList facts{ReportView::tr("Embeddings: %1").arg(fromCore(record.embedderId)),
                      ReportView::tr("File: %1, SHA-256 %2...")
                          .arg(fromCore(record.file), fromCore(record.sha256.substr(0, kHashShown)))};
    if (!record.dataFingerprint.empty())
        facts.append(ReportView::tr("Data: %1...").arg(fromCore(record.dataFingerprint.substr(0, kHashShown))));
    lines.append(facts.join(QStringLiteral("  ·  ")));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

// ---- charts --------------------------------------------------------------------------------------------------------

ChartGrid::ChartGrid(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(kGap);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void ChartGrid::setCharts(std::vector<ChartContent> charts)
{
    while (m_views.size() > charts.size()) {
        delete m_views.back();
        m_views.pop_back();
    }
    while (m_views.size() < charts.size()) {
        auto* view = new ChartView(m_theme, this);
        view->setFixedHeight(kChartHeight);
        m_views.push_back(view);
        m_columns = 0;
    }
    for (std::size_t i = 0; i < charts.size(); ++i)
        m_views[i]->setContent(std::move(charts[i]));
    arrange();
}

void ChartGrid::arrange()
{
    const int columns = std::clamp((width() + kGap) / (kChartWidth + kGap), 1, 4);
    if (std::exchange(m_columns, columns) == columns)
        return;
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        const int place = static_cast<int>(i);
        m_grid->addWidget(m_views[i], place / columns, place % columns);
        m_views[i]->show();
    }
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (std::size_t i = 1; i < m_views.size(); ++i)
        setTabOrder(m_views[i - 1], m_views[i]);
}

void ChartGrid::resizeEvent(QResizeEvent*)
{
    arrange();
}

// ---- the report ----------------------------------------------------------------------------------------------------

ReportView::ReportView(const Theme& theme, QWidget* parent)
    : QScrollArea(parent), m_title(new QLabel), m_verdict(new QLabel), m_facts(new QLabel),
      m_train(new QPushButton(tr("Go to training")))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2, 12, 12, 12);
    layout->setSpacing(4);
    QFont font = m_title->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_facts->setProperty("muted", true);
    for (QLabel* label : {m_title, m_verdict, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(label);
    }
    makePrimary(m_train);
    m_train->hide();
    connect(m_train, &QPushButton::clicked, this, &ReportView::trainingWanted);
    m_charts = new ChartGrid(theme, page);
    layout->addSpacing(10);
    layout->addWidget(m_train, 0, Qt::AlignLeft);
    layout->addWidget(m_charts);
    layout->addStretch(1);
    setWidget(page);
}

void ReportView::showNothing(const QString& title, const QString& hint, bool canTrain)
{
    m_title->setText(title);
    m_verdict->setText(hint);
    m_facts->clear();
    m_train->setVisible(!hint.isEmpty() && canTrain);
    m_charts->setCharts({});
}

void ReportView::showModel(const ModelRecord& record, bool isActive)
{
    m_train->hide();
    m_title->setText(QStringLiteral("%1 · %2").arg(fromCore(record.id), taskText(record.task)));
    QString verdict = record.report ? verdictText(*record.report)
                                    : tr("It was trained elsewhere and brings no report, so there is nothing to draw. "
                                         "Its accuracy shows as you decide with it.");
    if (record.report && !record.isProposed)
        verdict = QStringLiteral("△ ") + tr("Not proposed.") + QLatin1Char(' ') + verdict;
    if (isActive)
        verdict = QStringLiteral("● ") + tr("Active in this project.") + QLatin1Char(' ') + verdict;
    m_verdict->setText(verdict);
    m_facts->setText(factsText(record));
    m_charts->setCharts(record.report ? chartsOf(*record.report) : std::vector<ChartContent>());
}

} // namespace ps
