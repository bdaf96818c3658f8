// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings_dialog.h"

#include "ui/crop/crop_box.h"
#include "ui/settings/keys_page.h"
#include "ui/settings/suggestions_page.h"
#include "ui/settings/thumbnail_cache_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabWidget>
#include <QVBoxLayout>

namespace ps {

SettingsDialog::SettingsDialog(ActionTable& actions, QWidget* parent, ThumbnailService* thumbnails)
    : QDialog(parent), m_preferences(Preferences::load())
{
    setWindowTitle(tr("Settings"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeLookPage(thumbnails), tr("General"));
    m_tabs->addTab(new KeysPage(actions, m_tabs), tr("Keys"));
    layout->addWidget(m_tabs);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(620, 560);
}

void SettingsDialog::addSuggestionsPage(ProjectController& controller, LiveSuggestions& live)
{
    m_suggestions = new SuggestionsPage(controller, live, m_preferences, m_tabs);
    m_tabs->insertTab(1, m_suggestions, tr("Suggestions"));
    connect(m_suggestions, &SuggestionsPage::preferencesChanged, this, &SettingsDialog::onChanged);
}

QWidget* SettingsDialog::makeLookPage(ThumbnailService* thumbnails)
{
    auto* page = new QWidget(this);
    auto* form = new QFormLayout(page);
    form->setContentsMargins(0, 16, 0, 0);
    form->setVerticalSpacing(12);
    m_theme = new QComboBox(page);
    m_theme->setObjectName(QStringLiteral("themeChoice"));
    m_theme->addItem(tr("As the system"), static_cast<int>(ThemeMode::System));
    m_theme->addItem(tr("Dark"), static_cast<int>(ThemeMode::Dark));
    m_theme->addItem(tr("Light"), static_cast<int>(ThemeMode::Light));
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(m_preferences.theme)));
    form->addRow(tr("&Theme"), m_theme);
    m_language = new QComboBox(page);
    m_language->addItem(tr("As the system"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Deutsch"), QStringLiteral("de"));
    m_language->setCurrentIndex(qMax(0, m_language->findData(m_preferences.language)));
    form->addRow(tr("&Language"), m_language);
    m_annotator = new QLineEdit(m_preferences.annotator, page);
    m_annotator->setPlaceholderText(Preferences{}.annotatorName());
    m_annotator->setMaxLength(100);
    form->addRow(tr("&Your name"), m_annotator);
    auto* hint = new QLabel(
        tr("The name is recorded with each decision. It counts from the next project that is opened."), page);
    hint->setWordWrap(true);
    form->addRow(QString(), hint);
    addPictureRows(*form, thumbnails);
    m_ratios = new QLineEdit(ratioSetting(), page);
    m_ratios->setToolTip(tr("Width and height of the ratios that the crop editor offers, with blanks between them."));
    form->addRow(tr("&Ratios of crops"), m_ratios);
    connect(m_ratios, &QLineEdit::editingFinished, this, [this] {
        setRatioSetting(m_ratios->text());
        m_ratios->setText(ratioSetting());
    });
    m_note = new QLabel(page);
    m_note->setWordWrap(true);
    form->addRow(QString(), m_note);
    connect(m_theme, &QComboBox::activated, this, &SettingsDialog::onChanged);
    connect(m_language, &QComboBox::activated, this, &SettingsDialog::onChanged);
    connect(m_annotator, &QLineEdit::editingFinished, this, &SettingsDialog::onChanged);
    return page;
}

void SettingsDialog::addPictureRows(QFormLayout& form, ThumbnailService* thumbnails)
{
    QWidget* const page = form.parentWidget();
    m_pictureMemory = new QSpinBox(page);
    constexpr int kStepMib = 256;
    constexpr int kMostMib = 64 * 1024;
    m_pictureMemory->setRange(0, kMostMib);
    m_pictureMemory->setSingleStep(kStepMib);
    m_pictureMemory->setSpecialValueText(tr("As the machine has it"));
    m_pictureMemory->setSuffix(tr(" MiB"));
    m_pictureMemory->setValue(m_preferences.pictureMemoryMib);
    form.addRow(tr("&Memory for pictures"), m_pictureMemory);
    connect(m_pictureMemory, &QSpinBox::editingFinished, this, &SettingsDialog::onChanged);
    if (thumbnails) {
        m_cache = new ThumbnailCacheRow(*thumbnails, m_preferences.thumbnailCacheMib, page);
        form.addRow(tr("&Cache of thumbnails"), m_cache);
        connect(m_cache, &ThumbnailCacheRow::budgetChanged, this, &SettingsDialog::onChanged);
    }
    m_measures = new QCheckBox(tr("Measure pictures in the &background"), page);
    m_measures->setObjectName(QStringLiteral("measuresChoice"));
    m_measures->setToolTip(tr("Sharpness, exposure and duplicates of all pictures, while nothing else is being done."));
    m_measures->setChecked(m_preferences.measuresInBackground);
    form.addRow(QString(), m_measures);
    connect(m_measures, &QCheckBox::toggled, this, &SettingsDialog::onChanged);
}

void SettingsDialog::onChanged()
{
    const QString language = m_language->currentData().toString();
    if (language != m_preferences.language)
        m_note->setText(tr("The language changes at the next start of the program."));
    m_preferences.theme = static_cast<ThemeMode>(m_theme->currentData().toInt());
    m_preferences.language = language;
    m_preferences.annotator = m_annotator->text().trimmed();
    m_preferences.pictureMemoryMib = m_pictureMemory->value();
    m_preferences.measuresInBackground = m_measures->isChecked();
    if (m_cache)
        m_preferences.thumbnailCacheMib = m_cache->budgetMib();
    if (m_suggestions)
        m_suggestions->takeOver(m_preferences);
    m_preferences.save();
    Q_EMIT preferencesChanged(m_preferences);
}

} // namespace ps
