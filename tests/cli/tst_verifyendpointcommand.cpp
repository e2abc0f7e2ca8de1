// SPDX-License-Identifier: GPL-3.0-or-later
// assay verify http://...: exit codes, what JSON says, what is told before the start, limits, the file of raw answers, keys. The mock plays
// an honest DeepSeek-R1 and one that has Qwen's tokenizer.
#include "core/base/file.h"
#include "tests/cli/runner.h"
#include "tests/service/subjecttokens.h"

#include <QTemporaryDir>
#include <QTest>

using namespace assay;
using namespace assay::testing;
using nlohmann::json;

namespace {

TokenTable shippedTable()
{
    const std::filesystem::path folder = std::filesystem::path(ASSAY_SOURCE_DIR) / "resources/tokenizers";
    const auto counts = readWholeFile(folder / "token_counts.json", 1 << 24), families = readWholeFile(folder / "families.json", 1 << 24);
    const auto table = counts && families ? readTokenTable(*counts, *families, "table") : Result<TokenTable>(TokenTable());
    return table ? *table : TokenTable();
}

MockScript quickScript()
{
    MockScript script;
    script.ttft = script.gap = 0;
    script.model = "deepseek-r1";
    return script;
}

json parsed(const QByteArray &text)
{
    return json::parse(text.begin(), text.end(), nullptr, false);
}

} // namespace

class TestVerifyEndpointCommand : public QObject
{
    Q_OBJECT

private slots:
    void exitCodes_data();
    void exitCodes();
    void limits();
    void rawFile();
    void unreachable();
};

void TestVerifyEndpointCommand::exitCodes_data()
{
    QTest::addColumn<QString>("counts");
    QTest::addColumn<int>("digits");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("honest") << "deepseek_v3" << 3 << 0 << "consistent";
    QTest::newRow("Qwen's tokenizer") << "qwen" << 1 << 1 << "contradicted";
    QTest::newRow("a gateway's counter") << "gpt4o" << 3 << 2 << "inconclusive";
}

void TestVerifyEndpointCommand::exitCodes()
{
    QFETCH(QString, counts);
    QFETCH(int, digits);
    QFETCH(int, code);
    QFETCH(QString, verdict);
    MockEndpoint mock(quickScript());
    mock.setHooks(hooksFor(shippedTable(), {counts.toStdString(), size_t(digits), digits == 1 ? 151'000 : 120'000}));
    QVERIFY(mock.start());
    const Ran ran = runAssay({"verify", QString::fromStdString(mock.url()), "--claim", "deepseek-r1", "--seed", "3", "--json"});
    QVERIFY2(ran.exitCode == code, (ran.err + ran.out).constData());
    const json found = parsed(ran.out);
    QVERIFY(found.is_object());
    QVERIFY2(QString::fromStdString(found.at("verdict").at("kind").get<std::string>()).compare(verdict, Qt::CaseInsensitive) == 0, ran.out.constData());
    QVERIFY(mock.requests().size() < 40);
    QVERIFY2(ran.err.contains("at most 39 requests"), ran.err.constData());
}

void TestVerifyEndpointCommand::limits()
{
    MockEndpoint mock(quickScript());
    mock.setHooks(hooksFor(shippedTable(), {}));
    QVERIFY(mock.start());
    const QString url = QString::fromStdString(mock.url());
    QCOMPARE(runAssay({"verify", url, "--claim", "deepseek-r1", "--limit-money", "1"}).exitCode, 64);
    QCOMPARE(runAssay({"verify", url, "--claim", "deepseek-r1", "--prices", "x"}).exitCode, 64);
    QCOMPARE(runAssay({"verify", url, "--claim", "deepseek-r1", "--limit-tokens", "0"}).exitCode, 64);
    const Ran ran = runAssay({"verify", url, "--claim", "deepseek-r1", "--limit-tokens", "300", "--json"});
    QVERIFY2(ran.exitCode == 2, (ran.err + ran.out).constData());
    QVERIFY(parsed(ran.out).at("interrupted").get<bool>());
}

void TestVerifyEndpointCommand::rawFile()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath("raw.jsonl");
    MockScript script = quickScript();
    script.key = "sk-secret-0123456789";
    MockEndpoint mock(script);
    mock.setHooks(hooksFor(shippedTable(), {}));
    QVERIFY(mock.start());
    qputenv("ASSAY_VERIFY_TEST_KEY", "sk-secret-0123456789");
    const QStringList arguments{"verify", QString::fromStdString(mock.url()), "--claim", "deepseek-r1", "--raw", file, "--key-env", "ASSAY_VERIFY_TEST_KEY", "--json"};
    const Ran first = runAssay(arguments);
    QVERIFY2(first.exitCode == 0, (first.err + first.out).constData());
    const auto asked = std::ranges::count(mock.requests(), std::string("POST"), &MockRequest::method);
    const Ran second = runAssay(arguments);
    QCOMPARE(second.exitCode, 0);
    QCOMPARE(std::ranges::count(mock.requests(), std::string("POST"), &MockRequest::method), asked); // all was there
    const auto raw = readWholeFile(file.toStdString(), 1 << 26);
    QVERIFY(raw && raw->find("assay-raw/1") != std::string::npos && raw->find("sk-secret") == std::string::npos);
    QVERIFY(!first.out.contains("sk-secret") && !first.err.contains("sk-secret"));
}

void TestVerifyEndpointCommand::unreachable()
{
    QCOMPARE(runAssay({"verify", "http://127.0.0.1:9", "--claim", "deepseek-r1"}).exitCode, 69);
}

QTEST_GUILESS_MAIN(TestVerifyEndpointCommand)
#include "tst_verifyendpointcommand.moc"
