// SPDX-License-Identifier: GPL-3.0-or-later
// Fidelity: figures from columns, vocabularies, base files and what is stored. The divergences themselves are the engine's
// (tests/engine/fidelitycheck.cpp), the command's tests stand in tests/cli/tst_fidelitycommand.cpp.
#include "core/evaluate/fidelity/fidelity.h"
#include "core/format/basefile.h"
#include "core/format/partsource.h"
#include "tests/format/testfiles.h"

#include <QtTest>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

using namespace assay;
using assay::test::Folder;

namespace {

const std::string kData = ASSAY_SOURCE_DIR "/tests/data/evaluate/fidelity/";

bool near(double found, double expected, double tolerance)
{
    if (std::fabs(found - expected) <= tolerance)
        return true;
    qWarning("%.12g instead of %.12g", found, expected);
    return false;
}

/// Twelve positions in three chunks.
FidelityColumns someColumns()
{
    FidelityColumns out;
    for (int i = 0; i < 12; ++i) {
        out.divergence.push_back(float(i) / 8);
        out.nllReference.push_back(float(1 + i % 3));
        out.nllOther.push_back(float(1 + i % 4));
        out.sameTop.push_back(i % 4 != 0);
        out.softened.push_back(float(i) / 4);
    }
    out.chunkEnds = {4, 8, 12};
    return out;
}

std::string baseBytes(int32_t context, int32_t vocabulary, int32_t chunks, const std::vector<int32_t> &tokens, size_t rows)
{
    const int32_t head[]{context, vocabulary, chunks};
    std::string out = "_logits_";
    out.append(reinterpret_cast<const char *>(head), sizeof head);
    out.append(reinterpret_cast<const char *>(tokens.data()), tokens.size() * sizeof(int32_t));
    return out + std::string(rows, '\0');
}

Result<BaseFile> readBase(const std::string &bytes)
{
    return BaseFile::read(std::make_shared<const MemorySource>(bytes, "text.kld"));
}

ItemResult answered(const std::string &id, const std::string &answer, Outcome outcome)
{
    ItemResult out;
    out.itemId = id;
    out.judged.outcome = outcome;
    out.judged.extracted = answer;
    return out;
}

} // namespace

class TestFidelity : public QObject
{
    Q_OBJECT
private slots:
    void figuresByHand();
    void fewPositions();
    void objective();
    void writtenTexts();
    void answers();
    void vocabularies();
    void llamaFile();
    void topFile();
    void damagedFiles_data();
    void damagedFiles();
    void stored();
};

/// Means, ranks and paired errors of twelve values, by hand.
void TestFidelity::figuresByHand()
{
    const DivergenceFigures x = figuresOf(someColumns());
    QCOMPARE(x.positions, size_t(12));
    QCOMPARE(x.chunks, size_t(3));
    QVERIFY(near(x.divergence.mean, 5.5 / 8, 1e-9));
    // E[x^2] - E[x]^2 of 0 ... 11 is 143/12; divided by n - 1.
    QVERIFY(near(x.divergence.error, std::sqrt(143.0 / 12 / 11) / 8, 1e-9));
    QCOMPARE(x.divergenceRanks.size(), kDivergenceRanks.size());
    QVERIFY(near(x.divergenceRanks.front().value, 11.0 / 8, 1e-9));
    QVERIFY(near(x.divergenceRanks[5].value, 5.5 / 8, 1e-9));        // the median
    QVERIFY(near(x.divergenceRanks[4].value, 9.9 / 8, 1e-6));        // 90 %: 0.9 * 11
    QVERIFY(near(x.divergenceRanks.back().value, 0, 1e-9));
    QVERIFY(near(x.sameTop.mean, .75, 1e-12) && near(x.sameTop.error, std::sqrt(.75 * .25 / 11), 1e-12));
    // nll: the reference's mean is 2, the other's 2.5; the differences i % 4 - i % 3 have the mean 1/2 and the mean square 13/6.
    QVERIFY(near(x.logRatio.mean, .5, 1e-9) && near(x.ratio.mean, std::exp(.5), 1e-6));
    QVERIFY(near(x.logRatio.error, std::sqrt((13.0 / 6 - .25) / 11), 1e-9));
    QVERIFY(near(x.perplexityReference.mean, std::exp(2.0), 1e-6) && near(x.perplexityOther.mean, std::exp(2.5), 1e-6));
    QVERIFY(near(x.correlation, 0, 1e-9)); // every pair of i % 3 and i % 4 comes once
    QVERIFY(!x.divergenceByChunk.hasInterval && near(x.divergenceByChunk.value, x.divergence.mean, 1e-9)); // of three chunks nothing is said
    QVERIFY(x.deltaP.mean < 0 && x.deltaPRms.mean > std::fabs(x.deltaP.mean));
    const std::string text = fidelityText({{}, {}, {}, {}, someColumns(), {}, 0});
    QVERIFY(text.find("Mean    KLD:   0.687500 ±   0.130104") != std::string::npos);
}

void TestFidelity::fewPositions()
{
    QVERIFY(std::isnan(figuresOf(FidelityColumns()).divergence.mean));
    FidelityColumns one;
    one.divergence = one.nllReference = one.nllOther = {1};
    one.sameTop = {1};
    one.chunkEnds = {1};
    const DivergenceFigures x = figuresOf(one);
    QCOMPARE(x.divergence.mean, 1.0);
    QCOMPARE(x.divergence.error, 0.0); // as llama.cpp has it of ten and fewer
    QCOMPARE(x.sameTop.error, 0.0);
    // Stored columns may hold anything: what is not a number is told as none, and nothing is sorted by it.
    FidelityColumns odd = someColumns();
    odd.divergence[3] = odd.nllOther[5] = NAN;
    const DivergenceFigures none = figuresOf(odd);
    QVERIFY(std::isnan(none.divergence.mean) && std::isnan(none.divergenceRanks.front().value) && std::isnan(none.deltaPRanks[6].value));
    QVERIFY(!fidelityText({{}, {}, {}, {}, odd, {}, 0}).empty());
}

/// alpha T^2 KL + (1 - alpha) CE, told apart from the divergence at temperature 1.
void TestFidelity::objective()
{
    const auto found = objectiveOf(someColumns(), 2, .25);
    QVERIFY(found);
    QVERIFY(near(found->softened.mean, 5.5 / 4, 1e-9) && near(found->crossEntropy.mean, 2.5, 1e-9));
    QVERIFY(near(found->objective.mean, .25 * 5.5 / 4 + .75 * 2.5, 1e-9));
    FidelityColumns without = someColumns();
    without.softened.clear();
    QVERIFY(!objectiveOf(without, 2, .25));
}

void TestFidelity::writtenTexts()
{
    std::vector<WrittenText> texts;
    for (int i = 0; i < 6; ++i)
        texts.push_back({"p", "t", 10, 10 * M_LN2, (10 + i % 2 * 2) * M_LN2});
    texts.push_back({"p", "lost", 4, NAN, 1});
    const WrittenFigures x = figuresOf(texts);
    QCOMPARE(x.texts, size_t(6));
    QCOMPARE(x.bytes, int64_t(60));
    QVERIFY(near(x.reference.value, 1, 1e-12) && near(x.other.value, 1.1, 1e-12) && near(x.difference.value, .1, 1e-12));
    // Differences 0, .2, ... : sd sqrt(.012), six texts, Student's t of 5 degrees of freedom at 97.5 % is 2.5706.
    QVERIFY(x.difference.hasInterval && near(x.difference.high - x.difference.value, 2.570582 * std::sqrt(.012 / 6), 1e-6));
    QVERIFY(near(x.reference.high - x.reference.low, 0, 1e-12));
    texts.resize(3);
    QVERIFY(!figuresOf(texts).difference.hasInterval);
}

void TestFidelity::answers()
{
    using enum Outcome;
    const ItemRows reference{answered("a", "1", Right), answered("b", "2", Wrong), answered("c", "3", Wrong), answered("d", "x", Truncated), answered("e", "4", Right)};
    const ItemRows other{answered("e", "04", Right), answered("a", "9", Wrong), answered("b", "2", Wrong), answered("c", "5", Wrong), answered("d", "x", Truncated), answered("f", "1", Right)};
    const AnswerFidelity x = answerFidelity(reference, other);
    QCOMPARE(x.items, size_t(5));
    QVERIFY(near(x.agreement.value, .4, 1e-12)); // b and e; two that found nothing agree on nothing
    QVERIFY(near(x.sameWrong.value, 1.0 / 3, 1e-12) && x.sameWrong.n == 3); // b of b, c, d
    QVERIFY(near(x.flips.value, .2, 1e-12));
    QVERIFY(x.onlyReference == 1 && x.onlyOther == 0 && x.kappa);
    QCOMPARE(answerFidelity(reference, {}).items, size_t(0));
}

void TestFidelity::vocabularies()
{
    const VocabularyIdentity full{425, 425, "aa", "bb"};
    auto match = matchVocabularies(full, full, "full", "distilled");
    QVERIFY(match && match->compared == 425 && !match->addedDiffer && match->spellingKnown);
    // Padded rows are left out, added tokens may be called otherwise.
    match = matchVocabularies({512, 425, "aa", "bb"}, {448, 425, "cc", "bb"}, "full", "distilled");
    QVERIFY(match && match->compared == 448 && match->addedDiffer);
    // A base file of llama.cpp tells sizes alone.
    match = matchVocabularies({425, 0, {}, {}}, full, "base.kld", "distilled");
    QVERIFY(match && match->compared == 425 && !match->spellingKnown);

    const auto why = [&](const VocabularyIdentity &a, const VocabularyIdentity &b) {
        const auto found = matchVocabularies(a, b, "full", "distilled");
        return found ? std::string() : std::string(definitionOf(found.error().code).id) + ": " + found.error().sentence();
    };
    const std::string sizes = why({425, 0, {}, {}}, {426, 425, "aa", "bb"});
    QVERIFY2(sizes.starts_with("fidelity.vocabularies: ") && sizes.find("their vocabularies have different sizes") != std::string::npos, sizes.c_str());
    QVERIFY(why(full, {425, 425, "cc", "dd"}).find("the same size but other tokens") != std::string::npos);
    QVERIFY(why(full, {425, 0, {}, {}}).find("no tokenizer") != std::string::npos);
    QVERIFY(why(full, {400, 425, "aa", "bb"}).find("fewer rows") != std::string::npos);
}

/// The file of make_fidelity.py, which llama.cpp would read; and one that is written is read as it was.
void TestFidelity::llamaFile()
{
    const auto base = BaseFile::open(kData + "base.kld");
    QVERIFY(base);
    const BaseHeader &header = base->header();
    QVERIFY(header.context == 32 && header.chunks == 8 && header.layout == (BaseLayout{BaseForm::SixteenBit, 61, 0}));
    QVERIFY(header.positions() == 15 && header.first() == 16 && header.tokens.size() == 256 && header.vocabularyHash.empty());
    const auto row = base->rows(7, 14, 1);
    QVERIFY(row && row->size() == 8 + 62 * 2);
    std::vector<float> logs(61);
    readSixteenBitRow(*row, logs);
    double all = 0;
    for (const float one : logs)
        all += std::exp(double(one));
    QVERIFY(near(all, 1, 1e-3)); // clamped tails are all that is wrong

    const Folder folder;
    auto writer = BaseWriter::create(folder.path("copy.kld"), header);
    QVERIFY(writer);
    for (int64_t chunk = 0; chunk < header.chunks; ++chunk)
        QVERIFY(writer->add(*base->rows(chunk, 0, header.positions())));
    QVERIFY(!QFile::exists(QString::fromStdString(folder.path("copy.kld").string()))); // not before it is whole
    QVERIFY(writer->finish());
    QCOMPARE(*readWholeFile(folder.path("copy.kld"), 1 << 20), *readWholeFile(kData + "base.kld", 1 << 20));
    const auto nowhere = BaseWriter::create(folder.path("no/such/folder"), header);
    QVERIFY(!nowhere && nowhere.error().code == ErrorCode::FileUnwritable);
}

void TestFidelity::topFile()
{
    const Folder folder;
    const BaseHeader header{{BaseForm::TopTokens, 9, 2}, 5, 2, {0, 1, 2, 3, 4, 5, 6, 7, 8, 0}, std::string(64, 'a'), std::string(64, '0')};
    auto writer = BaseWriter::create(folder.path("top.kld"), header);
    QVERIFY(writer);
    for (int position = 0; position < 4; ++position) {
        std::vector<float> logs{-.5F, -1.5F};
        std::vector<int32_t> ids{position, 8};
        std::vector<std::byte> row(rowBytes(header.layout));
        writeTopRow({-2, .125F, logs, ids}, row);
        QVERIFY(writer->add(row));
    }
    QVERIFY(writer->finish());
    const auto base = BaseFile::open(folder.path("top.kld"));
    QVERIFY(base && base->header() == header);
    const auto row = base->rows(1, 1, 1);
    QVERIFY(row);
    std::vector<float> logs(2);
    std::vector<int32_t> ids(2);
    TopRow values{0, 0, logs, ids};
    readTopRow(*row, values);
    QVERIFY(values.logProbability == -2 && values.tail == .125F && logs[1] == -1.5F && ids[0] == 3 && ids[1] == 8);
}

void TestFidelity::damagedFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("why");
    const auto add = [](const char *name, const std::string &bytes, const char *why) { QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(why); };
    const std::vector<int32_t> tokens{0, 1, 2, 0};
    const std::string sound = baseBytes(4, 3, 1, tokens, 16);
    QVERIFY(readBase(sound));
    add("empty", {}, "ends within its header");
    add("another magic", "GGUF" + sound.substr(4), "does not begin as one");
    add("header cut", sound.substr(0, 15), "ends within its header");
    add("truncated", sound.substr(0, sound.size() - 1), "size is not the one");
    add("too long", sound + "x", "size is not the one");
    add("no context", baseBytes(0, 3, 1, tokens, 16), "no possible length");
    add("negative context", baseBytes(-4, 3, 1, tokens, 16), "no possible length");
    add("no vocabulary", baseBytes(4, 0, 1, tokens, 16), "no possible size");
    add("another vocabulary", baseBytes(4, 5, 1, tokens, 16), "size is not the one");
    add("huge vocabulary", baseBytes(4, std::numeric_limits<int32_t>::max(), 1, tokens, 16), "no possible size");
    add("no chunks", baseBytes(4, 3, 0, tokens, 16), "no chunks");
    add("huge counts", baseBytes(1 << 20, 1 << 23, std::numeric_limits<int32_t>::max(), tokens, 16), "size is not the one");
    add("token outside", baseBytes(4, 3, 1, {0, 1, 3, 0}, 16), "outside its vocabulary");
    std::string top = "_topkld_";
    for (const int32_t number : {2, 4, 3, 1, 2})
        top.append(reinterpret_cast<const char *>(&number), sizeof number);
    add("another version", top + std::string(200, '0'), "another version");
}

void TestFidelity::damagedFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, why);
    const auto base = readBase(bytes.toStdString());
    QVERIFY(!base && base.error().code == ErrorCode::BaseFileDamaged);
    QVERIFY2(QString::fromStdString(base.error().sentence()).contains(why), base.error().sentence().c_str());
}

void TestFidelity::stored()
{
    FidelityRun run;
    run.header.id = "r1";
    run.header.subject = {"/models/d", "distilled", "f0"};
    run.header.startedAt = "2026-01-02T03:04:05Z";
    run.header.state = RunState::Finished;
    run.protocol.reference = {"/models/f", "full", "f1"};
    run.protocol.source = FidelitySource::TopTokens;
    run.protocol.temperature = 2;
    run.protocol.top = 64;
    run.vocabulary = {{425, 425, "aa", "bb"}, {425, 425, "cc", "bb"}, 425, true, true};
    run.notCompared = Error{ErrorCode::VocabulariesDiffer, {"full", "distilled", "why"}, {}};
    run.written = {{"p", "t", 1, .5, 1.5}};
    run.columns = someColumns();
    const auto read = fidelityRunFromJson(toJson(run));
    QVERIFY(read);
    QVERIFY(read->protocol == run.protocol && read->vocabulary == run.vocabulary && read->written == run.written);
    QVERIFY(read->notCompared && read->notCompared->sentence() == run.notCompared->sentence() && read->header.id == "r1");
    QCOMPARE(toJson(run)["figures"]["positions"].get<int>(), 12);
    const auto columns = decodeColumns(encodeColumns(run.columns));
    QVERIFY(columns && *columns == run.columns);
    std::string bytes = encodeColumns(run.columns);
    for (size_t size = 0; size < bytes.size(); ++size)
        QVERIFY(!decodeColumns(std::string_view(bytes).substr(0, size)));
    bytes.back() = 1; // the last chunk would end far behind the last position
    QVERIFY(!decodeColumns(bytes));
    nlohmann::json lacking = toJson(run);
    lacking["protocol"].erase("source");
    QVERIFY(!fidelityRunFromJson(lacking) && fidelityRunFromJson(lacking).error().code == ErrorCode::StoreDamaged);
}

QTEST_APPLESS_MAIN(TestFidelity)
#include "tst_fidelity.moc"
