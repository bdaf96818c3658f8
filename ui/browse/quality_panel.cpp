// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browse/quality_panel.h"

#include "core/suggest/list_preparation.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <memory>

namespace ps {

namespace {

constexpr int kMovingMs = 200; ///< a list for each pixel of a drag would be thrown away by the next one
constexpr int kWidth = 300;

QString titleOf(const QualityFilter& filter)
{
    if (filter.word == "blurry")
        return QualityPanel::tr("Blurry");
    if (filter.word == "dark")
        return QualityPanel::tr("Dark");
    if (filter.word == "bright")
        return QualityPanel::tr("Bright");
    if (filter.word == "low-contrast")
        return QualityPanel::tr("Low contrast");
    if (filter.word == "noisy")
        return QualityPanel::tr("Noisy");
    if (filter.word == "upscaled")
        return QualityPanel::tr("Upscaled");
    return filter.field == "aspect" ? QualityPanel::tr("Long and narrow") : QualityPanel::tr("Small");
}

/// So many that the edges of bins, where thresholds lie, are round numbers: what is written is what was counted.
std::size_t binsOf(const QualityFilter& filter)
{
    const double range = filter.high - filter.low;
    const double step = range > 50 ? 0.5 : range > 20 ? 0.3 : range > 1 ? 0.05 : range > 0.5 ? 0.01 : 0.005;
    return static_cast<std::size_t>(std::lround(range / step));
}

/// One after the other; a measure that cannot be read has an empty histogram.
std::vector<MeasureHistogram> countAll(const Connection& catalogue, const std::stop_token& stop)
{
    std::vector<MeasureHistogram> histograms;
    for (const QualityFilter& filter : qualityFilters())
        histograms.push_back(measureHistogram(catalogue, filter, binsOf(filter), stop)
                                 .value_or({filter.low, filter.high, std::vector<std::int64_t>(binsOf(filter)), 0}));
    return histograms;
}

} // namespace

std::string withPart(const std::string& text, const std::string& before, const std::string& part)
{
    std::string result = text;
    const std::size_t at = before.empty() ? std::string::npos : result.find(before);
    if (at != std::string::npos) {
        std::size_t begin = at;
        std::size_t end = at + before.size();
        if (part.empty()) { // with one of the blanks around it
            if (end < result.size() && result[end] == ' ')
                ++end;
            else if (begin > 0 && result[begin - 1] == ' ')
                --begin;
        }
        return result.replace(begin, end - begin, part);
    }
    if (part.empty())
        return result;
    return result + (result.empty() ? "" : " ") + part;
}

QualityPanel::QualityPanel(ProjectController& controller, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_controller(controller), m_theme(theme)
{
    setObjectName(QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedWidth(kWidth);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 10, 0, 10);
    outer->setSpacing(6);
    auto* title = new QLabel(tr("Worth a second look"), this);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    title->setContentsMargins(14, 0, 14, 0);
    auto* hint = new QLabel(
        tr("Move a line and show what is beyond it. Fog is not blur: nothing is sorted out by itself."), this);
    hint->setProperty("muted", true);
    hint->setWordWrap(true);
    hint->setContentsMargins(14, 0, 14, 4);
    outer->addWidget(title);
    outer->addWidget(hint);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget(area);
    inside->setObjectName(QStringLiteral("panel"));
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(4, 0, 8, 0);
    column->setSpacing(4);
    for (const QualityFilter& filter : qualityFilters())
        addRow(filter, column);
    column->addStretch(1);
    area->setWidget(inside);
    outer->addWidget(area, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(14, 4, 14, 0);
    m_duplicates = new QPushButton(tr("Look-alikes"), this);
    m_duplicates->setToolTip(tr("List sets of groups whose pictures look alike, side by side"));
    m_reset = new QPushButton(tr("Reset"), this);
    m_reset->setToolTip(tr("All thresholds as usual, none in the filter"));
    buttons->addWidget(m_duplicates);
    buttons->addStretch(1);
    buttons->addWidget(m_reset);
    outer->addLayout(buttons);
    connect(m_reset, &QPushButton::clicked, this, &QualityPanel::reset);
    connect(m_duplicates, &QPushButton::clicked, this, &QualityPanel::duplicatesWanted);
    m_moving.setSingleShot(true);
    m_moving.setInterval(kMovingMs);
    connect(&m_moving, &QTimer::timeout, this, &QualityPanel::apply);
}

void QualityPanel::addRow(const QualityFilter& filter, QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    const QString title = titleOf(filter);
    Row made;
    made.slider = new MeasureSlider(filter, title, m_theme, this);
    made.onlyThese = new QToolButton(this);
    made.onlyThese->setProperty("choice", true);
    made.onlyThese->setCheckable(true);
    made.onlyThese->setText(tr("Show"));
    made.onlyThese->setToolTip(tr("Show only groups beyond this threshold, or beyond any that is shown"));
    made.onlyThese->setAccessibleName(tr("Show only: %1").arg(title));
    row->addWidget(made.slider, 1);
    row->addWidget(made.onlyThese, 0, Qt::AlignVCenter);
    column->addLayout(row);
    connect(made.onlyThese, &QToolButton::toggled, this, &QualityPanel::apply);
    connect(made.slider, &MeasureSlider::thresholdChanged, this, [this, button = made.onlyThese] {
        if (button->isChecked())
            m_moving.start();
    });
    m_rows.push_back(made);
}

// ---- histograms ----------------------------------------------------------------------------------------------------

void QualityPanel::updateHistograms()
{
    if (!m_controller.isOpen())
        return;
    const std::uint64_t request = ++m_request;
    const auto counted = std::make_shared<std::vector<MeasureHistogram>>();
    m_controller.runAside(
        [counted](ProjectSession& session, const std::stop_token& stop) {
            ListPreparation preparation;
            discard(preparation.prepare(session, {"upscaling:any", {}}, stop), "without embeddings it is not measured");
            // A connection of its own: look-ups do not wait for millions of rows.
            if (const auto own = session.openCatalogue(); own)
                *counted = countAll(own->connection(), stop);
            else
                session.withCatalogue(
                    [&](const Catalogue& catalogue) { *counted = countAll(catalogue.connection(), stop); });
        },
        [this, counted, request] {
            if (request == m_request)
                setHistograms(*counted);
        });
}

void QualityPanel::setHistograms(const std::vector<MeasureHistogram>& histograms)
{
    for (std::size_t i = 0; i < std::min(m_rows.size(), histograms.size()); ++i) {
        m_rows[i].slider->setHistogram(histograms[i]);
        m_rows[i].onlyThese->setEnabled(histograms[i].total > 0);
    }
}

// ---- the filter ----------------------------------------------------------------------------------------------------

std::string QualityPanel::expression() const
{
    std::string all;
    int count = 0;
    for (const Row& row : m_rows) {
        if (!row.onlyThese->isChecked())
            continue;
        all += (all.empty() ? "" : " or ") + row.slider->term();
        ++count;
    }
    return count > 1 ? "(" + all + ")" : all;
}

void QualityPanel::apply()
{
    m_moving.stop();
    const std::string wanted = expression();
    const std::string text = withPart(m_queryText, m_applied, wanted);
    m_applied = wanted;
    if (text == m_queryText)
        return;
    m_queryText = text;
    Q_EMIT queryWanted(QString::fromStdString(text));
}

void QualityPanel::setQueryText(const std::string& text)
{
    m_queryText = text;
    if (m_applied.empty() || text.find(m_applied) != std::string::npos)
        return;
    m_applied.clear(); // a person wrote something else
    for (const Row& row : m_rows) {
        const QSignalBlocker quiet(row.onlyThese);
        row.onlyThese->setChecked(false);
    }
}

void QualityPanel::reset()
{
    for (const Row& row : m_rows) {
        const QSignalBlocker quiet(row.onlyThese);
        row.onlyThese->setChecked(false);
        row.slider->reset();
    }
    apply();
}

} // namespace ps
