// SPDX-License-Identifier: GPL-3.0-or-later
// The editor of claim sheets: written by hand, from known sheets and files, checked while typed, kept and found by name, asked about before it
// is lost; and a subject that is kept as a known model.
#include "core/service/translation.h"
#include "core/service/verify/knownmodels.h"
#include "tests/widgets/windowsupport.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/theme.h"
#include "widgets/verify/claimform.h"
#include "widgets/verify/claimsheeteditor.h"
#include "widgets/verify/claimtree.h"
#include "widgets/verify/knownmodeldialog.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>
#include <nlohmann/json.hpp>

using namespace assay;

namespace {

template <class T> T *named(const QWidget &parent, const char *name)
{
    for (T *widget : parent.findChildren<T *>()) {
        if (widget->accessibleName() == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

QAction *action(QMenu *menu, const QString &text)
{
    for (QAction *one : menu->actions()) {
        if (one->text() == text)
            return one;
        QAction *below = one->menu() ? action(one->menu(), text) : nullptr;
        if (below)
            return below;
    }
    return nullptr;
}

QAbstractButton *button(const QWidget &parent, const QString &text)
{
    for (QAbstractButton *one : parent.findChildren<QAbstractButton *>()) {
        if (one->text().remove(u'&') == text)
            return one;
    }
    return nullptr;
}

/// Adds a claim by the menu and types its value.
void addClaim(ClaimSheetEditor &editor, const char *label, const char *value)
{
    auto *add = qobject_cast<QPushButton *>(button(editor, QStringLiteral("Add a Claim")));
    action(add->menu(), QLatin1String(label))->trigger();
    QTest::keyClicks(named<QLineEdit>(editor, "Claimed"), QLatin1String(value));
}

void type(const QWidget &parent, const char *name, const char *text)
{
    auto *line = named<QLineEdit>(parent, name);
    line->selectAll();
    QTest::keyClicks(line, QLatin1String(text));
}

QStringList readings(const ClaimSheetEditor &editor)
{
    QStringList out;
    for (size_t i = 0; i < editor.sheet().claims.size(); ++i)
        out << editor.tree()->indexOf(i).siblingAtColumn(ClaimTree::Reading).data().toString();
    return out;
}

QMessageBox *openBox(const QWidget &parent)
{
    for (QMessageBox *box : parent.findChildren<QMessageBox *>()) {
        if (box->isVisible())
            return box;
    }
    return nullptr;
}

} // namespace

class TestClaimSheetEditor : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        prepareWindowTest();
        qputenv("ASSAY_RESOURCES", ASSAY_SOURCE_DIR "/resources");
        QVERIFY(QDir().mkpath(QStringLiteral(ASSAY_BINARY_DIR "/screenshots")));
    }
    void init()
    {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("ASSAY_DATA", m_data->path().toUtf8());
    }

    void writtenByHandAndFoundByName()
    {
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.show();
        QCOMPARE(editor.sentence(), QStringLiteral("The sheet claims nothing yet."));
        QVERIFY(!editor.isWindowModified());
        addClaim(editor, "Layers", "61");
        addClaim(editor, "Parameters", "671B");
        addClaim(editor, "Latency", "20");
        QCOMPARE(editor.sheet().claims.size(), size_t(3));
        QCOMPARE(editor.sheet().claims[1].claimed.dump(), std::string("\"671B\""));
        QCOMPARE(editor.sheet().claims[2].unit, std::string("s"));
        QVERIFY(editor.isWindowModified());
        named<QComboBox>(editor, "Said to be")->setEditText(QStringLiteral("deepseek-r1"));
        QVERIFY2(editor.sentence().startsWith(QStringLiteral("The subject is said to be DeepSeek-R1, with Layers 61, Parameters 671B")), qPrintable(editor.sentence()));

        QSignalSpy kept(&editor, &ClaimSheetEditor::kept);
        type(editor, "Name", "deepseek-r1"); // somebody else's
        button(editor, QStringLiteral("Keep"))->click();
        QCOMPARE(kept.size(), 0);
        QVERIFY2(editor.message().contains(QStringLiteral("deepseek-r1")), qPrintable(editor.message()));
        QVERIFY(editor.isWindowModified());
        type(editor, "Name", "offer-7");
        button(editor, QStringLiteral("Keep"))->click();
        QCOMPARE(kept.size(), 1);
        QVERIFY(!editor.isWindowModified());
        const auto found = findClaimSheet(QStringLiteral("offer-7"), knownProfiles());
        QVERIFY(found);
        QCOMPARE(claimSheetToJson(*found).dump(), claimSheetToJson(editor.sheet()).dump());
        type(editor, "Title", "again"); // one's own is kept again under its name
        button(editor, QStringLiteral("Keep"))->click();
        QCOMPARE(kept.size(), 2);
        QCOMPARE(findClaimSheet(QStringLiteral("offer-7"), knownProfiles())->title, std::string("again"));
    }

    /// The parser's own words, at the row and below the value, while it is typed.
    void checkedWhileTyped()
    {
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.show();
        addClaim(editor, "Memory", "");
        QCOMPARE(readings(editor), QStringList{QStringLiteral("\u2717 Entry 1 (vram) has no value that can be held against anything.")});
        QVERIFY(editor.sentence().contains(QStringLiteral("1 claim(s) cannot be used yet")));
        type(editor, "Claimed", "22 G");
        QCOMPARE(readings(editor), QStringList{QStringLiteral("\u2717 No number can be read from what is claimed.")});
        type(editor, "Claimed", "22 GB");
        QCOMPARE(readings(editor), QStringList{QStringLiteral("At most 20.5 GiB.")});
        QVERIFY(!editor.sentence().contains(QStringLiteral("cannot be used")));
        type(editor, "Claimed", "22");
        named<QComboBox>(editor, "Unit")->setEditText(QStringLiteral("tokens"));
        QVERIFY2(readings(editor)[0].contains(QStringLiteral("no unit of this field")), qPrintable(readings(editor)[0]));
        QCOMPARE(named<QLineEdit>(editor, "Claimed")->accessibleDescription(), readings(editor)[0].mid(2));
        type(editor, "Versions", "full");
        QVERIFY(!named<QLineEdit>(editor, "Versions")->accessibleDescription().isEmpty());
        type(editor, "Versions", "full = deepseek-r1; small = a|b");
        QCOMPARE(editor.sheet().versions.at("small"), std::string("a|b"));
        QVERIFY(named<QComboBox>(editor, "Version")->findText(QStringLiteral("small")) > 0);
        // A field of another group: the claim goes there and stays chosen.
        named<QComboBox>(editor, "Field")->setEditText(QStringLiteral("hidden_act"));
        QCOMPARE(editor.tree()->placeOf(editor.view()->currentIndex()), std::optional(size_t(0)));
        QCOMPARE(editor.view()->currentIndex().parent().row(), 1);
        QCOMPARE(readings(editor), QStringList{QStringLiteral("\u2717 Nothing that is claimed is a word.")});
    }

    void fromKnownSheetsAndFiles()
    {
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.openClaim(QStringLiteral("deepseek-r1"));
        QVERIFY(editor.sheet().claims.size() > 15);
        QVERIFY(editor.sheet().id.empty()); // a copy needs a name of its own
        QCOMPARE(editor.tree()->problems(), 0);
        QVERIFY(!editor.isWindowModified());
        editor.openClaim(QStringLiteral(ASSAY_SOURCE_DIR "/resources/claims/article-full-vs-distilled.json")); // an article's form
        QCOMPARE(editor.sheet().claims.size(), size_t(34));
        const QString file = m_data->filePath(QStringLiteral("copy.json"));
        QVERIFY(editor.saveAs(file));
        const auto copy = readClaimSheet(std::filesystem::path(file.toStdString()));
        QVERIFY(copy);
        QCOMPARE(claimSheetToJson(*copy).dump(), claimSheetToJson(editor.sheet()).dump());
        QVERIFY(!editor.saveAs(m_data->filePath(QStringLiteral("no/such/folder/copy.json"))));
        QVERIFY(!editor.message().isEmpty());
    }

    void damagedFilesLeaveWhatIsThere()
    {
        QFile bad(m_data->filePath(QStringLiteral("bad.json")));
        QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("{\"schema\": \"assay-claims/1\"}") > 0);
        bad.close();
        QFile half(m_data->filePath(QStringLiteral("half.json")));
        QVERIFY(half.open(QIODevice::WriteOnly) && half.write(R"({"schema": "assay-claims/1", "claims": [{"field": "layers", "claimed": 61}, {"field": "heads"}]})") > 0);
        half.close();
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.openClaim(QStringLiteral("deepseek-r1"));
        const size_t before = editor.sheet().claims.size();
        editor.openClaim(bad.fileName());
        QVERIFY2(editor.message().contains(QStringLiteral("bad.json")), qPrintable(editor.message()));
        QCOMPARE(editor.sheet().claims.size(), before);
        editor.openClaim(half.fileName());
        QCOMPARE(editor.sheet().claims.size(), size_t(1));
        QVERIFY2(editor.message().contains(QStringLiteral("Entry 2 (heads)")), qPrintable(editor.message()));
    }

    void asksBeforeAnythingIsLost()
    {
        QPointer<ClaimSheetEditor> editor = new ClaimSheetEditor;
        editor->show();
        addClaim(*editor, "Layers", "61");
        QVERIFY(!editor->close());
        QVERIFY(editor->isVisible() && openBox(*editor));
        button(*openBox(*editor), QStringLiteral("Cancel"))->click();
        QTRY_VERIFY(!openBox(*editor));
        QVERIFY(editor && editor->isVisible() && editor->isWindowModified());
        // Kept without a name it is not: the window stays and says why.
        editor->reject();
        button(*openBox(*editor), QStringLiteral("Keep"))->click();
        QVERIFY(editor && editor->isVisible() && editor->isWindowModified());
        QVERIFY(!editor->message().isEmpty());
        QTRY_VERIFY(!openBox(*editor));
        editor->reject();
        button(*openBox(*editor), QStringLiteral("Discard"))->click();
        QTRY_VERIFY(!editor);
        // Nothing changed, nothing asked.
        editor = new ClaimSheetEditor;
        editor->show();
        editor->openClaim(QStringLiteral("deepseek-r1"));
        editor->close();
        QTRY_VERIFY(!editor);
    }

    void claimsAreTakenOff()
    {
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.show();
        for (const char *label : {"Layers", "Hidden size", "MMLU"})
            addClaim(editor, label, "5");
        editor.view()->setCurrentIndex(editor.tree()->indexOf(1));
        button(editor, QStringLiteral("Remove"))->click();
        QCOMPARE(editor.sheet().claims.size(), size_t(2));
        QCOMPARE(editor.sheet().claims[1].field, std::string("accuracy.mmlu"));
        addClaim(editor, "Layers", "6");
        QCOMPARE(editor.sheet().claims.back().id, std::string("2")); // the number that is free
    }

    /// Two thousand claims and strings of every kind: nothing is interpreted, and typing stays a matter of one row.
    void hugeAndHostile()
    {
        const std::string hostile = "<img src=x onerror=alert(1)> \xE2\x80\xAE %1 {1:a|b} " + std::string(150, 'W');
        ClaimSheet sheet;
        sheet.id = "huge";
        sheet.title = hostile;
        for (int i = 0; i < 2000; ++i)
            sheet.claims.push_back({std::to_string(i), {}, i % 2 ? "layers" : hostile, hostile, {}, {}, hostile});
        QFile file(m_data->filePath(QStringLiteral("huge.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(claimSheetToJson(sheet).dump()));
        file.close();
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.show();
        editor.openClaim(file.fileName());
        QCOMPARE(editor.sheet().claims.size(), size_t(2000));
        const QModelIndex first = editor.tree()->indexOf(0);
        QVERIFY(!first.data(Qt::ToolTipRole).toString().contains(u'<'));
        QVERIFY(!first.data().toString().contains(u'\n'));
        for (const QLabel *label : editor.findChildren<QLabel *>())
            QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(QStringLiteral("<img")), qPrintable(label->text().left(80)));
        editor.view()->setCurrentIndex(editor.tree()->indexOf(1));
        type(editor, "Claimed", "61");
        QCOMPARE(editor.sheet().claims[1].claimed.dump(), std::string("61"));
        QVERIFY(editor.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/sheet-hostile.png")));
    }

    void aSubjectBecomesAKnownModel()
    {
        QTemporaryDir folder;
        makeModel(folder.path() + QStringLiteral("/My Model (7B)"), 2, 8);
        Workspace workspace;
        const int id = workspace.open(folder.path() + QStringLiteral("/My Model (7B)"));
        QTRY_VERIFY(workspace.find(id)->state == SubjectState::Ready);
        QPointer<KnownModelDialog> dialog = new KnownModelDialog(workspace.find(id)->inspection, workspace.find(id)->name, nullptr);
        dialog->show();
        QCOMPARE(dialog->name()->text(), QStringLiteral("my-model-7b"));
        QAbstractButton *keep = button(*dialog, QStringLiteral("Keep"));
        QTRY_VERIFY(keep->isEnabled());
        QVERIFY2(dialog->note().contains(QStringLiteral("no weights")), qPrintable(dialog->note()));
        dialog->name()->setText(QStringLiteral("deepseek-r1"));
        QVERIFY(dialog->note().contains(QStringLiteral("takes the place of the known model DeepSeek-R1")));
        dialog->name()->setText(QStringLiteral("no/name"));
        keep->click();
        QVERIFY(dialog && !dialog->name()->edit()->accessibleDescription().isEmpty());
        dialog->name()->setText(QStringLiteral("mine-7b"));
        QSignalSpy kept(dialog, &KnownModelDialog::kept);
        QTest::qWait(50); // the layout asks for more later
        QVERIFY(dialog->name()->height() >= dialog->name()->sizeHint().height());
        QVERIFY(dialog->grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/dialog-knownmodel.png")));
        keep->click();
        QCOMPARE(kept.size(), 1);
        QTRY_VERIFY(!dialog);
        const auto profiles = knownProfiles();
        const auto mine = std::ranges::find(profiles, std::string("mine-7b"), &Profile::id);
        QVERIFY(mine != profiles.end() && !mine->structure.empty());
        QVERIFY(findClaimSheet(QStringLiteral("mine-7b"), profiles));
    }

    void screenshots()
    {
        ClaimSheetEditor editor;
        editor.setAttribute(Qt::WA_DeleteOnClose, false);
        editor.openClaim(QStringLiteral("article-full-vs-distilled"));
        editor.view()->setCurrentIndex(editor.tree()->indexOf(15));
        editor.show();
        for (const int width : {1050, 1600}) {
            editor.resize(width, 760);
            for (const auto scheme : {ColorScheme::Light, ColorScheme::Dark}) {
                applyColorScheme(scheme);
                QTest::qWait(100);
                const QString name = QStringLiteral("sheet-%1-%2.png").arg(width).arg(scheme == ColorScheme::Dark ? QLatin1String("dark") : QLatin1String("light"));
                QVERIFY(editor.grab().save(QStringLiteral(ASSAY_BINARY_DIR "/screenshots/") + name));
            }
        }
        applyColorScheme(ColorScheme::Light);
    }

private:
    std::unique_ptr<QTemporaryDir> m_data;
};

QTEST_MAIN(TestClaimSheetEditor)
#include "tst_claimsheeteditor.moc"
