// SPDX-FileCopyrightText: 2026 The Proofsheet authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/action_table.h"

#include <QHash>
#include <QTest>
#include <QTranslator>

using namespace ps;

/// The menus as each language has them.
class TestMenus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLetterOpensOneEntryOfAMenu_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("en") << QStringLiteral("en");
        QTest::newRow("de") << QStringLiteral("de");
    }
    void aLetterOpensOneEntryOfAMenu()
    {
        QFETCH(const QString, language);
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/i18n/proofsheet_%1.qm").arg(language)));
        QHash<QString, QString> owners; // of a menu and a letter
        for (const ActionInfo& info : actionTable()) {
            const QString translated = translator.translate("Actions", info.text);
            const QString text = translated.isEmpty() ? QString::fromUtf8(info.text) : translated;
            const qsizetype sign = text.indexOf(QLatin1Char('&'));
            if (info.menu == ActionMenu::None || sign < 0)
                continue;
            const QString place = QString::number(static_cast<int>(info.menu)) + text.at(sign + 1).toLower();
            QVERIFY2(!owners.contains(place), qPrintable(owners.value(place) + QStringLiteral(" / ") + text));
            owners.insert(place, text);
        }
        QVERIFY(!owners.isEmpty());
    }
};

QTEST_MAIN(TestMenus)
#include "tst_menus.moc"
