// SPDX-License-Identifier: GPL-3.0-or-later
// Comparisons of fidelity in the store, and what a reference is given to write on from.
#include "core/service/fidelitylibrary.h"
#include "core/service/fidelityplan.h"
#include "core/service/store.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace assay;

namespace {

FidelityRun runAt(const char *id, const char *startedAt)
{
    FidelityRun run;
    run.header.id = id;
    run.header.startedAt = startedAt;
    run.header.state = RunState::Finished;
    run.protocol.reference.name = "full";
    run.columns.divergence = {.5F, .25F};
    run.columns.nllReference = {1, 2};
    run.columns.nllOther = {2, 1};
    run.columns.sameTop = {1, 0};
    run.columns.chunkEnds = {2};
    return run;
}

} // namespace

class TestFidelityLibrary : public QObject
{
    Q_OBJECT
private slots:
    void outlivesTheProgram();
    void withoutAStore();
    void unwritable();
    void prompts();
};

void TestFidelityLibrary::outlivesTheProgram()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("runs.sqlite"));
    {
        FidelityLibrary library(file);
        library.add(runAt("older", "2026-01-01T00:00:00Z"));
        library.add(runAt("newer", "2026-01-02T00:00:00Z"));
        library.add(runAt("gone", "2026-01-03T00:00:00Z"));
        QCOMPARE(library.runs().front()->header.id, std::string("gone"));
        library.remove("gone");
    }
    FidelityLibrary library(file);
    QSignalSpy changed(&library, &FidelityLibrary::changed);
    library.load();
    QVERIFY(changed.wait(20000));
    QCOMPARE(library.runs().size(), size_t(2));
    QCOMPARE(library.runs().front()->header.id, std::string("newer"));
    const auto older = library.run("older");
    QVERIFY(older && older->columns == runAt("", "").columns && older->protocol.reference.name == "full");
    // Runs of other kinds are not among them, nor these among those.
    const auto store = Store::open(file);
    QVERIFY(store && (*store)->benchRuns() && (*store)->benchRuns()->empty() && (*store)->skipped().empty());
}

void TestFidelityLibrary::withoutAStore()
{
    FidelityLibrary library({});
    library.add(runAt("one", "2026-01-01T00:00:00Z"));
    library.flush();
    QVERIFY(library.run("one") && !library.run("two"));
}

void TestFidelityLibrary::unwritable()
{
    FidelityLibrary library(QStringLiteral("/proc/no/such/folder/runs.sqlite"));
    QSignalSpy failed(&library, &FidelityLibrary::saveFailed);
    library.add(runAt("one", "2026-01-01T00:00:00Z"));
    QVERIFY(failed.wait(20000));
    QVERIFY(library.run("one"));
}

/// Pieces begin and end with words, and never within a character.
void TestFidelityLibrary::prompts()
{
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += "word" + std::to_string(i) + (i % 10 == 9 ? "\n" : " ");
    const auto pieces = promptsFrom(text, 5);
    QCOMPARE(pieces.size(), size_t(5));
    for (const std::string &piece : pieces) {
        QVERIFY2(piece.starts_with("word") && piece.size() <= 240, piece.c_str());
        QVERIFY2(text.find(piece + " ") != std::string::npos || text.find(piece + "\n") != std::string::npos, piece.c_str());
    }
    std::string cjk;
    for (int i = 0; i < 500; ++i)
        cjk += "日本";
    for (const std::string &piece : promptsFrom(cjk, 4))
        QVERIFY(!piece.empty() && validUtf8(piece) == piece);
    QVERIFY(promptsFrom({}, 4).empty() && promptsFrom("   \n", 4).empty() && promptsFrom("a b", 0).empty());
    QCOMPARE(promptsFrom("just this", 16).size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestFidelityLibrary)
#include "tst_fidelitylibrary.moc"
