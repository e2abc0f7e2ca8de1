// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/safetensors.h"
#include "core/service/subjectnames.h"
#include "core/service/workspace.h"
#include "tests/service/runs.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace assay;

namespace {

/// A model directory with one embedding of this many rows, every value this one.
void makeModel(const QString &path, int64_t rows, float value)
{
    QVERIFY(QDir().mkpath(path));
    const std::vector<float> values(size_t(rows * 4), value);
    const TensorToWrite tensor{
        "model.embed_tokens.weight", Dtype::F32, {rows, 4}, std::as_bytes(std::span(values))};
    QVERIFY(
        writeSafetensors((path + QStringLiteral("/model.safetensors")).toStdString(), std::span(&tensor, 1)));
    QFile config(path + QStringLiteral("/config.json"));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write(
        "{\"architectures\": [\"LlamaForCausalLM\"], \"model_type\": \"llama\", \"hidden_size\": 4}");
}

} // namespace

class TestWorkspace : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void opensGoodAndBad();
    void opensEachPathOnce();
    void namesAreDistinct();
    void distinctNamesOfPaths();
    void rolesAreGuessedUntilChosen();
    void closesAndReopens();
    void closedWhileLoading();
    void reloadSeesTheNewFiles();
    void fingerprintTellsWeightsApart();
    void comparisonJoinsRuns();
    void goneBeforeTheThreads();

private:
    QTemporaryDir m_dir;
    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
    void openAll(Workspace &workspace, const std::vector<const char *> &names) const
    {
        for (const char *name : names)
            workspace.open(path(name));
        QTRY_VERIFY(!workspace.loading());
    }
};

void TestWorkspace::initTestCase()
{
    makeModel(path("base"), 8, 1.0f);
    makeModel(path("full"), 64, 2.0f);
    makeModel(path("distilled"), 8, 3.0f);
    makeModel(path("a/model"), 8, 4.0f);
    makeModel(path("b/model"), 8, 5.0f);
    QVERIFY(QDir().mkpath(path("empty")));
    makeModel(path("broken"), 8, 1.0f);
    QFile weights(path("broken/model.safetensors"));
    QVERIFY(weights.resize(5));
}

void TestWorkspace::opensGoodAndBad()
{
    Workspace workspace;
    QSignalSpy opened(&workspace, &Workspace::opened);
    QSignalSpy settled(&workspace, &Workspace::allSettled);
    const int good = workspace.open(path("full"));
    QCOMPARE(workspace.find(good)->state, SubjectState::Loading);
    const int missing = workspace.open(path("nowhere"));
    const int empty = workspace.open(path("empty"));
    const int broken = workspace.open(path("broken"));
    QCOMPARE(opened.size(), 4);
    QTRY_VERIFY(!workspace.loading());
    QCOMPARE(settled.size(), 1);

    QCOMPARE(workspace.find(good)->state, SubjectState::Ready);
    QCOMPARE(workspace.find(good)->inspection->facts.parameters.total, uint64_t(256));
    QCOMPARE(workspace.find(good)->name, QStringLiteral("full"));
    QCOMPARE(workspace.find(missing)->state, SubjectState::Failed);
    QCOMPARE(workspace.find(missing)->error->code, ErrorCode::FileMissing);
    QCOMPARE(workspace.find(empty)->error->code, ErrorCode::DirectoryEmpty);
    // A damaged file is told either way, as an error or as a finding of a subject that can still be looked
    // at.
    const Subject *damaged = workspace.find(broken);
    QVERIFY(damaged->state == SubjectState::Failed ||
            !damaged->inspection->directory.checkpoint.findings.empty());
    QVERIFY(workspace.find(9999) == nullptr);
}

void TestWorkspace::opensEachPathOnce()
{
    Workspace workspace;
    const int id = workspace.open(path("full"));
    QCOMPARE(workspace.open(path("full/")), id);
    QCOMPARE(workspace.open(path("base/../full")), id);
    QVERIFY(workspace.open(path("base")) != id);
    QCOMPARE(workspace.subjects().size(), size_t(2));
}

void TestWorkspace::namesAreDistinct()
{
    Workspace workspace;
    const int first = workspace.open(path("a/model"));
    QCOMPARE(workspace.find(first)->name, QStringLiteral("model"));
    const int second = workspace.open(path("b/model"));
    QCOMPARE(workspace.find(first)->name, QStringLiteral("a/model"));
    QCOMPARE(workspace.find(second)->name, QStringLiteral("b/model"));
    workspace.rename(first, QStringLiteral("mine"));
    QCOMPARE(workspace.find(first)->name, QStringLiteral("mine"));
    workspace.rename(first, QString());
    QCOMPARE(workspace.find(first)->name, QStringLiteral("a/model"));
    workspace.close(second);
    QCOMPARE(workspace.find(first)->name, QStringLiteral("model"));
}

void TestWorkspace::distinctNamesOfPaths()
{
    const auto names = [](const QStringList &paths) { return distinctNames(paths).join(u' '); };
    QCOMPARE(names({QStringLiteral("/x/a"), QStringLiteral("/x/b")}), QStringLiteral("a b"));
    QCOMPARE(names({QStringLiteral("/x/v1/a"), QStringLiteral("/y/v1/a"), QStringLiteral("/b")}),
             QStringLiteral("x/v1/a y/v1/a b"));
    QCOMPARE(names({QStringLiteral("/a"), QStringLiteral("/b/a")}), QStringLiteral("a b/a"));
    QCOMPARE(names({QStringLiteral("/a"), QStringLiteral("/a")}), QStringLiteral("a a"));
    QCOMPARE(names({QStringLiteral("/")}), QStringLiteral("/"));
}

void TestWorkspace::rolesAreGuessedUntilChosen()
{
    Workspace workspace;
    openAll(workspace, {"base", "full", "distilled"});
    std::vector<Role> roles;
    for (const auto &subject : workspace.subjects())
        roles.push_back(subject->role);
    QCOMPARE(roles, (std::vector<Role>{Role::Base, Role::Full, Role::Distilled}));

    const int base = workspace.subjects()[0]->id;
    workspace.setRole(base, Role::Full);
    QCOMPARE(workspace.find(base)->role, Role::Full);
    QVERIFY2(workspace.subjects()[1]->role != Role::Full, "a guess does not double the user's choice");
    workspace.open(path("a/model"));
    QTRY_VERIFY(!workspace.loading());
    QCOMPARE(workspace.find(base)->role, Role::Full);
}

void TestWorkspace::closesAndReopens()
{
    Workspace workspace;
    openAll(workspace, {"base", "full"});
    const int id = workspace.subjects()[0]->id;
    workspace.setRole(id, Role::Distilled);
    QSignalSpy closed(&workspace, &Workspace::closed);
    workspace.close(id);
    workspace.close(id);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(workspace.subjects().size(), size_t(1));
    QVERIFY(workspace.reopenClosed());
    QVERIFY(!workspace.reopenClosed());
    QTRY_VERIFY(!workspace.loading());
    const Subject &again = *workspace.subjects().back();
    QCOMPARE(again.state, SubjectState::Ready);
    QCOMPARE(again.name, QStringLiteral("base"));
    QCOMPARE(again.role, Role::Distilled);
}

void TestWorkspace::closedWhileLoading()
{
    Workspace workspace;
    QSignalSpy settled(&workspace, &Workspace::allSettled);
    workspace.close(workspace.open(path("full")));
    QCOMPARE(settled.size(), 1);
    QTest::qWait(100);
    QVERIFY(workspace.subjects().empty());
    QCOMPARE(settled.size(), 1);
}

void TestWorkspace::reloadSeesTheNewFiles()
{
    makeModel(path("changing"), 8, 1.0f);
    Workspace workspace;
    openAll(workspace, {"changing"});
    const int id = workspace.subjects()[0]->id;
    const std::string before = workspace.find(id)->fingerprint;
    makeModel(path("changing"), 16, 1.0f);
    workspace.reload(id);
    workspace.reload(id);
    QTRY_VERIFY(!workspace.loading());
    QCOMPARE(workspace.find(id)->inspection->facts.parameters.total, uint64_t(64));
    QVERIFY(workspace.find(id)->fingerprint != before);
}

void TestWorkspace::fingerprintTellsWeightsApart()
{
    makeModel(path("twin"), 8, 1.0f);
    Workspace workspace;
    openAll(workspace, {"base", "distilled", "twin"});
    // The same shapes in all three; the same values in the first and the last.
    QVERIFY(workspace.subjects()[0]->fingerprint != workspace.subjects()[1]->fingerprint);
    QCOMPARE(workspace.subjects()[0]->fingerprint, workspace.subjects()[2]->fingerprint);
}

void TestWorkspace::comparisonJoinsRuns()
{
    Workspace workspace;
    openAll(workspace, {"base", "full", "empty"});
    RunLibrary library{QString()};
    BenchRun bench = benchRun("b1");
    bench.header.subject = workspace.subjects()[1]->reference();
    bench.header.environment.dtype = "bf16";
    library.begin(bench);
    library.append("b1", measureSample(1));
    EvaluationRun evaluation = evaluationRun("e1");
    evaluation.header.subject = workspace.subjects()[0]->reference();
    library.begin(evaluation);
    library.append("e1", itemResult("i1"));

    const Comparison comparison = workspace.comparison(library);
    QCOMPARE(comparison.subjects.size(), size_t(2));
    QCOMPARE(comparison.reference, size_t(1));
    QVERIFY(comparison.subjects[0].facts && comparison.subjects[1].facts);
    QVERIFY(!comparison.subjects[0].bench);
    QCOMPARE(comparison.subjects[1].bench->header.id, std::string("b1"));
    QCOMPARE(comparison.subjects[0].evaluations.size(), size_t(1));
    QVERIFY(comparison.subjects[1].evaluations.empty());

    // Measured in a second dtype, full stands there twice and each is called after its own.
    bench.header.id = "b2";
    bench.header.environment.dtype = "int8";
    library.begin(bench);
    library.append("b2", measureSample(1));
    const Comparison apart = workspace.comparison(library);
    QCOMPARE(apart.subjects.size(), size_t(3));
    QCOMPARE(apart.reference, size_t(1));
    QCOMPARE(subjectTitle(apart.subjects[1]), std::string("full (bf16)"));
    QCOMPARE(subjectTitle(apart.subjects[2]), std::string("full (int8)"));
    QCOMPARE(apart.subjects[2].bench->header.id, std::string("b2"));
    QVERIFY(apart.subjects[2].facts == apart.subjects[1].facts);
    QCOMPARE(workspace.comparison(library, {false}).subjects.size(), size_t(2));
}

void TestWorkspace::goneBeforeTheThreads()
{
    for (int i = 0; i < 50; ++i) {
        Workspace workspace;
        for (const char *name : {"base", "full", "distilled"})
            workspace.open(path(name));
        if (i % 2 == 0)
            QTest::qWait(1);
    }
    QTest::qWait(50);
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
