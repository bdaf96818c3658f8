// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/preview_panel.h"

#include "ui/common/error_text.h"
#include "ui/exchange/check_rules.h"
#include "ui/exchange/exchange_words.h"
#include "ui/exchange/release_bars.h"

#include <QGraphicsOpacityEffect>
#include <QLabel>
#include <QVBoxLayout>

namespace ps {

namespace {

constexpr std::size_t kShownLeaks = 3;
constexpr qreal kDimmed = 0.45;

QLabel* plain(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* heading(const QString& text, QWidget* parent)
{
    QLabel* const label = plain(parent);
    label->setText(text);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

} // namespace

PreviewPanel::PreviewPanel(const Theme& theme, QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 14, 12);
    layout->setSpacing(8);
    m_headline = heading({}, page);
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    m_headline->setFont(font);
    m_state = plain(page);
    m_state->setProperty("muted", true);
    layout->addWidget(m_headline);
    layout->addWidget(m_state);
    m_content = new QWidget(page);
    auto* content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 8, 0, 0);
    content->setSpacing(10);
    m_leakTitle = heading(tr("△ A leak: what was published on two sides hangs together now"), m_content);
    m_leakTitle->setProperty("attention", true);
    m_leaks = plain(m_content);
    m_leaks->setAccessibleName(tr("Images that connect two sides"));
    m_bars = new ReleaseBars(theme, m_content);
    m_checkTitle = heading(tr("Integrity checks"), m_content);
    m_checksFine = plain(m_content);
    m_checksFine->setText(tr("✓ They find nothing in these rows."));
    m_checksFine->setProperty("muted", true);
    m_checks = new CheckRules(m_content);
    content->addWidget(m_leakTitle);
    content->addWidget(m_leaks);
    content->addWidget(m_bars);
    content->addSpacing(6);
    content->addWidget(m_checkTitle);
    content->addWidget(m_checksFine);
    content->addWidget(m_checks);
    layout->addWidget(m_content);
    layout->addStretch(1);
    setWidget(page);
    m_content->hide();
}

QString PreviewPanel::headline() const
{
    return m_headline->text();
}

QString PreviewPanel::leaks() const
{
    return m_leaks->isHidden() ? QString() : m_leaks->text();
}

void PreviewPanel::show(const ExportController& exports)
{
    const bool isWaiting = exports.isPreviewing();
    if (isWaiting) {
        const QString pace = exports.previewPace().text();
        m_state->setText(pace.isEmpty() ? tr("Working out what it would hold...") : pace);
    } else if (exports.previewError()) {
        const ErrorText text = errorText(*exports.previewError());
        m_state->setText(QStringLiteral("△ ") + text.summary +
                         (text.summary.contains(text.details) ? QString() : QLatin1Char('\n') + text.details));
    } else {
        m_state->clear();
    }
    m_state->setVisible(!m_state->text().isEmpty());
    if (exports.preview())
        showPreview(exports.preview()->release);
    else
        m_headline->clear();
    m_headline->setVisible(exports.preview().has_value());
    m_content->setVisible(exports.preview().has_value());
    // What is of the choice before is dimmed rather than taken away, so that nothing jumps.
    auto* effect = qobject_cast<QGraphicsOpacityEffect*>(m_content->graphicsEffect());
    if (isWaiting && !effect) {
        effect = new QGraphicsOpacityEffect(m_content);
        effect->setOpacity(kDimmed);
        m_content->setGraphicsEffect(effect);
    } else if (!isWaiting && effect) {
        m_content->setGraphicsEffect(nullptr);
    }
}

void PreviewPanel::showPreview(const ReleasePreview& preview)
{
    std::int64_t excluded = 0;
    for (const auto& [reason, count] : preview.excluded)
        excluded += count;
    QString text = reconciliationText(preview.inView, preview.exported, excluded);
    if (preview.inView != preview.exported + excluded)
        text += tr(" △ these do not add up");
    m_headline->setText(text);
    m_bars->show(preview);
    showLeaks(preview);
    m_checks->setResults(preview.checks);
    m_checksFine->setVisible(preview.checks.empty());
}

void PreviewPanel::showLeaks(const ReleasePreview& preview)
{
    QStringList blocks;
    for (std::size_t i = 0; i < preview.leaks.size() && i < kShownLeaks; ++i)
        blocks.append(leakText(preview.leaks[i]));
    if (preview.leaks.size() > kShownLeaks)
        blocks.append(tr("... and %n more.", nullptr, static_cast<int>(preview.leaks.size() - kShownLeaks)));
    m_leaks->setText(blocks.join(QStringLiteral("\n\n")));
    m_leaks->setVisible(!blocks.isEmpty());
    m_leakTitle->setVisible(!blocks.isEmpty());
}

} // namespace ps
