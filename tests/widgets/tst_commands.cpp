// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/windowsupport.h"
#include "widgets/shell/commandpalette.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/mainwindow.h"

#include <QFile>
#include <QMenu>
#include <QMenuBar>
#include <QSet>
#include <QTest>
#include <QToolBar>

using namespace assay;

class TestCommands : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { prepareWindowTest(); }
    void idsAreUnique();
    void shortcutsDoNotConflict();
    void everyCommandHasHandlerTextAndTip();
    void iconsExist();
    void everyActionOfTheWindowIsACommand();
    void paletteFindsByWords();
};

void TestCommands::idsAreUnique()
{
    QSet<QString> ids;
    for (const CommandDefinition &definition : commandTable()) {
        QVERIFY2(!ids.contains(QLatin1String(definition.id)), definition.id);
        ids.insert(QLatin1String(definition.id));
    }
    QVERIFY(ids.size() > 20);
}

void TestCommands::shortcutsDoNotConflict()
{
    QHash<QString, QString> owners;
    for (const CommandDefinition &definition : commandTable()) {
        if (!definition.shortcut)
            continue;
        const QKeySequence keys(QLatin1String(definition.shortcut), QKeySequence::PortableText);
        QVERIFY2(!keys.isEmpty(), definition.id);
        const QString text = keys.toString();
        QVERIFY2(!owners.contains(text),
                 qPrintable(text + QStringLiteral(" of ") + QLatin1String(definition.id) +
                            QStringLiteral(" and ") + owners.value(text)));
        owners.insert(text, QLatin1String(definition.id));
    }
}

void TestCommands::everyCommandHasHandlerTextAndTip()
{
    const WindowUnderTest test;
    for (const QAction *action : test.window->commands()->actions()) {
        const QByteArray id = action->objectName().toLatin1();
        QVERIFY2(test.window->commands()->hasHandler(id.constData()), id.constData());
        QVERIFY2(!action->text().isEmpty(), id.constData());
        QVERIFY2(!action->statusTip().isEmpty(), id.constData());
    }
}

void TestCommands::iconsExist()
{
    for (const CommandDefinition &definition : commandTable()) {
        if (definition.icon)
            QVERIFY2(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(QLatin1String(definition.icon))),
                     definition.icon);
    }
}

void TestCommands::everyActionOfTheWindowIsACommand()
{
    const WindowUnderTest test;
    const QList<QAction *> &known = test.window->commands()->actions();
    QSet<const QAction *> inMenus;
    for (const QAction *title : test.window->menuBar()->actions()) {
        for (QAction *action : title->menu()->actions()) {
            if (action->isSeparator() || action->menu())
                continue;
            QVERIFY2(known.contains(action), qPrintable(action->text()));
            inMenus.insert(action);
        }
    }
    QCOMPARE(inMenus.size(), known.size());
    for (QAction *action : test.window->findChild<QToolBar *>()->actions()) {
        if (!action->isSeparator() && !action->text().isEmpty())
            QVERIFY2(known.contains(action), qPrintable(action->text()));
    }
}

void TestCommands::paletteFindsByWords()
{
    QCOMPARE(matchQuality(QStringLiteral("Cancel All Jobs"), QStringLiteral("job can")) > 0, true);
    QCOMPARE(matchQuality(QStringLiteral("Cancel All Jobs"), QStringLiteral("jobs open")), 0);
    QVERIFY(matchQuality(QStringLiteral("Reload"), QStringLiteral("re")) >
            matchQuality(QStringLiteral("Compare"), QStringLiteral("re")));

    const WindowUnderTest test;
    CommandPalette palette(test.window->commands(), test.window.get());
    palette.open();
    QTest::keyClicks(palette.focusWidget(), QStringLiteral("sample"));
    QCOMPARE(palette.shownCommands(), QStringList{QStringLiteral("open.sample")});
}

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
