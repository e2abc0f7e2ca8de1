// SPDX-License-Identifier: GPL-3.0-or-later
// What is opened when somebody names a path or an address.
#include "tests/widgets/windowsupport.h"
#include "widgets/shell/commandregistry.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/modelfolders.h"

#include <QAction>
#include <QDialog>
#include <QDir>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTest>

using namespace assay;

class TestOpeningPages : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void modelFoldersOfAPath_data();
    void modelFoldersOfAPath();
    void addressesAreOpenedAndDropped();
    void addressesAreCheckedWhileTyping();

private:
    QTemporaryDir m_folder;
};

void TestOpeningPages::initTestCase()
{
    prepareWindowTest();
    makeModel(m_folder.filePath(QStringLiteral("small")), 2, 32);
    for (const char *name : {"a.gguf", "b-00001-of-00002.gguf", "b-00002-of-00002.gguf", "mmproj-a.gguf"})
        QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("ggufs"))) &&
                QFile::copy(QStringLiteral(ASSAY_TEST_DATA "/gguf/llama-tiny-q8_0.gguf"),
                            m_folder.filePath(QStringLiteral("ggufs/") + QLatin1String(name))));
}

void TestOpeningPages::modelFoldersOfAPath_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("expected");
    const QString model = m_folder.filePath(QStringLiteral("small"));
    const QString ggufs = m_folder.filePath(QStringLiteral("ggufs"));
    const QString url = QStringLiteral("https://example.org/models/one");
    QTest::newRow("address") << url << QStringList{url};
    QTest::newRow("folder") << model << QStringList{model};
    QTest::newRow("its weights") << model + QStringLiteral("/model.safetensors") << QStringList{model};
    QTest::newRow("its config") << model + QStringLiteral("/config.json") << QStringList{model};
    QTest::newRow("one GGUF") << ggufs + QStringLiteral("/a.gguf") << QStringList{ggufs + QStringLiteral("/a.gguf")};
    QTest::newRow("folder of GGUFs") << ggufs
                                     << QStringList{ggufs + QStringLiteral("/a.gguf"),
                                                    ggufs + QStringLiteral("/b-00001-of-00002.gguf")};
    QTest::newRow("not there") << QStringLiteral("/not/there") << QStringList{QStringLiteral("/not/there")};
}

void TestOpeningPages::modelFoldersOfAPath()
{
    QFETCH(QString, path);
    QFETCH(QStringList, expected);
    QCOMPARE(modelFolders(path), expected);
}

void TestOpeningPages::addressesAreOpenedAndDropped()
{
    WindowUnderTest test;
    test.window->show();
    // Port 9 discards: nothing answers there, and nothing has to.
    const QString address = QStringLiteral("http://127.0.0.1:9/models/none");
    QMimeData data;
    data.setUrls({QUrl(address)});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(test.window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(test.window.get(), &drop);
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(1));
    QCOMPARE(test.workspace.subjects()[0]->path, address);
    QTRY_VERIFY_WITH_TIMEOUT(!test.workspace.loading(), 30000);
    QCOMPARE(test.workspace.subjects()[0]->state, SubjectState::Failed);
}

void TestOpeningPages::addressesAreCheckedWhileTyping()
{
    WindowUnderTest test;
    test.window->show();
    test.window->commands()->action("open.address")->trigger();
    auto *dialog = test.window->findChild<QDialog *>();
    QVERIFY(dialog);
    auto *field = dialog->findChild<QLineEdit *>();
    QPushButton *open = dialog->findChildren<QPushButton *>().front();
    for (QPushButton *button : dialog->findChildren<QPushButton *>())
        open = button->isDefault() ? button : open;
    field->setText(QStringLiteral("ftp://example.org/x"));
    QVERIFY(!open->isEnabled());
    field->setText(QStringLiteral("http://127.0.0.1:9/x"));
    QVERIFY(open->isEnabled());
    open->click();
    QTRY_COMPARE(test.workspace.subjects().size(), size_t(1));
    QTRY_VERIFY_WITH_TIMEOUT(!test.workspace.loading(), 30000);
}

QTEST_MAIN(TestOpeningPages)
#include "tst_openingpages.moc"
