// SPDX-License-Identifier: GPL-3.0-or-later
// The tokenizer against ids that Hugging Face's own code gave (tests/data/tokenizer/make_vectors.js), and
// against damaged and hostile files.
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::json;

namespace {

using Opened = Result<std::shared_ptr<const Tokenizer>>;

std::filesystem::path dataFile(const char *name)
{
    return std::filesystem::path(ASSAY_TEST_DATA) / "tokenizer" / name;
}

Json readJson(const std::filesystem::path &path)
{
    const auto text = readWholeFile(path, 1 << 24);
    return text ? Json::parse(*text) : Json();
}

Json smallTokenizer()
{
    return readJson(dataFile("small.tokenizer.json"));
}

/// Fields of the model are replaced one by one, other sections whole.
Json variantOf(Json root, const Json &patch)
{
    for (const auto &[section, value] : patch.items()) {
        if (section == "model")
            root[section].update(value);
        else
            root[section] = value;
    }
    return root;
}

Opened parsed(const Json &root)
{
    return Tokenizer::parse(root.dump(), "test");
}

std::string firstMismatch(const Tokenizer &tokenizer, const Json &vectors)
{
    for (const Json &vector : vectors) {
        const std::string text = vector.at("text");
        const std::vector<int64_t> ids = vector.at("ids"), special = vector.at("ids_special");
        if (tokenizer.encode(text, false) != ids)
            return "ids of '" + text + "': " + Json(tokenizer.encode(text, false)).dump() + ", expected " + Json(ids).dump();
        if (tokenizer.encode(text, true) != special)
            return "special ids of '" + text + "'";
        if (tokenizer.decode(ids, false) != vector.at("decoded").get<std::string>())
            return "text of the ids of '" + text + "': " + tokenizer.decode(ids, false);
        if (tokenizer.decode(special, true) != vector.at("decoded_skip_special").get<std::string>())
            return "text without specials of '" + text + "'";
    }
    return {};
}

} // namespace

class TestTokenizer : public QObject
{
    Q_OBJECT

private slots:
    void variants_data();
    void variants();
    void sampleFamily_data();
    void sampleFamily();
    void streamsBytes();
    void namesPiecesAndIds();
    void readsOldFileWithoutType();
    void brokenUtf8();
    void longWord();
    void unsupported_data();
    void unsupported();
    void damaged_data();
    void damaged();
    void everyTruncation();
    void hostileRegex();
    void missingFiles();
    void hostileSizes();
    void equalIds();
    void tellsWhatIsIgnored();
    void blanksAtTheEnd();
};

void TestTokenizer::variants_data()
{
    QTest::addColumn<QString>("variant");
    for (const Json &variant : readJson(dataFile("variants.json"))) {
        const std::string name = variant.at("name");
        QTest::newRow(name.c_str()) << QString::fromStdString(variant.dump());
    }
}

void TestTokenizer::variants()
{
    QFETCH(QString, variant);
    const Json json = Json::parse(variant.toStdString());
    const Opened tokenizer = parsed(variantOf(smallTokenizer(), json.at("patch")));
    QVERIFY2(tokenizer, tokenizer ? "" : tokenizer.error().sentence().c_str());
    QVERIFY(json.at("vectors").size() >= 20);
    const std::string mismatch = firstMismatch(**tokenizer, json.at("vectors"));
    QVERIFY2(mismatch.empty(), mismatch.c_str());
}

void TestTokenizer::sampleFamily_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"full", "distilled", "base"})
        QTest::newRow(name) << name;
}

void TestTokenizer::sampleFamily()
{
    QFETCH(QString, name);
    const std::filesystem::path folder = std::filesystem::path(ASSAY_SOURCE_DIR) / "resources/samples" / name.toStdString();
    const Opened tokenizer = Tokenizer::open(folder);
    QVERIFY2(tokenizer, tokenizer ? "" : tokenizer.error().sentence().c_str());
    const Json vectors = readJson(dataFile("sample.vectors.json"));
    QVERIFY(vectors.size() >= 10);
    const std::string mismatch = firstMismatch(**tokenizer, vectors);
    QVERIFY2(mismatch.empty(), mismatch.c_str());
    QCOMPARE((*tokenizer)->vocabularySize(), int64_t(425));
}

void TestTokenizer::streamsBytes()
{
    const Opened tokenizer = parsed(smallTokenizer());
    QVERIFY(tokenizer);
    const std::string text = "fox \xE4\xB8\xAD\xF0\x9F\x98\x80!<|end|>";
    std::string bytes;
    const std::vector<int64_t> ids = (*tokenizer)->encode(text, false);
    QVERIFY(ids.size() > 8); // several ids make one character
    for (int64_t id : ids)
        bytes += (*tokenizer)->bytesOf(id, false);
    QCOMPARE(bytes, text);
    QCOMPARE((*tokenizer)->bytesOf(1, true), std::string());
    QCOMPARE((*tokenizer)->bytesOf(1, false), std::string("<|end|>"));
    QCOMPARE((*tokenizer)->bytesOf(-5, false), std::string());
    QCOMPARE((*tokenizer)->bytesOf(1 << 30, false), std::string());
}

void TestTokenizer::namesPiecesAndIds()
{
    const Json root = smallTokenizer();
    const Opened tokenizer = parsed(root);
    QVERIFY(tokenizer);
    for (const auto &[piece, id] : root.at("model").at("vocab").items()) {
        QCOMPARE((*tokenizer)->idOf(piece), id.get<int64_t>());
        QCOMPARE((*tokenizer)->piece(id.get<int64_t>()), piece);
    }
    QCOMPARE((*tokenizer)->idOf("no such piece"), int64_t(-1));
    QCOMPARE((*tokenizer)->piece(425), std::string());
    QCOMPARE((*tokenizer)->vocabularySize(), int64_t(425));
}

void TestTokenizer::readsOldFileWithoutType()
{
    Json root = smallTokenizer();
    root["model"].erase("type");
    const Opened tokenizer = parsed(root);
    QVERIFY(tokenizer);
    const std::string mismatch = firstMismatch(**tokenizer, readJson(dataFile("sample.vectors.json")));
    QVERIFY2(mismatch.empty(), mismatch.c_str());
}

void TestTokenizer::brokenUtf8()
{
    const Opened tokenizer = parsed(smallTokenizer());
    QVERIFY(tokenizer);
    // Unicode 15, table 3-8: each maximal part of a broken sequence becomes one U+FFFD.
    const std::string text = "a\xF1\x80\x80\xE1\x80\xC2" "b\x80" "c\x80\xBF" "d\xED\xA0\x80";
    const std::string expected = "a\uFFFD\uFFFD\uFFFD" "b\uFFFD" "c\uFFFD\uFFFD" "d\uFFFD\uFFFD\uFFFD";
    QCOMPARE((*tokenizer)->decode((*tokenizer)->encode(text, false), false), expected);
    // A character cut in two by the end of the ids.
    std::vector<int64_t> ids = (*tokenizer)->encode("x\u4e2d", false);
    ids.pop_back();
    QCOMPARE((*tokenizer)->decode(ids, false), std::string("x\uFFFD"));
}

void TestTokenizer::longWord()
{
    const Opened tokenizer = parsed(smallTokenizer());
    QVERIFY(tokenizer);
    // "ch" "ck" "che" "check" merge; a million letters must not take quadratic time.
    std::string text;
    for (int i = 0; i < 200'000; ++i)
        text += "check";
    const std::vector<int64_t> ids = (*tokenizer)->encode(text, false);
    QCOMPARE(ids.size(), size_t(200'000));
    QCOMPARE((*tokenizer)->decode(ids, false), text);
}

void TestTokenizer::unsupported_data()
{
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("named");
    QTest::newRow("model") << R"({"model": {"type": "Odd"}})" << "Odd";
    QTest::newRow("dropout") << R"({"model": {"dropout": 0.1}})" << "dropout";
    QTest::newRow("pre-tokenizer") << R"({"pre_tokenizer": {"type": "Odd"}})" << "Odd";
    QTest::newRow("behaviour") << R"({"pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Odd"}})" << "Odd";
    QTest::newRow("prepend scheme") << R"({"pre_tokenizer": {"type": "Metaspace", "prepend_scheme": "odd"}})" << "odd";
    QTest::newRow("normalizer") << R"({"normalizer": {"type": "Odd"}})" << "Odd";
    QTest::newRow("post-processor") << R"({"post_processor": {"type": "Odd"}})" << "Odd";
    QTest::newRow("decoder") << R"({"decoder": {"type": "Odd"}})" << "Odd";
}

void TestTokenizer::unsupported()
{
    QFETCH(QString, patch);
    QFETCH(QString, named);
    const Opened tokenizer = parsed(variantOf(smallTokenizer(), Json::parse(patch.toStdString())));
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::TokenizerUnsupported);
    QVERIFY2(tokenizer.error().sentence().find(named.toStdString()) != std::string::npos,
             tokenizer.error().sentence().c_str());
}

void TestTokenizer::damaged_data()
{
    QTest::addColumn<QString>("patch");
    QTest::newRow("no vocabulary") << R"({"model": {"vocab": null}})";
    QTest::newRow("vocabulary a list") << R"({"model": {"vocab": [1, 2]}})";
    QTest::newRow("id a text") << R"({"model": {"vocab": {"a": "b"}}})";
    QTest::newRow("id a fraction") << R"({"model": {"vocab": {"a": 1.5}}})";
    QTest::newRow("id negative") << R"({"model": {"vocab": {"a": -1}}})";
    QTest::newRow("id huge") << R"({"model": {"vocab": {"a": 99999999999}}})";
    QTest::newRow("merge of three") << R"({"model": {"merges": ["a b c"]}})";
    QTest::newRow("merge of one") << R"({"model": {"merges": [["a"]]}})";
    QTest::newRow("merge unknown") << R"({"model": {"merges": ["q qq"]}})";
    QTest::newRow("merge a number") << R"({"model": {"merges": [7]}})";
    QTest::newRow("added id huge") << R"({"added_tokens": [{"id": 99999999999, "content": "x"}]})";
    QTest::newRow("added no content") << R"({"added_tokens": [{"id": 5}]})";
    QTest::newRow("added a map") << R"({"added_tokens": {"id": 5}})";
    QTest::newRow("regex") << R"({"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(["}, "behavior": "Isolated"}})";
    QTest::newRow("template id") << R"({"post_processor": {"type": "TemplateProcessing", "special_tokens": {}, "single": [{"SpecialToken": {"id": "<|x|>"}}]}})";
    QTest::newRow("type a number") << R"({"pre_tokenizer": {"type": 4}})";
    QTest::newRow("normalizer a text") << R"({"normalizer": "NFC"})";
}

void TestTokenizer::damaged()
{
    QFETCH(QString, patch);
    const Opened tokenizer = parsed(variantOf(smallTokenizer(), Json::parse(patch.toStdString())));
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::TokenizerDamaged);
    QVERIFY2(tokenizer.error().sentence().find("exception") == std::string::npos, tokenizer.error().sentence().c_str());
}

void TestTokenizer::everyTruncation()
{
    const std::string text = smallTokenizer().dump();
    for (size_t length = 0; length < text.size(); length += 97) {
        const Opened tokenizer = Tokenizer::parse(text.substr(0, length), "test");
        QVERIFY(!tokenizer);
        QCOMPARE(tokenizer.error().code, ErrorCode::JsonDamaged);
        QCOMPARE(tokenizer.error().arguments[1], "byte " + std::to_string(length + 1));
    }
    for (const char *other : {"null", "[]", "{}", "7", "\"model\""}) {
        const Opened tokenizer = Tokenizer::parse(other, "test");
        QVERIFY(!tokenizer);
        QCOMPARE(tokenizer.error().code, ErrorCode::TokenizerDamaged);
    }
    QVERIFY(!Tokenizer::parse(std::string(1'000'000, '['), "test"));
}

void TestTokenizer::hostileRegex()
{
    Json root = smallTokenizer();
    const Json byteLevel{{"type", "ByteLevel"}, {"add_prefix_space", false}, {"use_regex", false}};
    // Exponential without bounds; also a pattern that matches nothing but the empty string.
    for (const char *regex : {"(a+)+$", "(?:a|aa|aaa)*b", "x*"}) {
        const Json split{{"type", "Split"}, {"pattern", {{"Regex", regex}}}, {"behavior", "Isolated"}};
        root["pre_tokenizer"] = {{"type", "Sequence"}, {"pretokenizers", {split, byteLevel}}};
        const Opened tokenizer = parsed(root);
        QVERIFY(tokenizer);
        const std::string text = std::string(4000, 'a') + "!";
        QCOMPARE((*tokenizer)->decode((*tokenizer)->encode(text, false), false), text);
    }
}

void TestTokenizer::missingFiles()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    const Opened none = Tokenizer::open(path);
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::TokenizerMissing);
    const Opened absent = Tokenizer::open(path / "nowhere.json");
    QVERIFY(!absent);
    QCOMPARE(absent.error().code, ErrorCode::FileMissing);
    QVERIFY(writeFileAtomically(path / "tokenizer.json", smallTokenizer().dump()));
    QVERIFY(Tokenizer::open(path));
    QVERIFY(Tokenizer::open(path / "tokenizer.json"));
}

void TestTokenizer::hostileSizes()
{
    // An id far away costs no room for those before it; one further away is refused ("id huge").
    Json root = smallTokenizer();
    root["model"]["vocab"]["far"] = (1 << 24) - 1;
    const Opened far = parsed(root);
    QVERIFY(far);
    QCOMPARE((*far)->piece((1 << 24) - 1), std::string("far"));
    QCOMPARE((*far)->piece((1 << 24) - 2), std::string());
    QCOMPARE((*far)->idOf("far"), int64_t((1 << 24) - 1));
    root = smallTokenizer();
    root["added_tokens"].push_back({{"id", 500}, {"content", std::string(5000, 'x')}});
    const Opened added = parsed(root);
    QVERIFY(!added);
    QCOMPARE(added.error().code, ErrorCode::TokenizerDamaged);
    std::string commas = "[";
    for (int i = 0; i < 3'000'000; ++i)
        commas += "[],";
    const Opened dense = Tokenizer::parse(R"({"model":{},"x":)" + commas + "[]]}", "test");
    QVERIFY(!dense);
    QCOMPARE(dense.error().code, ErrorCode::TokenizerDamaged);
}

void TestTokenizer::equalIds()
{
    // Two pieces of one id: both are found, the later one is written. An added token goes before either.
    const Opened tokenizer = Tokenizer::parse(R"({"model":{"type":"WordLevel","unk_token":"u","vocab":{"u":0,"a":1,"b":1,"c":2}},
        "pre_tokenizer":{"type":"WhitespaceSplit"},"added_tokens":[{"id":2,"content":"[X]","special":true}]})", "test");
    QVERIFY(tokenizer);
    QCOMPARE((*tokenizer)->encode("a b c zz", false), (std::vector<int64_t>{1, 1, 2, 0}));
    QCOMPARE((*tokenizer)->piece(1), std::string("b"));
    QCOMPARE((*tokenizer)->piece(2), std::string("[X]"));
    QCOMPARE((*tokenizer)->encode(std::string_view("a\0b", 3), false), (std::vector<int64_t>{0}));
}

void TestTokenizer::tellsWhatIsIgnored()
{
    Json root = smallTokenizer();
    root["padding"] = {{"strategy", "BatchLongest"}};
    root["truncation"] = {{"max_length", 4}};
    const Opened tokenizer = parsed(root);
    QVERIFY(tokenizer);
    QCOMPARE((*tokenizer)->summary().ignored, (std::vector<std::string>{"truncation", "padding"}));
    QCOMPARE((*tokenizer)->summary().source, std::string("tokenizer.json"));
    QVERIFY((*tokenizer)->encode("add 345+678:", false).size() > 4);
}

void TestTokenizer::blanksAtTheEnd()
{
    // The reference ends its process where stop is larger than a piece; up to so many go, whatever comes in parts.
    const Opened tokenizer = Tokenizer::parse(R"({"model":{"type":"WordLevel","unk_token":"u","vocab":{"u":0,"a":1,"  ":2," ":3}},
        "decoder":{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":2}]}})", "test");
    QVERIFY(tokenizer);
    const auto text = [&](const std::vector<int64_t> &ids) { return (*tokenizer)->decode(ids, false); };
    QCOMPARE(text({3, 1, 3, 1, 2, 3}), std::string("a a "));
    QCOMPARE(text({2, 1}), std::string(" a"));
    QCOMPARE(text({3}), std::string());
    QCOMPARE(text({}), std::string());
}

QTEST_GUILESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
