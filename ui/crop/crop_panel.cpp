// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/crop/crop_panel.h"

#include "ui/common/buttons.h"
#include "ui/crop/crop_canvas.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ps {

namespace {

constexpr const char* kRatioSetting = "crop/ratioName";
constexpr const char* kTurnedSetting = "crop/isRatioTurned";

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

} // namespace

CropPanel::CropPanel(CropCanvas& canvas, const Theme&, QWidget* parent) : QWidget(parent), m_canvas(canvas)
{
    setObjectName(QStringLiteral("panel"));
    setFixedWidth(264);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(8);

    layout->addWidget(heading(tr("Crop"), this));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    const std::array<QString, 4> names{tr("Left"), tr("Top"), tr("Width"), tr("Height")};
    for (std::size_t i = 0; i < m_numbers.size(); ++i) {
        auto* label = new QLabel(names[i], this);
        m_numbers[i] = new QSpinBox(this);
        m_numbers[i]->setRange(0, 1'000'000);
        m_numbers[i]->setSuffix(tr(" px"));
        m_numbers[i]->setKeyboardTracking(false);
        m_numbers[i]->setAccessibleName(names[i]);
        label->setBuddy(m_numbers[i]);
        const int row = static_cast<int>(i / 2) * 2;
        const int column = static_cast<int>(i % 2);
        grid->addWidget(label, row, column);
        grid->addWidget(m_numbers[i], row + 1, column);
        connect(m_numbers[i], &QSpinBox::valueChanged, this, [this, i] { takeNumber(i); });
    }
    layout->addLayout(grid);
    m_percent = new QLabel(this);
    layout->addWidget(m_percent);

    layout->addSpacing(6);
    layout->addWidget(heading(tr("Ratio"), this));
    m_ratio = new QComboBox(this);
    m_ratio->setAccessibleName(tr("Ratio"));
    layout->addWidget(m_ratio);
    fillRatios();
    connect(m_ratio, &QComboBox::currentIndexChanged, this, [this] { takeRatio(); });

    layout->addSpacing(6);
    m_lint = new QWidget(this);
    auto* lintLayout = new QVBoxLayout(m_lint);
    lintLayout->setContentsMargins(0, 0, 0, 0);
    lintLayout->setSpacing(4);
    layout->addWidget(m_lint);
    layout->addStretch();

    m_confirm = new QPushButton(tr("Confirm crop"), this);
    makePrimary(m_confirm);
    m_later = new QPushButton(tr("Crop later"), this);
    m_cancel = new QPushButton(tr("Cancel"), this);
    for (QPushButton* button : {m_confirm, m_later, m_cancel}) {
        button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the picture
        layout->addWidget(button);
    }
    // Connected first: whoever hears of a click later finds the numbers taken.
    connect(m_confirm, &QPushButton::clicked, this, &CropPanel::commitNumbers);
    connect(m_later, &QPushButton::clicked, this, &CropPanel::commitNumbers);
    connect(&canvas, &CropCanvas::boxChanged, this, [this] { showBox(); });
    takeRatio();
}

void CropPanel::showEvent(QShowEvent* event)
{
    const CropRatio before = m_canvas.box().ratio();
    fillRatios(); // the settings, or the other workplace, may have changed them
    if (chosenRatio() != before)
        takeRatio();
    QWidget::showEvent(event);
}

void CropPanel::fillRatios()
{
    const QSignalBlocker blocker(m_ratio);
    m_ratios = cropRatios();
    m_ratio->clear();
    for (const CropRatio& ratio : m_ratios)
        m_ratio->addItem(ratioText(ratio));
    const QSettings settings;
    m_isTurned = settings.value(QLatin1String(kTurnedSetting), false).toBool();
    m_ratio->setCurrentIndex(qMax(0, m_ratio->findText(settings.value(QLatin1String(kRatioSetting)).toString())));
}

CropRatio CropPanel::chosenRatio() const
{
    CropRatio ratio = m_ratios[static_cast<std::size_t>(qMax(0, m_ratio->currentIndex()))];
    if (m_isTurned)
        std::swap(ratio.width, ratio.height);
    return ratio;
}

QString CropPanel::ratioText(const CropRatio& ratio)
{
    switch (ratio.kind) {
    case CropRatio::Kind::Image: return tr("As the image");
    case CropRatio::Kind::Free: return tr("Free");
    case CropRatio::Kind::Fixed: return QStringLiteral("%1 : %2").arg(ratio.width).arg(ratio.height);
    }
    return {};
}

QString CropPanel::lintText(CropLint lint)
{
    switch (lint) {
    case CropLint::TooSmall: return tr("A side is shorter than %1 pixels.").arg(CropLintOptions().minSidePx);
    case CropLint::FullFrame: return tr("This is the whole picture. It is stored as kept without crop.");
    case CropLint::Letterbox: return tr("A bar of one colour lies along the edge.");
    }
    return {};
}

void CropPanel::showBox()
{
    const PixelBox& box = m_canvas.box().box();
    const ImageSize size = m_canvas.box().imageSize();
    const std::array<int, 4> values{box.x1, box.y1, box.width(), box.height()};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const QSignalBlocker blocker(m_numbers[i]);
        m_numbers[i]->setValue(values[i]);
        m_numbers[i]->setEnabled(!size.isEmpty());
    }
    const double area = size.isEmpty()
                            ? 0
                            : 100.0 * box.width() * box.height() / (static_cast<double>(size.width) * size.height);
    m_percent->setText(size.isEmpty() ? QString() : tr("%1 % of the picture").arg(QLocale().toString(area, 'f', 1)));
    m_confirm->setEnabled(!size.isEmpty());

    qDeleteAll(m_lint->findChildren<QLabel*>(QString(), Qt::FindDirectChildrenOnly));
    for (const CropLint lint : m_canvas.lint()) {
        auto* chip = new QLabel(QStringLiteral("△ ") + lintText(lint), m_lint);
        chip->setTextFormat(Qt::PlainText);
        chip->setWordWrap(true);
        chip->setProperty(lint == CropLint::FullFrame ? "muted" : "attention", true);
        m_lint->layout()->addWidget(chip);
    }
}

void CropPanel::takeNumber(std::size_t which)
{
    CropBox box = m_canvas.box();
    if (box.imageSize().isEmpty())
        return;
    const int value = m_numbers[which]->value();
    switch (which) {
    case 0: box.setLeft(value); break;
    case 1: box.setTop(value); break;
    case 2: box.setWidth(value); break;
    default: box.setHeight(value); break;
    }
    m_canvas.setBox(box.box());
}

void CropPanel::commitNumbers()
{
    for (QSpinBox* number : m_numbers)
        number->interpretText(); // tells of a change by valueChanged
}

void CropPanel::takeRatio()
{
    QSettings settings;
    settings.setValue(QLatin1String(kRatioSetting), m_ratio->currentText());
    settings.setValue(QLatin1String(kTurnedSetting), m_isTurned);
    m_canvas.setRatio(chosenRatio());
}

void CropPanel::setNextRatio(int step)
{
    m_ratio->setCurrentIndex((m_ratio->currentIndex() + step + m_ratio->count()) % m_ratio->count());
}

void CropPanel::setFreeRatio()
{
    const auto free = std::ranges::find(m_ratios, CropRatio::Kind::Free, &CropRatio::kind);
    m_ratio->setCurrentIndex(static_cast<int>(free - m_ratios.begin()));
}

void CropPanel::turnRatio()
{
    m_isTurned = !m_isTurned;
    takeRatio();
}

} // namespace ps
