// SPDX-License-Identifier: GPL-3.0-or-later
// Every part that tokenizer.json can name, against what Hugging Face's Rust code makes of it
// (tests/data/tokenizer/make_components.js).
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::json;

namespace {

const Json &reference()
{
    static const Json json = [] {
        const auto text = readWholeFile(std::filesystem::path(ASSAY_TEST_DATA) / "tokenizer/components.json", 1 << 24);
        return text ? Json::parse(*text) : Json();
    }();
    return json;
}

/// Spells words in bytes with "</w>" behind each, so that ids show text and cuts; as in make_components.js.
Json base()
{
    Json vocabulary = Json::object();
    for (int i = 0; i < 256; ++i) {
        char name[8];
        std::snprintf(name, sizeof name, "<0x%02X>", unsigned(i));
        vocabulary[name] = i;
    }
    return {{"version", "1.0"}, {"added_tokens", Json::array()}, {"normalizer", nullptr}, {"pre_tokenizer", nullptr},
            {"post_processor", nullptr}, {"decoder", nullptr},
            {"model", {{"type", "BPE"}, {"end_of_word_suffix", "</w>"}, {"byte_fallback", true}, {"vocab", vocabulary},
                       {"merges", Json::array()}}}};
}

std::shared_ptr<const Tokenizer> made(const Json &patch)
{
    Json root = base();
    root.update(patch);
    const auto tokenizer = Tokenizer::parse(root.dump(), "test");
    if (!tokenizer)
        qWarning("%s", tokenizer.error().sentence().c_str());
    return tokenizer ? *tokenizer : nullptr;
}

QByteArray bytesOf(const std::vector<int64_t> &ids)
{
    QByteArray bytes;
    for (const int64_t id : ids)
        bytes += char(id);
    return bytes;
}

/// Adds a row for each entry of a list, by its name.
void rows(const char *list)
{
    QTest::addColumn<int>("index");
    const Json &entries = reference().at(list);
    QVERIFY(entries.size() > 5);
    for (size_t i = 0; i < entries.size(); ++i)
        QTest::newRow(entries[i].at("name").get<std::string>().c_str()) << int(i);
}

/// What texts become with one section replaced.
void checkSpelling(const char *list, const char *section, int index)
{
    const Json &entry = reference().at(list).at(size_t(index));
    const auto tokenizer = made({{section, entry.at("section")}});
    QVERIFY(tokenizer);
    const Json &texts = reference().at("texts");
    for (size_t i = 0; i < texts.size(); ++i) {
        const QByteArray expected = QByteArray::fromBase64(QByteArray::fromStdString(entry.at("spelt").at(i).get<std::string>()));
        const QByteArray spelt = bytesOf(tokenizer->encode(texts[i].get<std::string>(), false));
        QVERIFY2(spelt == expected, (texts[i].dump() + " becomes " + spelt.toStdString() + ", not " + expected.toStdString()).c_str());
    }
}

} // namespace

class TestComponents : public QObject
{
    Q_OBJECT

private slots:
    void normalizers_data() { rows("normalizers"); }
    void normalizers()
    {
        QFETCH(int, index);
        checkSpelling("normalizers", "normalizer", index);
    }
    void preTokenizers_data() { rows("pre_tokenizers"); }
    void preTokenizers()
    {
        QFETCH(int, index);
        checkSpelling("pre_tokenizers", "pre_tokenizer", index);
    }
    void models_data() { rows("models"); }
    void models();
    void postProcessors_data() { rows("post_processors"); }
    void postProcessors();
    void decoders_data() { rows("decoders"); }
    void decoders();
};

void TestComponents::models()
{
    QFETCH(int, index);
    const Json &entry = reference().at("models").at(size_t(index));
    const auto tokenizer = made(entry.at("patch"));
    QVERIFY(tokenizer);
    const Json &words = reference().at("words");
    for (size_t i = 0; i < words.size(); ++i) {
        const std::vector<int64_t> expected = entry.at("ids").at(i);
        const std::vector<int64_t> ids = tokenizer->encode(words[i].get<std::string>(), false);
        QVERIFY2(ids == expected, (words[i].dump() + ": " + Json(ids).dump() + ", not " + Json(expected).dump()).c_str());
    }
}

void TestComponents::postProcessors()
{
    QFETCH(int, index);
    const Json &entry = reference().at("post_processors").at(size_t(index));
    const Json &models = reference().at("models");
    const auto wordPiece = std::find_if(models.begin(), models.end(), [](const Json &m) { return m.at("name") == "word_piece"; });
    Json patch = wordPiece->at("patch");
    patch["post_processor"] = entry.at("section");
    patch["added_tokens"] = {{{"id", 10}, {"content", "[CLS]"}, {"special", true}}, {{"id", 11}, {"content", "[SEP]"}, {"special", true}}};
    const auto tokenizer = made(patch);
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->encode("ab unaffable", true), entry.at("single").at(0).get<std::vector<int64_t>>());
    const TokenizedPair pair = tokenizer->encodePair("ab", "unaffable a");
    QCOMPARE(pair.ids, entry.at("pair").at(0).get<std::vector<int64_t>>());
    QCOMPARE(pair.types, entry.at("pair").at(1).get<std::vector<int64_t>>());
    const TokenizedPair empty = tokenizer->encodePair("", "");
    QCOMPARE(empty.ids, entry.at("empty").at(0).get<std::vector<int64_t>>());
    QCOMPARE(empty.types, entry.at("empty").at(1).get<std::vector<int64_t>>());
}

void TestComponents::decoders()
{
    QFETCH(int, index);
    const Json &entry = reference().at("decoders").at(size_t(index));
    const Json &pieces = reference().at("decoder_pieces");
    Json vocabulary = {{"<unk>", 99}};
    for (size_t id = 0; id < pieces.size(); ++id)
        vocabulary[pieces[id].get<std::string>()] = id;
    const auto tokenizer = made({{"decoder", entry.at("section")},
                                 {"model", {{"type", "WordLevel"}, {"vocab", vocabulary}, {"unk_token", "<unk>"}}}});
    QVERIFY(tokenizer);
    const Json &lists = reference().at("id_lists");
    for (size_t i = 0; i < lists.size(); ++i) {
        const std::vector<int64_t> ids = lists[i];
        const std::string expected = entry.at("decoded").at(i);
        const std::string text = tokenizer->decode(ids, false);
        QVERIFY2(text == expected, (lists[i].dump() + " becomes '" + text + "', not '" + expected + "'").c_str());
        const auto stream = tokenizer->stream(false);
        std::string streamed;
        for (const int64_t id : ids)
            streamed += stream->push(id);
        QCOMPARE(streamed + stream->finish(), expected);
    }
}

QTEST_GUILESS_MAIN(TestComponents)
#include "tst_components.moc"
