// SPDX-License-Identifier: GPL-3.0-or-later
// tokenizer.model and the keys of GGUF files against what SentencePiece's own programs and Hugging Face's Rust code
// make of the same models (tests/data/tokenizer/make_sentencepiece.py), and against damaged files.
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::json;

namespace {

std::filesystem::path dataFile(const std::string &name)
{
    return std::filesystem::path(ASSAY_TEST_DATA) / "tokenizer" / name;
}

Json readJson(const std::string &name)
{
    const auto text = readWholeFile(dataFile(name), 1 << 24);
    return text ? Json::parse(*text) : Json();
}

std::shared_ptr<const Tokenizer> opened(const std::filesystem::path &path)
{
    const auto tokenizer = Tokenizer::open(path);
    if (!tokenizer)
        qWarning("%s", tokenizer.error().sentence().c_str());
    return tokenizer ? *tokenizer : nullptr;
}

} // namespace

class TestSentencePiece : public QObject
{
    Q_OBJECT

private slots:
    void vectors_data();
    void vectors();
    void addsTokens();
    void choosesTheFile();
    void bytePairsOfGguf();
    void wordPiecesOfGguf();
    void referenceGguf();
    void damaged_data();
    void damaged();
    void unknownNames();
};

void TestSentencePiece::vectors_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("file");
    for (const char *kind : {"bpe", "unigram"}) {
        for (const char *ending : {".model", ".gguf"})
            QTest::addRow("%s%s", kind, ending) << kind << QString::fromLatin1(kind) + QLatin1String(ending);
    }
}

void TestSentencePiece::vectors()
{
    QFETCH(QString, kind);
    QFETCH(QString, file);
    const auto tokenizer = opened(dataFile("sentencepiece") / file.toStdString());
    QVERIFY(tokenizer);
    const Json list = readJson("sentencepiece/sentencepiece.json").at(kind.toStdString());
    QVERIFY(list.size() > 15);
    for (const Json &entry : list) {
        const std::string text = entry.at("text");
        const std::vector<int64_t> expected = entry.at("ids"), ids = tokenizer->encode(text, false);
        QVERIFY2(ids == expected, (text + ": " + Json(ids).dump() + ", not " + Json(expected).dump()).c_str());
        // SentencePiece writes its sign for the unknown, with blanks around it, where others write the piece.
        if (std::find(ids.begin(), ids.end(), 0) == ids.end())
            QCOMPARE(tokenizer->decode(ids, false), entry.at("decoded").get<std::string>());
    }
}

void TestSentencePiece::addsTokens()
{
    const auto bpe = opened(dataFile("sentencepiece/bpe.model")), unigram = opened(dataFile("sentencepiece/unigram.gguf"));
    QVERIFY(bpe && unigram);
    QCOMPARE(bpe->encode("", true), std::vector<int64_t>{1});
    QCOMPARE(unigram->encode("", true), std::vector<int64_t>{2});
    QCOMPARE(bpe->kind(1), TokenKind::Special);
    QCOMPARE(bpe->piece(1), std::string("<s>"));
    QCOMPARE(bpe->summary().model, std::string("BPE"));
    QCOMPARE(unigram->summary().source, std::string("unigram.gguf"));
    const int64_t separator = unigram->idOf("<sep>");
    QVERIFY(separator > 0);
    QCOMPARE(unigram->kind(separator), TokenKind::Added);
    const std::vector<int64_t> ids = unigram->encode("the<sep>", false);
    QCOMPARE(ids.back(), separator);
}

void TestSentencePiece::choosesTheFile()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    std::filesystem::copy_file(dataFile("sentencepiece/bpe.gguf"), path / "model.gguf");
    QCOMPARE(opened(path)->summary().source, std::string("model.gguf"));
    std::filesystem::copy_file(dataFile("sentencepiece/bpe.model"), path / "tokenizer.model");
    QCOMPARE(opened(path)->summary().source, std::string("tokenizer.model"));
    QCOMPARE(opened(path)->encode("", true).size(), size_t(1));
    QVERIFY(writeFileAtomically(path / "tokenizer_config.json", std::string_view(R"({"add_bos_token": false, "add_eos_token": true})")));
    QCOMPARE(opened(path)->encode("", true), std::vector<int64_t>{2});
    std::filesystem::copy_file(dataFile("small.tokenizer.json"), path / "tokenizer.json");
    QCOMPARE(opened(path)->summary().source, std::string("tokenizer.json"));
    QCOMPARE(opened(path / "model.gguf")->summary().source, std::string("model.gguf"));
}

void TestSentencePiece::bytePairsOfGguf()
{
    const auto gguf = opened(dataFile("sentencepiece/gpt2.gguf")), json = opened(dataFile("small.tokenizer.json"));
    QVERIFY(gguf && json);
    // The pre-tokenizer "starcoder" cuts off single digits, then as GPT-2 does.
    const Json variants = readJson("variants.json");
    const auto digits = std::find_if(variants.begin(), variants.end(), [](const Json &v) { return v.at("name") == "digits"; });
    QVERIFY(digits != variants.end());
    for (const Json &vector : digits->at("vectors")) {
        const std::vector<int64_t> ids = vector.at("ids");
        QCOMPARE(gguf->encode(vector.at("text").get<std::string>(), false), ids);
        QCOMPARE(gguf->decode(ids, false), vector.at("decoded").get<std::string>());
    }
    QCOMPARE(gguf->vocabularySize(), json->vocabularySize());
}

void TestSentencePiece::wordPiecesOfGguf()
{
    const auto tokenizer = opened(dataFile("sentencepiece/bert.gguf"));
    QVERIFY(tokenizer);
    const auto ids = [&](const char *text) { return tokenizer->encode(text, false); };
    // By hand: un ##aff ##able; a; ab ##a ##b; nothing goes on with x.
    QCOMPARE(ids("unaffable"), (std::vector<int64_t>{1, 2, 3}));
    QCOMPARE(ids("A abab unx"), (std::vector<int64_t>{4, 6, 7, 5, 0}));
    const TokenizedPair pair = tokenizer->encodePair("a", "un");
    QCOMPARE(pair.ids, (std::vector<int64_t>{10, 4, 11, 1, 11}));
    QCOMPARE(pair.types, (std::vector<int64_t>{0, 0, 0, 1, 1}));
    QCOMPARE(tokenizer->decode(pair.ids, true), std::string("a un"));
    QCOMPARE(tokenizer->decode({1, 2, 3, 4}, true), std::string("unaffable a"));
}

void TestSentencePiece::referenceGguf()
{
    const QByteArray folder = qgetenv("ASSAY_SHARED");
    const std::filesystem::path shared = folder.isEmpty() ? std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared"
                                                          : std::filesystem::path(folder.toStdString());
    const std::filesystem::path file = shared / "reference-gguf/llama-tiny-f32.gguf";
    if (!std::filesystem::exists(file))
        QSKIP(qPrintable(QStringLiteral("%1 is not here; the folder is named by ASSAY_SHARED").arg(QString::fromStdString(file.string()))));
    const auto tokenizer = opened(file);
    QVERIFY(tokenizer);
    QCOMPARE(tokenizer->vocabularySize(), int64_t(320));
}

void TestSentencePiece::damaged_data()
{
    QTest::addColumn<QString>("file");
    for (const char *name : {"bpe.model", "unigram.model", "bpe.gguf", "unigram.gguf", "gpt2.gguf", "bert.gguf"})
        QTest::newRow(name) << name;
}

void TestSentencePiece::damaged()
{
    QFETCH(QString, file);
    const auto whole = readWholeFile(dataFile("sentencepiece") / file.toStdString(), 1 << 24);
    QVERIFY(whole);
    QTemporaryDir folder;
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / file.toStdString();
    for (size_t length = 0; length < whole->size(); length += whole->size() / 40) {
        QVERIFY(writeFileAtomically(path, std::string_view(*whole).substr(0, length)));
        const auto tokenizer = Tokenizer::open(path);
        if (tokenizer) // what is there is whole: a model may have fewer pieces
            (*tokenizer)->encode("some text", true);
        else
            QVERIFY2(tokenizer.error().code == ErrorCode::TokenizerDamaged || tokenizer.error().code == ErrorCode::GgufDamaged
                         || tokenizer.error().code == ErrorCode::GgufTooLarge || tokenizer.error().code == ErrorCode::TokenizerMissing,
                     tokenizer.error().sentence().c_str());
    }
}

void TestSentencePiece::unknownNames()
{
    auto bytes = readWholeFile(dataFile("sentencepiece/gpt2.gguf"), 1 << 24);
    QVERIFY(bytes);
    QTemporaryDir folder;
    const std::filesystem::path path = std::filesystem::path(folder.path().toStdString()) / "model.gguf";
    const size_t pre = bytes->find("starcoder");
    QVERIFY(pre != std::string::npos);
    std::string other = *bytes;
    other.replace(pre, 9, "odd-99999");
    QVERIFY(writeFileAtomically(path, std::string_view(other)));
    const auto unsupported = Tokenizer::open(path);
    QVERIFY(!unsupported);
    QCOMPARE(unsupported.error().code, ErrorCode::TokenizerUnsupported);
    QVERIFY(unsupported.error().sentence().find("odd-9") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestSentencePiece)
#include "tst_sentencepiece.moc"
