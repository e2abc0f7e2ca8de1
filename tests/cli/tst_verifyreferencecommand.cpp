// SPDX-License-Identifier: GPL-3.0-or-later
// assay reference, and assay verify http://... --reference: bundle, directory and endpoint over real sockets, the worker on the sample
// models; signatures, unfit and damaged bundles, limits in the middle, going on from the raw file, keys.
#include "core/base/file.h"
#include "tests/cli/modelmock.h"
#include "tests/cli/runner.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

constexpr int kPatience = 280; // seconds, of one call

QString sample(const char *name)
{
    return QStringLiteral(ASSAY_SOURCE_DIR "/resources/samples/") + QLatin1String(name);
}

json parsed(const QByteArray &text)
{
    return json::parse(text.begin(), text.end(), nullptr, false);
}

std::string textOf(const QString &file)
{
    const auto text = readWholeFile(file.toStdString(), uint64_t(1) << 30);
    return text ? *text : std::string();
}

void write(const QString &file, const std::string &text)
{
    if (!writeFileAtomically(file.toStdString(), text))
        qFatal("cannot write");
}

int64_t posts(const MockEndpoint &mock)
{
    return std::ranges::count(mock.requests(), std::string("POST"), &MockRequest::method);
}

const json *evidenceOf(const json &found, const std::string &test)
{
    for (const json &one : found.at("evidence")) {
        if (one.at("test") == test)
            return &one;
    }
    return nullptr;
}

bool mentions(const json &notes, const std::string &words)
{
    return notes.dump().find(words) != std::string::npos;
}

MockScript wordScript(std::vector<std::string> words, const std::string &model = "mock-model")
{
    MockScript script;
    script.ttft = script.gap = 0;
    script.words = std::move(words);
    script.model = model;
    return script;
}

} // namespace

class TestVerifyReferenceCommand : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void recordedAndShown();
    void keysAreMadeOnce();
    void againstABundle_data();
    void againstABundle();
    void signatures();
    void foundBeforeTheFirstRequest_data();
    void foundBeforeTheFirstRequest();
    void wrongUsage_data();
    void wrongUsage();
    void limitsInTheMiddle_data();
    void limitsInTheMiddle();
    void againstADirectory();
    void againstAnEndpoint();

private:
    QString in(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    Ran verify(const QString &url, const QStringList &more) const
    {
        return runAssay(QStringList{"verify", url, "--claim", in("claim.json"), "--seed", "5", "--json"} + more, {}, kPatience);
    }
    QTemporaryDir m_folder;
};

void TestVerifyReferenceCommand::initTestCase()
{
    write(in("claim.json"), R"({"schema": "assay-claims/1", "id": "offer", "title": "The sample family's full model", "claims": [{"id": "1", "field": "num_hidden_layers", "claimed": 4}]})");
    QCOMPARE(runAssay({"reference", "key", "--out", in("own")}).exitCode, 0);
    QCOMPARE(runAssay({"reference", "key", "--out", in("other")}).exitCode, 0);
    const Ran ran = runAssay({"reference", "record", sample("full"), "--out", in("full.json"), "--prompts", "8", "--samples", "8", "--greedy", "10", "--items", "9", "--key", in("own"),
                              "--alternative", "distilled=" + sample("distilled"), "--json"},
                             {}, kPatience);
    QVERIFY2(ran.exitCode == 0, (ran.err + ran.out).constData());
}

void TestVerifyReferenceCommand::recordedAndShown()
{
    const Ran ran = runAssay({"reference", "show", in("full.json"), "--trust", in("own.pub"), "--json"});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    const json shown = parsed(ran.out);
    QCOMPARE(shown.at("samples").get<int>(), 64);
    QCOMPARE(shown.at("prompts").get<int>(), 10);
    QCOMPARE(shown.at("items").get<int>(), 9 + 6);
    QCOMPARE(shown.at("greedy").get<int>(), 10);
    QVERIFY(!shown.at("weights_sha256").get<std::string>().empty());
    QCOMPARE(shown.at("alternatives").size(), size_t(1));
    QCOMPARE(shown.at("signed_by").get<std::string>() + "\n", textOf(in("own.pub")));
    QCOMPARE(runAssay({"reference", "show", in("full.json"), "--trust", in("other.pub")}).exitCode, 65);
    const Ran plain = runAssay({"reference", "show", in("full.json")});
    QVERIFY2(plain.exitCode == 0 && plain.out.contains("sha256: ") && !plain.out.contains("signed_by"), plain.out.constData());
    QCOMPARE(runAssay({"reference", "show", in("nowhere.json")}).exitCode, 74);
}

void TestVerifyReferenceCommand::keysAreMadeOnce()
{
    const std::string before = textOf(in("own"));
    QCOMPARE(runAssay({"reference", "key", "--out", in("own")}).exitCode, 74);
    QCOMPARE(textOf(in("own")), before);
    QCOMPARE(QFileInfo(in("own")).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestVerifyReferenceCommand::againstABundle_data()
{
    QTest::addColumn<QString>("served");
    QTest::addColumn<bool>("contradicted");
    QTest::newRow("the model itself") << "full" << false;
    QTest::newRow("the distilled one") << "distilled" << true;
}

/// The sample models speak alike but the distilled one knows less: the tests of texts and questions tell them apart, and the model from itself not.
void TestVerifyReferenceCommand::againstABundle()
{
    QFETCH(QString, served);
    QFETCH(bool, contradicted);
    ModelMock mock(sample(served.toLatin1().constData()), wordScript({}));
    QVERIFY(mock.start());
    const Ran ran = verify(mock.url(), {"--reference", in("full.json"), "--trust", in("own.pub"), "--weights", sample("full")});
    const json found = parsed(ran.out);
    QVERIFY2(found.is_object() && ran.exitCode == (contradicted ? 1 : 0), (ran.err + ran.out).constData());
    QVERIFY(!found.at("interrupted").get<bool>());
    QCOMPARE(found.at("reference").get<std::string>(), std::string("full.json"));
    for (const char *test : {"distribution.text", "capability.knowledge", "capability.reasoning"})
        QVERIFY2(evidenceOf(found, test) && evidenceOf(found, test)->at("registered").get<bool>(), test);
    QVERIFY(evidenceOf(found, "distribution.greedy")); // the weights are here
    if (!contradicted) // so few prompts do not see a service that sends one request in ten elsewhere
        QVERIFY(mentions(found.at("verdict").at("sentence"), "That some requests go elsewhere is not excluded."));
    QVERIFY(mentions(found.at("notes"), "vouches for"));
    // 64 samples, 10 answers at temperature 0, 15 questions, each at most once more; what goes beyond that was told, too.
    const QByteArray told = ran.err.mid(ran.err.indexOf("at most ") + 8);
    const int64_t most = told.left(told.indexOf(' ')).replace(",", "").toLongLong();
    QVERIFY2(most > 89 + 39 && found.at("spent").at("requests").get<int64_t>() <= most, ran.err.constData());
    QVERIFY(posts(mock.endpoint()) <= most && posts(mock.endpoint()) >= 89);
}

void TestVerifyReferenceCommand::signatures()
{
    MockEndpoint mock(wordScript({"7"}));
    QVERIFY(mock.start());
    const Ran unsignedOne = verify(QString::fromStdString(mock.url()), {"--reference", in("full.json"), "--limit-requests", "10"});
    QVERIFY2(unsignedOne.exitCode == 2, (unsignedOne.err + unsignedOne.out).constData());
    QVERIFY(mentions(parsed(unsignedOne.out).at("notes"), "Nobody's signature"));
}

void TestVerifyReferenceCommand::foundBeforeTheFirstRequest_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    const std::string whole = textOf(in("full.json"));
    std::string damaged = whole;
    damaged[damaged.find("\"samples\":[\"") + 13] ^= 1;
    write(in("damaged.json"), damaged);
    write(in("unsigned.json"), whole);
    write(in("short.json"), whole.substr(0, whole.size() / 2));
    const Ran none = runAssay({"reference", "record", sample("full"), "--out", in("nothing.json"), "--prompts", "0", "--samples", "0", "--greedy", "1", "--items", "0"}, {}, kPatience);
    QCOMPARE(none.exitCode, 0);
    QTest::newRow("damaged") << QStringList{in("damaged.json")} << 65 << QByteArray("identity.bundle_damaged");
    QTest::newRow("cut short") << QStringList{in("short.json")} << 65 << QByteArray("identity.bundle_damaged");
    QTest::newRow("no samples") << QStringList{in("nothing.json")} << 65 << QByteArray("identity.bundle_unfit");
    QTest::newRow("other weights") << QStringList{in("full.json"), "--weights", sample("distilled")} << 65 << QByteArray("identity.bundle_unfit");
    QTest::newRow("no signature") << QStringList{in("unsigned.json"), "--trust", in("own.pub")} << 74 << QByteArray("unsigned.json.sig");
    QTest::newRow("another key's") << QStringList{in("full.json"), "--trust", in("other.pub")} << 65 << QByteArray("identity.bundle_unfit");
    QTest::newRow("no such folder") << QStringList{in("nowhere")} << 74 << QByteArray("file.unreadable");
}

void TestVerifyReferenceCommand::foundBeforeTheFirstRequest()
{
    QFETCH(QStringList, options);
    QFETCH(int, code);
    QFETCH(QByteArray, words);
    MockEndpoint mock(wordScript({"7"}));
    QVERIFY(mock.start());
    const Ran ran = verify(QString::fromStdString(mock.url()), QStringList{"--reference"} + options);
    QVERIFY2(ran.exitCode == code, (ran.err + ran.out).constData());
    QVERIFY2(ran.out.contains(words), ran.out.constData());
    QCOMPARE(posts(mock), int64_t(0));
}

void TestVerifyReferenceCommand::wrongUsage_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("the quick size asks nothing of it") << QStringList{"--quick", "--reference", in("full.json")};
    QTest::newRow("two sizes") << QStringList{"--quick", "--size", "deep"};
    QTest::newRow("a size that is none") << QStringList{"--size", "huge"};
    QTest::newRow("a key for nothing") << QStringList{"--trust", in("own.pub")};
    QTest::newRow("a directory has no signature") << QStringList{"--reference", sample("full"), "--trust", in("own.pub")};
    QTest::newRow("money without prices") << QStringList{"--reference", in("full.json"), "--limit-money", "1"};
}

void TestVerifyReferenceCommand::wrongUsage()
{
    QFETCH(QStringList, options);
    MockEndpoint mock(wordScript({"7"}));
    QVERIFY(mock.start());
    const QString url = QString::fromStdString(mock.url());
    const Ran ran = verify(url, options);
    QVERIFY2(ran.exitCode == 64, (ran.err + ran.out).constData());
    QCOMPARE(verify(url, {"--reference", url}).exitCode, 64); // the endpoint itself
    QCOMPARE(posts(mock), int64_t(0));
}

void TestVerifyReferenceCommand::limitsInTheMiddle_data()
{
    QTest::addColumn<QStringList>("limit");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("requests") << QStringList{"--limit-requests", "120"} << QByteArray("The number of requests");
    QTest::newRow("tokens") << QStringList{"--limit-tokens", "2500"} << QByteArray("The limit of tokens");
    QTest::newRow("money") << QStringList{"--limit-money", "2.5", "--prices", "1000,1000"} << QByteArray("The spending cap");
}

/// What was asked until then is kept and looked at, decides nothing, and is not asked again.
void TestVerifyReferenceCommand::limitsInTheMiddle()
{
    QFETCH(QStringList, limit);
    QFETCH(QByteArray, words);
    MockScript script = wordScript({"no", "idea"});
    script.key = "sk-secret-0123456789";
    script.usage = MockScript::Usage::Always;
    MockEndpoint mock(script);
    QVERIFY(mock.start());
    qputenv("ASSAY_VERIFY_TEST_KEY", "sk-secret-0123456789");
    const QString raw = in("raw-") + QString::fromLatin1(QTest::currentDataTag()) + ".jsonl";
    const QStringList usual{"--reference", in("full.json"), "--raw", raw, "--key-env", "ASSAY_VERIFY_TEST_KEY"};
    const Ran first = verify(QString::fromStdString(mock.url()), usual + limit);
    const json partial = parsed(first.out);
    QVERIFY2(partial.is_object() && partial.contains("spent"), first.out.constData());
    const std::string told = first.err.toStdString() + partial.at("spent").dump() + partial.at("notes").dump();
    QVERIFY2(first.exitCode == 2 && partial.at("interrupted").get<bool>(), told.c_str());
    QVERIFY2(mentions(partial.at("notes"), words.toStdString()), told.c_str());
    QVERIFY2(evidenceOf(partial, "distribution.text"), told.c_str());
    for (const json &one : partial.at("evidence"))
        QVERIFY(!one.value("registered", false));
    const int64_t asked = posts(mock);
    QVERIFY(asked > 39 && asked < 39 + 59 + 89);
    QCOMPARE(partial.at("spent").at("requests").get<int64_t>(), asked);
    const Ran second = verify(QString::fromStdString(mock.url()), usual);
    QVERIFY2(second.exitCode == 1, (second.err + second.out).constData()); // "no", whatever is asked
    QVERIFY(!parsed(second.out).at("interrupted").get<bool>());
    QVERIFY(mentions(parsed(second.out).at("notes"), "of an earlier session"));
    // A third run finds all 64 + 10 + 15 answers: log-probabilities and times alone, which decide nothing, are asked anew.
    const int64_t before = posts(mock);
    QCOMPARE(verify(QString::fromStdString(mock.url()), usual).exitCode, 1);
    QVERIFY2(posts(mock) - before <= 10 + 4 + 40, QByteArray::number(qlonglong(posts(mock) - before)).constData());
    QVERIFY(textOf(raw).find("sk-secret") == std::string::npos && textOf(raw).find("subject.sample.0.0") != std::string::npos);
    QVERIFY(!first.out.contains("sk-secret") && !first.err.contains("sk-secret"));
}

/// Its own weights are there, so that they are recorded first and read the answers; a second run finds what the first one recorded.
void TestVerifyReferenceCommand::againstADirectory()
{
    MockEndpoint mock(wordScript({"no ", "idea "}));
    QVERIFY(mock.start());
    const QString raw = in("directory.jsonl");
    const QStringList options{"--reference", sample("full"), "--raw", raw};
    const Ran ran = verify(QString::fromStdString(mock.url()), options);
    const json found = parsed(ran.out);
    QVERIFY2(ran.exitCode == 1 && found.is_object(), (ran.err + ran.out).constData());
    QVERIFY2(ran.err.contains("the reference writes at most 400 answers here"), ran.err.constData());
    QCOMPARE(found.at("reference").get<std::string>(), std::string("full"));
    QCOMPARE(found.at("size").get<std::string>(), std::string("standard"));
    QVERIFY(evidenceOf(found, "distribution.greedy"));
    const Ran shown = runAssay({"reference", "show", in("directory.reference.json"), "--json"});
    QVERIFY2(shown.exitCode == 0 && parsed(shown.out).at("samples") == 250 && parsed(shown.out).at("greedy") == 50 && parsed(shown.out).at("items") == 100, shown.out.constData());
    const int64_t asked = posts(mock);
    const std::string bundle = textOf(in("directory.reference.json"));
    const Ran again = verify(QString::fromStdString(mock.url()), options);
    QVERIFY2(again.exitCode == 1, (again.err + again.out).constData());
    QVERIFY(mentions(parsed(again.out).at("notes"), "recorded by an earlier run"));
    QCOMPARE(textOf(in("directory.reference.json")), bundle);
    QVERIFY(posts(mock) - asked <= 50 + 4 + 40);
    const Ran taken = verify(QString::fromStdString(mock.url()), {"--reference", in("directory.reference.json"), "--raw", in("taken.jsonl")});
    QVERIFY2(taken.exitCode == 1, (taken.err + taken.out).constData());
}

/// Both are asked at the same time; the key of the one never goes to the other.
void TestVerifyReferenceCommand::againstAnEndpoint()
{
    MockScript own = wordScript({"yes "}, "theirs"), trusted = wordScript({"yes "}, "ours");
    own.key = "sk-own-0123456789";
    trusted.key = "sk-trusted-0123456789";
    MockEndpoint subject(own), reference(trusted);
    QVERIFY(subject.start() && reference.start());
    qputenv("ASSAY_VERIFY_TEST_KEY", own.key.c_str());
    qputenv("ASSAY_VERIFY_REFERENCE_KEY", trusted.key.c_str());
    const QString raw = in("endpoint.jsonl");
    const QStringList options{"--reference", QString::fromStdString(reference.url()) + "/v1#ours", "--key-env", "ASSAY_VERIFY_TEST_KEY", "--reference-key-env", "ASSAY_VERIFY_REFERENCE_KEY"};
    const Ran same = verify(QString::fromStdString(subject.url()), options + QStringList{"--raw", raw});
    QVERIFY2(same.exitCode == 2, (same.err + same.out).constData());
    QVERIFY(!parsed(same.out).at("interrupted").get<bool>());
    QCOMPARE(evidenceOf(parsed(same.out), "distribution.text")->at("p").get<double>(), 1.0);
    QVERIFY2(same.err.contains("of the requests go to the reference"), same.err.constData());
    const auto asked = [](const MockEndpoint &mock) {
        std::pair<int64_t, int64_t> times{INT64_MAX, 0};
        for (const MockRequest &request : mock.requests()) {
            if (request.body.find("\"temperature\":1.0") == std::string::npos || request.body.find("\"max_tokens\":50") == std::string::npos)
                continue;
            times = {std::min(times.first, request.received), std::max(times.second, request.received)};
        }
        return times;
    };
    const auto [subjectFirst, subjectLast] = asked(subject);
    const auto [referenceFirst, referenceLast] = asked(reference);
    QVERIFY(subjectFirst < referenceLast && referenceFirst < subjectLast);
    const std::string kept = textOf(raw);
    QVERIFY(kept.find("reference.item.0.0") != std::string::npos && kept.find("sk-") == std::string::npos);
    QVERIFY(textOf(in("endpoint.reference.json")).find("sk-") == std::string::npos);
    own.words = {"no "};
    subject.setScript(own);
    const Ran other = verify(QString::fromStdString(subject.url()), options + QStringList{"--raw", in("endpoint-other.jsonl")});
    QVERIFY2(other.exitCode == 1, (other.err + other.out).constData());
}

QTEST_GUILESS_MAIN(TestVerifyReferenceCommand)
#include "tst_verifyreferencecommand.moc"
