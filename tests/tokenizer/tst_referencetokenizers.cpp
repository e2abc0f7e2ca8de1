// SPDX-License-Identifier: GPL-3.0-or-later
// Genuine tokenizers of well-known models against the ids that the Rust implementation gives. The files belong
// to their makers and are not part of the repository: scripts/get-test-tokenizers fetches them.
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::json;

namespace {

std::filesystem::path sharedFolder()
{
    const QByteArray folder = qgetenv("ASSAY_SHARED");
    const std::filesystem::path root =
        folder.isEmpty() ? std::filesystem::path(ASSAY_SOURCE_DIR) / "../shared" : std::filesystem::path(folder.toStdString());
    return root / "reference-tokenizers";
}

/// The text of a .json, or of a .json.gz through gzip.
std::optional<std::string> readText(const std::filesystem::path &path)
{
    if (path.extension() != ".gz") {
        const auto text = readWholeFile(path, 1 << 27);
        return text ? std::optional(*text) : std::nullopt;
    }
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), QString::fromStdString(path.string())});
    gzip.waitForFinished(-1);
    const QByteArray text = gzip.readAllStandardOutput();
    return text.isEmpty() ? std::nullopt : std::optional(text.toStdString());
}

std::filesystem::path sourceFile(const Json &source)
{
    if (source.contains("shared"))
        return sharedFolder() / source.at("shared").get<std::string>();
    return std::filesystem::path(ASSAY_SOURCE_DIR) / "build/test-tokenizers/node_modules"
        / source.at("npm").get<std::string>() / source.at("file").get<std::string>();
}

std::string streamed(const Tokenizer &tokenizer, const std::vector<int64_t> &ids, bool skipSpecial)
{
    const auto stream = tokenizer.stream(skipSpecial);
    std::string text;
    for (const int64_t id : ids)
        text += stream->push(id);
    return text + stream->finish();
}

} // namespace

class TestReferenceTokenizers : public QObject
{
    Q_OBJECT

private slots:
    void vectors_data();
    void vectors();
};

void TestReferenceTokenizers::vectors_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"bert_base_cased", "deepseek_v3", "gemma3", "gpt2", "gpt4o", "gptoss", "gte", "llama2",
                             "llama3_1", "mistral01", "qwen3", "xlnet_base_cased"})
        QTest::newRow(name) << name;
}

void TestReferenceTokenizers::vectors()
{
    QFETCH(QString, name);
    const std::filesystem::path file = sharedFolder() / (name.toStdString() + ".vectors.json");
    const auto text = readText(file);
    if (!text)
        QSKIP(qPrintable(QStringLiteral("%1 is not here; the folder is named by ASSAY_SHARED").arg(QString::fromStdString(file.string()))));
    const Json reference = Json::parse(*text);
    const auto source = readText(sourceFile(reference.at("source")));
    if (!source)
        QSKIP(qPrintable(QStringLiteral("%1 is not here; scripts/get-test-tokenizers fetches it")
                             .arg(QString::fromStdString(sourceFile(reference.at("source")).string()))));
    QCOMPARE(QCryptographicHash::hash(QByteArray::fromStdString(*source), QCryptographicHash::Sha256).toHex().toStdString(),
             reference.at("source").at("sha256").get<std::string>());
    const auto opened = Tokenizer::parse(*source, name.toStdString());
    QVERIFY2(opened, opened ? "" : opened.error().sentence().c_str());
    const Tokenizer &tokenizer = **opened;
    const Json &list = reference.at("vectors");
    QVERIFY(list.size() > 200);
    for (const Json &vector : list) {
        const std::string words = vector.at("text");
        const std::vector<int64_t> ids = vector.at("ids"), special = vector.at("ids_special");
        const std::string where = "number " + vector.at("n").dump() + ", " + vector.at("cat").get<std::string>();
        QVERIFY2(tokenizer.encode(words, false) == ids, (where + Json(tokenizer.encode(words, false)).dump() + Json(ids).dump() + words).c_str());
        QVERIFY2(tokenizer.encode(words, true) == special, where.c_str());
        QVERIFY2(tokenizer.decode(ids, false) == vector.at("decoded").get<std::string>(), where.c_str());
        QVERIFY2(tokenizer.decode(special, true) == vector.at("decoded_skip_special").get<std::string>(), where.c_str());
        QVERIFY2(streamed(tokenizer, ids, false) == vector.at("decoded").get<std::string>(), where.c_str());
        QVERIFY2(streamed(tokenizer, special, true) == vector.at("decoded_skip_special").get<std::string>(), where.c_str());
    }
}

QTEST_GUILESS_MAIN(TestReferenceTokenizers)
#include "tst_referencetokenizers.moc"
