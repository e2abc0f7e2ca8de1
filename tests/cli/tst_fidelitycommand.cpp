// SPDX-License-Identifier: GPL-3.0-or-later
// assay fidelity with real workers and the sample family.
#include "core/format/basefile.h"
#include "tests/cli/runner.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <cstring>

using namespace assay;

namespace {

const QString kSamples = QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/");
const QString kFull = kSamples + QStringLiteral("full"), kDistilled = kSamples + QStringLiteral("distilled");
constexpr int kChunk = 64;

QJsonObject jsonOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What the samples were trained on, without lines that repeat.
QByteArray suiteText(int items)
{
    QByteArray out;
    for (const char *suite : {"addition", "sorting", "brackets", "recall"}) {
        const QList<QByteArray> lines = contentOf(QStringLiteral(ASSAY_SOURCE_DIR "/resources/suites/%1.jsonl").arg(QLatin1String(suite))).split('\n');
        for (int i = 1; i < items + 1 && i < lines.size(); ++i)
            out += QJsonDocument::fromJson(lines[i])[QStringLiteral("prompt")].toString().toUtf8() + "\n";
    }
    return out;
}

/// Logits [tokens, vocabulary] by `assay logits`.
std::vector<float> logitsOf(const QString &model, const std::vector<int64_t> &ids, const QString &file)
{
    QStringList tokens;
    for (const int64_t id : ids)
        tokens << QString::number(id);
    runAssay({QStringLiteral("logits"), model, QStringLiteral("--tokens"), tokens.join(u','), QStringLiteral("--out"), file, QStringLiteral("--dtype"), QStringLiteral("f32")});
    const QByteArray bytes = contentOf(file);
    uint64_t header = 0;
    if (bytes.size() < 8)
        return {};
    std::memcpy(&header, bytes.constData(), 8);
    std::vector<float> out((size_t(bytes.size()) - 8 - header) / sizeof(float));
    std::memcpy(out.data(), bytes.constData() + 8 + header, out.size() * sizeof(float));
    return out;
}

std::vector<double> logProbabilities(const float *logits, size_t count)
{
    double high = logits[0], sum = 0;
    for (size_t i = 0; i < count; ++i)
        high = std::max(high, double(logits[i]));
    for (size_t i = 0; i < count; ++i)
        sum += std::exp(logits[i] - high);
    std::vector<double> out;
    for (size_t i = 0; i < count; ++i)
        out.push_back(logits[i] - high - std::log(sum));
    return out;
}

} // namespace

class TestFidelityCommand : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void asLogitsHaveIt();
    void fromItself();
    void referenceIsLoadedOnce();
    void lineByLine();
    void fromBaseFiles();
    void vocabulariesDiffer();
    void wrongUses();

private:
    QString at(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QList<QList<QByteArray>> positions(const char *folder) const;
    QStringList call(const QStringList &subjects, const QStringList &more) const
    {
        return QStringList{QStringLiteral("fidelity")} + subjects + QStringList{QStringLiteral("--text"), at("text.txt"), QStringLiteral("--json"), QStringLiteral("--dtype"), QStringLiteral("f32"), QStringLiteral("--reference-dtype"), QStringLiteral("f32")} + more;
    }
    QTemporaryDir m_folder;
    QJsonObject m_exact;
};

QList<QList<QByteArray>> TestFidelityCommand::positions(const char *folder) const
{
    QList<QList<QByteArray>> out;
    const QDir dir(at(folder));
    const QStringList names = dir.entryList({QStringLiteral("*.positions.csv")});
    for (const QByteArray &line : contentOf(names.isEmpty() ? QString() : dir.filePath(names.first())).split('\n')) {
        if (!line.isEmpty() && !line.startsWith("chunk"))
            out << line.split(',');
    }
    return out;
}

void TestFidelityCommand::initTestCase()
{
    QFile text(at("text.txt"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write(suiteText(24));
    text.close();
    const Ran ran = runAssay(call({kFull, kDistilled}, {QStringLiteral("--chunk"), QString::number(kChunk), QStringLiteral("--temperature"), QStringLiteral("2"), QStringLiteral("--save-base"), at("base.kld"), QStringLiteral("--out"), at("exact")}));
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    m_exact = jsonOf(ran)[QStringLiteral("results")][0].toObject();
    QCOMPARE(m_exact[QStringLiteral("protocol")][QStringLiteral("source")].toString(), QStringLiteral("models"));
    QCOMPARE(m_exact[QStringLiteral("protocol")][QStringLiteral("cut")].toString(), QStringLiteral("llama.cpp 64"));
    QVERIFY(m_exact[QStringLiteral("distillation_objective")][QStringLiteral("softened")][QStringLiteral("mean")].toDouble() > 0);
}

/// The divergences of a chunk are those of the logits that `assay logits` gives, by the definition, in doubles.
void TestFidelityCommand::asLogitsHaveIt()
{
    const auto base = BaseFile::open(at("base.kld").toStdString());
    QVERIFY(base);
    const BaseHeader &header = base->header();
    QVERIFY(header.context == kChunk && header.layout.vocabulary == 425 && header.chunks >= 5);
    std::vector<int64_t> ids(header.tokens.begin() + 2 * kChunk, header.tokens.begin() + 3 * kChunk);
    ids.front() = 0; // the begin token stands in the place of a chunk's first one
    const std::vector<float> first = logitsOf(kFull, ids, at("full.safetensors")), second = logitsOf(kDistilled, ids, at("distilled.safetensors"));
    QVERIFY(first.size() == size_t(kChunk) * 425 && second.size() == first.size());
    const auto rows = positions("exact");
    QCOMPARE(rows.size(), int(header.chunks * header.positions()));
    for (int64_t i = 0; i < header.positions(); ++i) {
        const size_t at = size_t(header.first() + i);
        const auto p = logProbabilities(first.data() + at * 425, 425), q = logProbabilities(second.data() + at * 425, 425);
        double divergence = 0;
        for (size_t k = 0; k < p.size(); ++k)
            divergence += std::exp(p[k]) * (p[k] - q[k]);
        const QList<QByteArray> &row = rows[int(2 * header.positions() + i)];
        const size_t token = size_t(ids[at + 1]);
        QVERIFY2(std::fabs(row[2].toDouble() - divergence) < 1e-4, row[2].constData());
        QVERIFY2(std::fabs(row[3].toDouble() + p[token]) < 1e-4 && std::fabs(row[4].toDouble() + q[token]) < 1e-4, row[3].constData());
        QVERIFY(std::fabs(row[5].toDouble() - (std::exp(q[token]) - std::exp(p[token]))) < 1e-4);
        const bool same = std::ranges::max_element(p) - p.begin() == std::ranges::max_element(q) - q.begin();
        QCOMPARE(row[6].toInt(), int(same));
        // And what the base file keeps of the reference is what it said, as exactly as 16 bits tell it.
        std::vector<float> kept(425);
        readSixteenBitRow(*base->rows(2, i, 1), kept);
        QVERIFY(std::fabs(kept[token] - p[token]) < 4e-4 || p[token] < -16);
    }
}

void TestFidelityCommand::fromItself()
{
    const Ran ran = runAssay(call({kFull, kFull}, {QStringLiteral("--chunk"), QStringLiteral("64")}));
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const QJsonValue figures = jsonOf(ran)[QStringLiteral("results")][0][QStringLiteral("figures")];
    QCOMPARE(figures[QStringLiteral("divergence")][QStringLiteral("mean")].toDouble(), 0.0);
    QCOMPARE(figures[QStringLiteral("same_top")][QStringLiteral("mean")].toDouble(), 1.0);
    QCOMPARE(figures[QStringLiteral("log_ratio")][QStringLiteral("mean")].toDouble(), 0.0);
}

/// What the worker was sent: the reference once, each of the others in turn, and none is left when the next one comes. The figures are those of a
/// pair by itself.
void TestFidelityCommand::referenceIsLoadedOnce()
{
    const QString sent = at("sent.txt");
    const QString worker = QStringLiteral("sh -c \"tee -a '%1' | '%2'\"").arg(sent, QStringLiteral(ASSAY_BINARY_DIR "/bin/assay-worker"));
    const Ran ran = runAssay(call({kFull, kDistilled, kSamples + QStringLiteral("base"), kFull}, {QStringLiteral("--chunk"), QString::number(kChunk), QStringLiteral("--worker"), worker}));
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const QJsonArray results = jsonOf(ran)[QStringLiteral("results")].toArray();
    QCOMPARE(results.size(), 3);
    QCOMPARE(results[0][QStringLiteral("figures")][QStringLiteral("divergence")], m_exact[QStringLiteral("figures")][QStringLiteral("divergence")]);
    QVERIFY(results[1][QStringLiteral("figures")][QStringLiteral("divergence")][QStringLiteral("mean")].toDouble() > 0);
    QCOMPARE(results[2][QStringLiteral("figures")][QStringLiteral("divergence")][QStringLiteral("mean")].toDouble(), 0.0);
    QStringList steps;
    int greeted = 0;
    for (const QByteArray &line : contentOf(sent).split('\n')) {
        const QJsonObject message = QJsonDocument::fromJson(line).object();
        const QString method = message[QStringLiteral("method")].toString();
        greeted += method == QStringLiteral("hello");
        if (method == QStringLiteral("load"))
            steps << QDir(message[QStringLiteral("params")][QStringLiteral("path")].toString()).dirName();
        else if (method == QStringLiteral("unload"))
            steps << QStringLiteral("-");
    }
    QCOMPARE(greeted, 1);
    if (!steps.isEmpty() && steps.last() == QStringLiteral("-"))
        steps.removeLast(); // the last one may go with its worker
    QCOMPARE(steps, (QStringList{QStringLiteral("distilled"), QStringLiteral("full"), QStringLiteral("-"), QStringLiteral("base"), QStringLiteral("-"), QStringLiteral("full")}));
}

/// Every line by itself: all of its tokens but the begin token are positions.
void TestFidelityCommand::lineByLine()
{
    QFile file(at("lines.txt"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("add      61+      99:\n\nsort j z e i:\n");
    file.close();
    const Ran ran = runAssay({QStringLiteral("fidelity"), kFull, kDistilled, QStringLiteral("--text"), at("lines.txt"), QStringLiteral("--lines"), QStringLiteral("--json")});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    int tokens = 0;
    for (const char *line : {"add      61+      99:\n", "sort j z e i:\n"})
        tokens += int(jsonOf(runAssay({QStringLiteral("tokenize"), kFull, QStringLiteral("--no-special"), QStringLiteral("--json")}, line))[QStringLiteral("ids")].toArray().size());
    const QJsonValue result = jsonOf(ran)[QStringLiteral("results")][0];
    QCOMPARE(result[QStringLiteral("protocol")][QStringLiteral("cut")].toString(), QStringLiteral("lines"));
    QCOMPARE(result[QStringLiteral("figures")][QStringLiteral("chunks")].toInt(), 2);
    QCOMPARE(result[QStringLiteral("figures")][QStringLiteral("positions")].toInt(), tokens);
}

void TestFidelityCommand::fromBaseFiles()
{
    const double exact = m_exact[QStringLiteral("figures")][QStringLiteral("divergence")][QStringLiteral("mean")].toDouble();
    const Ran sixteen = runAssay(call({kDistilled}, {QStringLiteral("--base"), at("base.kld")}));
    QVERIFY2(sixteen.exitCode == 0, sixteen.err.constData());
    const QJsonValue found = jsonOf(sixteen)[QStringLiteral("results")][0];
    QCOMPARE(found[QStringLiteral("protocol")][QStringLiteral("source")].toString(), QStringLiteral("16bit"));
    QVERIFY(std::fabs(found[QStringLiteral("figures")][QStringLiteral("divergence")][QStringLiteral("mean")].toDouble() - exact) < 2e-3 * (1 + exact));

    const Ran saved = runAssay(call({kFull, kDistilled}, {QStringLiteral("--chunk"), QStringLiteral("64"), QStringLiteral("--save-base"), at("top.kld"), QStringLiteral("--top"), QStringLiteral("8")}));
    QVERIFY2(saved.exitCode == 0, saved.err.constData());
    const Ran top = runAssay(call({kDistilled}, {QStringLiteral("--base"), at("top.kld"), QStringLiteral("--out"), at("top")}));
    QVERIFY2(top.exitCode == 0, top.err.constData());
    const auto bounds = positions("top"), all = positions("exact");
    QVERIFY(bounds.size() == all.size() && !all.isEmpty());
    for (int i = 0; i < all.size(); ++i)
        QVERIFY2(bounds[i][2].toDouble() <= all[i][2].toDouble() + 1e-4 && std::fabs(bounds[i][3].toDouble() - all[i][3].toDouble()) < 1e-4 && bounds[i][6] == all[i][6], bounds[i][2].constData());

    QFile other(at("other.txt"));
    QVERIFY(other.open(QIODevice::WriteOnly));
    other.write(suiteText(16).mid(100));
    other.close();
    const Ran unfit = runAssay({QStringLiteral("fidelity"), kDistilled, QStringLiteral("--base"), at("base.kld"), QStringLiteral("--text"), at("other.txt"), QStringLiteral("--json")});
    QCOMPARE(unfit.exitCode, 65);
    QCOMPARE(jsonOf(unfit)[QStringLiteral("error")][QStringLiteral("code")].toString(), QStringLiteral("fidelity.base_unfit"));
}

/// Pitfall 15 of evaluation.md: two tokens have changed places, all counts are equal, and no number comes out.
void TestFidelityCommand::vocabulariesDiffer()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("swapped")));
    for (const QString &name : QDir(kDistilled).entryList(QDir::Files))
        QVERIFY(QFile::copy(kDistilled + u'/' + name, at("swapped/") + name));
    QFile file(at("swapped/tokenizer.json"));
    QVERIFY(file.setPermissions(file.permissions() | QFile::WriteOwner) && file.open(QIODevice::ReadOnly));
    QJsonObject tokenizer = QJsonDocument::fromJson(file.readAll()).object();
    file.close();
    QJsonObject model = tokenizer[QStringLiteral("model")].toObject(), vocabulary = model[QStringLiteral("vocab")].toObject();
    const QJsonValue a = vocabulary[QStringLiteral("a")], b = vocabulary[QStringLiteral("b")];
    QVERIFY(a.isDouble() && b.isDouble());
    vocabulary[QStringLiteral("a")] = b;
    vocabulary[QStringLiteral("b")] = a;
    model[QStringLiteral("vocab")] = vocabulary;
    tokenizer[QStringLiteral("model")] = model;
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(tokenizer).toJson());
    file.close();
    const Ran ran = runAssay(call({kFull, at("swapped")}, {QStringLiteral("--chunk"), QStringLiteral("64"), QStringLiteral("--written"), QStringLiteral("12")}));
    QCOMPARE(ran.exitCode, 65);
    const QJsonObject told = jsonOf(ran);
    QCOMPARE(told[QStringLiteral("error")][QStringLiteral("code")].toString(), QStringLiteral("fidelity.vocabularies"));
    const QJsonValue result = told[QStringLiteral("results")][0];
    QVERIFY(result[QStringLiteral("figures")].isUndefined() && result[QStringLiteral("not_compared")].isObject());
    // What needs no common vocabulary is told all the same: the distilled model with the wrong letters is worse on the reference's text.
    const QJsonValue written = result[QStringLiteral("written_figures")];
    QVERIFY2(written[QStringLiteral("texts")].toInt() >= 3, ran.out.constData());
    QVERIFY(written[QStringLiteral("difference")][QStringLiteral("value")].toDouble() > 0);
    QVERIFY(written[QStringLiteral("bits_per_byte_reference")][QStringLiteral("value")].toDouble() > 0);
    const Ran based = runAssay(call({at("swapped")}, {QStringLiteral("--base"), at("top.kld")}));
    QCOMPARE(based.exitCode, 65);
    QVERIFY(jsonOf(based)[QStringLiteral("results")].toArray().isEmpty());
}

void TestFidelityCommand::wrongUses()
{
    QCOMPARE(runAssay({QStringLiteral("fidelity"), kFull, kDistilled}).exitCode, 64);
    QCOMPARE(runAssay({QStringLiteral("fidelity"), kFull, QStringLiteral("--text"), at("text.txt")}).exitCode, 64);
    QCOMPARE(runAssay(call({kFull, kDistilled}, {QStringLiteral("--temperature"), QStringLiteral("0")})).exitCode, 64);
    QCOMPARE(runAssay(call({kFull, kDistilled}, {QStringLiteral("--top"), QStringLiteral("8")})).exitCode, 64);
    QCOMPARE(runAssay(call({kDistilled}, {QStringLiteral("--base"), at("text.txt")})).exitCode, 65);
    const Ran brief = runAssay(call({kFull, kDistilled}, {QStringLiteral("--chunk"), QStringLiteral("100000")}));
    QVERIFY2(brief.exitCode == 64 && brief.err.contains("fewer than two chunks"), brief.err.constData());
}

QTEST_GUILESS_MAIN(TestFidelityCommand)
#include "tst_fidelitycommand.moc"
