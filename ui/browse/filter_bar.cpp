// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/filter_bar.h"

#include "ui/browse/contact_sheet.h"
#include "ui/common/error_text.h"
#include "ui/common/icons.h"
#include "ui/common/state_badge.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSlider>
#include <QToolButton>

#include <utility>

namespace ps {

namespace {

constexpr int kTypingMs = 250; ///< a list for each letter would be thrown away by the next one
constexpr int kNarrow = 820;   ///< numbers and badges only; other languages have longer words
constexpr std::string_view kStateField = "state:";
constexpr std::array kSorts{GroupSort::By::Project,        GroupSort::By::Name,       GroupSort::By::Decided,
                            GroupSort::By::State,          GroupSort::By::Stage,      GroupSort::By::Images,
                            GroupSort::By::Sharpness,      GroupSort::By::Uncertain,  GroupSort::By::Disagreeing,
                            GroupSort::By::Representative, GroupSort::By::Duplicates, GroupSort::By::Similar};

QString sortText(GroupSort::By by)
{
    switch (by) {
    case GroupSort::By::Project: return FilterBar::tr("Project order");
    case GroupSort::By::Name: return FilterBar::tr("Name");
    case GroupSort::By::Decided: return FilterBar::tr("Date of decision");
    case GroupSort::By::State: return FilterBar::tr("State");
    case GroupSort::By::Stage: return FilterBar::tr("Stage");
    case GroupSort::By::Images: return FilterBar::tr("Number of images");
    case GroupSort::By::Sharpness: return FilterBar::tr("Sharpness");
    case GroupSort::By::Uncertain: return FilterBar::tr("Least sure suggestion");
    case GroupSort::By::Disagreeing: return FilterBar::tr("Disagreement with the suggestion");
    case GroupSort::By::Representative: return FilterBar::tr("Most representative");
    case GroupSort::By::Duplicates: return FilterBar::tr("Look-alikes");
    case GroupSort::By::Similar: return FilterBar::tr("Similarity");
    }
    return {};
}

std::string stateToken(GroupState state)
{
    return std::string(kStateField) + std::string(groupStateWord(state));
}

/// Words of a query that stand beside each other at its top, with the places at which they begin and end; nothing when it has
/// brackets, quotes, "or" or "-", which only the grammar itself understands.
std::vector<std::pair<std::size_t, std::size_t>> plainWords(const std::string& text)
{
    std::vector<std::pair<std::size_t, std::size_t>> words;
    if (text.find_first_of("()\"") != std::string::npos)
        return words;
    for (std::size_t begin = text.find_first_not_of(' '); begin != std::string::npos;) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (QString::fromStdString(text.substr(begin, end - begin)).compare(QLatin1String("or"), Qt::CaseInsensitive) ==
            0)
            return {};
        words.emplace_back(begin, end);
        begin = text.find_first_not_of(' ', end);
    }
    return words;
}

/// A small badge of the state for a chip, at the scale of the screen.
QIcon badgeIcon(GroupState state, const ThemeColors& colors, qreal devicePixelRatio)
{
    constexpr int kSide = 16;
    QPixmap pixmap(QSize(kSide, kSide) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintStateBadge(painter, QRectF(1, 1, kSide - 2, kSide - 2), state, false, false, colors);
    return QIcon(pixmap);
}

} // namespace

std::string stateTokenOf(const std::string& text)
{
    std::string found;
    for (const auto& [begin, end] : plainWords(text)) {
        if (!text.substr(begin, end - begin).starts_with(kStateField))
            continue;
        if (!found.empty())
            return {};
        found = text.substr(begin, end - begin);
    }
    return found;
}

std::string withStateToken(const std::string& text, const std::string& token)
{
    std::string result;
    const auto words = plainWords(text);
    if (words.empty() && text.find_first_not_of(' ') != std::string::npos)
        result = token.empty() ? std::string() : "(" + text + ")"; // "everything" takes the whole filter away
    for (const auto& [begin, end] : words) {
        const std::string word = text.substr(begin, end - begin);
        if (!word.starts_with(kStateField))
            result += (result.empty() ? "" : " ") + word;
    }
    if (!token.empty())
        result += (result.empty() ? "" : " ") + token;
    return result;
}

// ---- building ------------------------------------------------------------------------------------------------------

FilterBar::FilterBar(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(14, 10, 14, 8);
    rows->setSpacing(6);
    auto* upper = new QHBoxLayout;
    upper->setSpacing(6);
    buildField(upper);
    buildOrder(upper);
    buildModes(upper);
    rows->addLayout(upper);
    m_error = new QLabel(this);
    m_error->setProperty("attention", true);
    m_error->setWordWrap(true);
    m_error->setTextFormat(Qt::PlainText);
    m_error->hide();
    rows->addWidget(m_error);
    auto* lower = new QHBoxLayout;
    lower->setSpacing(4);
    buildChips(lower);
    rows->addLayout(lower);
    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingMs);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::useText);
    connect(&theme, &Theme::changed, this, &FilterBar::updateChips);
    updateOrder();
    updateChips();
}

void FilterBar::buildField(QHBoxLayout* row)
{
    m_field = new QLineEdit(this);
    m_field->setPlaceholderText(tr("Filter: name, state:undecided, images>2 ..."));
    m_field->setAccessibleName(tr("Filter"));
    m_field->setClearButtonEnabled(true);
    m_field->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_field->setMinimumWidth(120);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textEdited, this, [this](const QString& text) {
        // A mistake is shown at once, but only when the hand rests it is one.
        text.isEmpty() ? useText() : m_typing.start();
    });
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty() && !m_query.text.empty())
            useText(); // the button that clears it edits nothing
    });
    row->addWidget(m_field, 1);
    auto* fields = new QToolButton(this);
    fields->setIcon(icon(QStringLiteral("help")));
    fields->setToolTip(tr("What can be filtered for"));
    fields->setAccessibleName(fields->toolTip());
    fields->setPopupMode(QToolButton::InstantPopup);
    fields->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto* menu = new QMenu(fields);
    for (const QueryField& field : queryFields()) {
        const QString name = fromCore(field.name);
        QAction* const action = menu->addAction(QStringLiteral("%1:\t%2").arg(name, fromCore(field.values)));
        connect(action, &QAction::triggered, this, [this, name] {
            const QString text = m_field->text();
            m_field->setText((text.isEmpty() || text.endsWith(QLatin1Char(' ')) ? text : text + QLatin1Char(' ')) +
                             name + QLatin1Char(':'));
            focusFilter();
            m_field->end(false);
        });
    }
    fields->setMenu(menu);
    row->addWidget(fields);
}

void FilterBar::buildOrder(QHBoxLayout* row)
{
    m_order = new QToolButton(this);
    m_order->setPopupMode(QToolButton::InstantPopup);
    m_order->setToolTip(tr("Order of the list"));
    m_order->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
    auto* menu = new QMenu(m_order);
    auto* group = new QActionGroup(menu);
    for (const GroupSort::By by : kSorts) {
        QAction* const action = menu->addAction(sortText(by));
        action->setCheckable(true);
        action->setData(static_cast<int>(by));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, by] {
            GroupQuery query = m_query;
            query.sort.by = by;
            apply(query);
        });
    }
    m_order->setMenu(menu);
    row->addWidget(m_order);
    m_direction = new QToolButton(this);
    connect(m_direction, &QToolButton::clicked, this, [this] {
        GroupQuery query = m_query;
        query.sort.isDescending = !query.sort.isDescending;
        apply(query);
    });
    row->addWidget(m_direction);
}

QToolButton* FilterBar::addMode(QHBoxLayout* row, BrowseMode mode, const QString& iconName, const QString& name)
{
    auto* button = new QToolButton(this);
    button->setIcon(icon(iconName));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    connect(button, &QToolButton::clicked, this, [this, mode] { Q_EMIT modeChanged(mode); });
    row->addWidget(button);
    return button;
}

void FilterBar::buildModes(QHBoxLayout* row)
{
    row->addSpacing(6);
    m_quality = new QToolButton(this);
    m_quality->setIcon(icon(QStringLiteral("histogram")));
    m_quality->setCheckable(true);
    m_quality->setToolTip(tr("Blurry, dark, noisy ...: what is worth a second look (Q)"));
    m_quality->setAccessibleName(tr("Quality"));
    connect(m_quality, &QToolButton::clicked, this, &FilterBar::qualityWanted);
    row->addWidget(m_quality);
    row->addSpacing(6);
    m_modes = {addMode(row, BrowseMode::Grid, QStringLiteral("browse"), tr("One picture for each group")),
               addMode(row, BrowseMode::Bands, QStringLiteral("bands"), tr("All candidates of each group")),
               addMode(row, BrowseMode::Table, QStringLiteral("table"), tr("Table"))};
    m_modes.front()->setChecked(true);
    m_size = new QSlider(Qt::Horizontal, this);
    m_size->setRange(ContactSheet::kSmallestCell, ContactSheet::kLargestCell);
    m_size->setPageStep(64);
    m_size->setFixedWidth(110);
    m_size->setToolTip(tr("Size of the pictures"));
    m_size->setAccessibleName(m_size->toolTip());
    m_size->setFocusPolicy(Qt::TabFocus);
    connect(m_size, &QSlider::valueChanged, this, &FilterBar::cellSizeChanged);
    row->addWidget(m_size);
}

void FilterBar::buildChips(QHBoxLayout* row)
{
    const auto add = [&](const std::string& token) {
        auto* button = new QToolButton(this);
        button->setProperty("choice", true);
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize(QSize(14, 14));
        connect(button, &QToolButton::clicked, this, [this, token] { useChip(token); });
        row->addWidget(button);
        m_chips.push_back({button, token});
    };
    add({});
    for (const GroupState state : {GroupState::Undecided, GroupState::Approved, GroupState::Cropped,
                                   GroupState::CropLater, GroupState::CropAccepted, GroupState::Rejected,
                                   GroupState::Tie, GroupState::CannotJudge, GroupState::Skipped})
        add(stateToken(state));
    row->addStretch(1);
    m_only = new QToolButton(this);
    m_only->setProperty("choice", true);
    m_only->setIcon(icon(QStringLiteral("close")));
    m_only->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_only->setToolTip(tr("Only these groups are listed. Choose it to see all again."));
    m_only->hide();
    connect(m_only, &QToolButton::clicked, this, &FilterBar::allWanted);
    row->addWidget(m_only);
    m_changed = new QToolButton(this);
    m_changed->setProperty("choice", true);
    m_changed->setIcon(icon(QStringLiteral("refresh")));
    m_changed->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_changed->setToolTip(tr("Decided groups stay where they are until the list is made anew."));
    m_changed->hide();
    connect(m_changed, &QToolButton::clicked, this, &FilterBar::refreshWanted);
    row->addWidget(m_changed);
    m_result = new QLabel(this);
    m_result->setProperty("muted", true);
    row->addWidget(m_result);
}

// ---- the query -----------------------------------------------------------------------------------------------------

void FilterBar::setQuery(const GroupQuery& query)
{
    m_typing.stop();
    m_query = query;
    if (!m_field->hasFocus() || m_field->text().trimmed().toStdString() != query.text)
        m_field->setText(QString::fromStdString(query.text));
    showError({});
    updateOrder();
    updateChips();
}

void FilterBar::setSort(GroupSort sort)
{
    GroupQuery query = m_query;
    query.sort = sort;
    apply(query);
}

void FilterBar::useText()
{
    m_typing.stop();
    GroupQuery query = m_query;
    query.text = m_field->text().trimmed().toStdString();
    if (const auto parsed = parseGroupQuery(query.text); !parsed) {
        showError(tr("This filter cannot be read: %1").arg(fromCore(parsed.error().message)));
        return;
    }
    showError({});
    apply(query);
}

void FilterBar::useChip(const std::string& token)
{
    GroupQuery query = m_query;
    const bool isTakenBack = !token.empty() && stateTokenOf(query.text) == token;
    query.text = withStateToken(query.text, isTakenBack ? std::string() : token);
    m_field->setText(QString::fromStdString(query.text));
    showError({});
    apply(query);
}

void FilterBar::apply(const GroupQuery& query)
{
    const bool isOther = m_query != query;
    m_query = query;
    updateOrder();
    updateChips();
    if (isOther)
        Q_EMIT queryChanged(query);
}

void FilterBar::showError(const QString& text)
{
    m_error->setText(text.isEmpty() ? QString() : QStringLiteral("△ ") + text);
    m_error->setVisible(!text.isEmpty());
}

void FilterBar::focusFilter()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FilterBar::takeBackMistake()
{
    m_typing.stop();
    m_field->setText(QString::fromStdString(m_query.text));
    showError({});
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        useText();
        if (!m_error->isHidden())
            return true; // the mistake is to be mended here
        Q_EMIT left();
        return true;
    case Qt::Key_Escape:
        if (!m_error->isHidden())
            takeBackMistake();
        Q_EMIT left();
        return true;
    case Qt::Key_Down: Q_EMIT left(); return true;
    default: return false;
    }
}

// ---- showing -------------------------------------------------------------------------------------------------------

void FilterBar::updateOrder()
{
    m_order->setText(sortText(m_query.sort.by));
    m_order->setAccessibleName(tr("Order: %1").arg(m_order->text()));
    for (QAction* action : m_order->menu()->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(m_query.sort.by));
    const bool isDown = m_query.sort.isDescending;
    m_direction->setIcon(icon(isDown ? QStringLiteral("sort-down") : QStringLiteral("sort-up")));
    m_direction->setToolTip(isDown ? tr("Last first. Press for the other way round.")
                                   : tr("First first. Press for the other way round."));
    m_direction->setAccessibleName(m_direction->toolTip());
}

void FilterBar::updateChips()
{
    const std::string current = stateTokenOf(m_query.text);
    const bool isNarrow = width() < kNarrow;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        QToolButton& button = *m_chips[i].button;
        if (i == 0) {
            button.setText(tr("All") + QStringLiteral("  ") +
                           QLocale().toString(static_cast<qlonglong>(m_counts.entries())));
            button.setChecked(m_query.text.empty());
            continue;
        }
        const auto state = static_cast<GroupState>([&] {
            for (std::size_t s = 0; s < kGroupStateCount; ++s) {
                if (m_chips[i].token == stateToken(static_cast<GroupState>(s)))
                    return s;
            }
            return std::size_t{0};
        }());
        const std::int64_t count = m_counts.entriesIn(state);
        const QString number = QLocale().toString(static_cast<qlonglong>(count));
        button.setIcon(badgeIcon(state, m_theme.colors(), devicePixelRatioF()));
        button.setText(isNarrow ? number : stateText(state) + QStringLiteral("  ") + number);
        button.setToolTip(stateText(state));
        button.setAccessibleName(stateText(state) + QLatin1Char(' ') + number);
        button.setChecked(current == m_chips[i].token);
        // Rare states take no room while there is nothing in them.
        const bool isCommon = state == GroupState::Undecided || state == GroupState::Approved ||
                              state == GroupState::Cropped || state == GroupState::Rejected;
        button.setVisible(isCommon || count > 0 || current == m_chips[i].token);
    }
}

void FilterBar::setCounts(const GroupCounts& counts)
{
    m_counts = counts;
    updateChips();
}

void FilterBar::setResult(std::int64_t count, bool isBusy)
{
    const int shown = static_cast<int>(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
    m_result->setText(isBusy ? tr("Looking ...") : tr("%Ln shown", nullptr, shown));
}

void FilterBar::setOnly(const QString& name)
{
    m_only->setText(name);
    m_only->setVisible(!name.isEmpty());
}

void FilterBar::setChangedCount(qsizetype count)
{
    m_changed->setText(tr("%n changed", nullptr, static_cast<int>(count)));
    m_changed->setVisible(count > 0);
}

void FilterBar::setMode(BrowseMode mode)
{
    m_modes[static_cast<std::size_t>(mode)]->setChecked(true);
    m_size->setEnabled(mode != BrowseMode::Table);
}

void FilterBar::setQualityShown(bool isShown)
{
    m_quality->setChecked(isShown);
}

void FilterBar::setText(const QString& text)
{
    m_field->setText(text);
    useText();
}

void FilterBar::setCellSize(int sizePx)
{
    m_size->setValue(sizePx);
}

void FilterBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateChips();
}

} // namespace ps
