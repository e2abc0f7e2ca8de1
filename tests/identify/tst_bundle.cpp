// SPDX-License-Identifier: GPL-3.0-or-later
// Reference bundles: written and read to the same, damage and tampering told, signatures.
#include "core/base/hash.h"
#include "core/base/signature.h"
#include "core/identify/bundle/bundle.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace assay;
using nlohmann::json;

namespace {

ReferenceBundle smallBundle()
{
    ReferenceBundle bundle;
    bundle.title = "The sample full";
    bundle.subject = "full";
    bundle.recorded = "2026-11-22T21:38:50Z";
    bundle.weights = std::string(64, 'a');
    bundle.tokenizer = "sample";
    bundle.templateHash = std::string(64, 'b');
    bundle.stack = {"assay-worker 0.1.0", "cpu", "bf16", 16};
    bundle.sampling = {0.7, 0.95, 50, 100, 7};
    bundle.prompts = {{"sort c a:", {0, 5, 9}, {{5, -0.125, " a"}, {6, -2.5, "z"}}, {" a c", " c a"}, BundleGreedy{" a c", {5, 9}, {0, 0.25}}},
                      {"满血 \"1\"", {}, {}, {}, {}}};
    bundle.items = {{"recall-1", "knowledge", "recall", "f00d", 3, 8, true}};
    bundle.honest = {{{"assay-worker 0.1.0", "cpu", "f32", 4}, 0.001, 0.0001}};
    bundle.alternatives = {{"distilled", 0.4, 0.3, 0.2, 0.1, {{"recall-1", 0.125}}}};
    return bundle;
}

ErrorCode codeOf(const Result<ReadBundle> &read)
{
    return read ? ErrorCode::Internal : read.error().code;
}

/// The file with one thing of its content changed, its hash as it was or made anew.
std::string changed(const std::function<void(json &)> &change, bool hashAnew)
{
    json file = json::parse(bundleText(smallBundle()));
    change(file["content"]);
    if (hashAnew)
        file["sha256"] = sha256(file["content"].dump());
    return file.dump();
}

} // namespace

class TestBundle : public QObject
{
    Q_OBJECT
private slots:
    void goesRound();
    void hashIsOfTheContent();
    void differencesOfAlternatives();
    void tampering_data();
    void tampering();
    void damaged_data();
    void damaged();
    void signatures();
    void fits();
    void ed25519OfTheStandard();
};

void TestBundle::goesRound()
{
    const ReferenceBundle bundle = smallBundle();
    const auto read = readBundle(bundleText(bundle), "b.json");
    QVERIFY2(read, read ? "" : read.error().sentence().c_str());
    QVERIFY(read->bundle == bundle);
    QCOMPARE(read->hash, bundleHash(bundle));
    QCOMPARE(bundleText(read->bundle), bundleText(bundle));
}

void TestBundle::hashIsOfTheContent()
{
    // White space and the order of names are no part of it.
    const json file = json::parse(bundleText(smallBundle()));
    QCOMPARE(file["sha256"].get<std::string>(), sha256(file["content"].dump()));
    QVERIFY(readBundle(file.dump(4), "b.json"));
}

/// Bundles that were recorded before they were kept have none, and the hash that they always had.
void TestBundle::differencesOfAlternatives()
{
    ReferenceBundle bundle = smallBundle();
    QVERIFY(bundleText(bundle).find("greedy_differences") == std::string::npos);
    bundle.alternatives[0].greedyDifferences = {0, 0.5, 1.25};
    const auto read = readBundle(bundleText(bundle), "b.json");
    QVERIFY(read && read->bundle == bundle);
    QVERIFY(bundleHash(bundle) != bundleHash(smallBundle()));
}

void TestBundle::tampering_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    QTest::newRow("a sample") << "/prompts/0/samples/1" << "\" a  c\"";
    QTest::newRow("a margin") << "/prompts/0/greedy/margins/1" << "0.26";
    QTest::newRow("a pass rate") << "/items/0/right" << "4";
    QTest::newRow("the temperature") << "/sampling/temperature" << "0.71";
    QTest::newRow("the weights") << "/weights_sha256" << "\"aa\"";
    QTest::newRow("an honest stack") << "/honest/0/greedy_margin" << "0.1";
}

void TestBundle::tampering()
{
    QFETCH(QString, pointer);
    QFETCH(QString, value);
    const auto change = [&](json &content) { content[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString()); };
    QCOMPARE(codeOf(readBundle(changed(change, false), "b.json")), ErrorCode::BundleDamaged);
    QVERIFY(readBundle(changed(change, true), "b.json")); // then it is another bundle, and its signature does not fit
}

void TestBundle::damaged_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const std::string &text) { QTest::newRow(name) << QByteArray::fromStdString(text); };
    row("nothing", "");
    row("no JSON", "{\"schema\"");
    row("a list", "[]");
    row("another schema", R"({"schema":"assay-claims/1","content":{},"sha256":""})");
    row("no content", R"({"schema":"assay-reference/1","sha256":""})");
    row("a number as hash", R"({"schema":"assay-reference/1","content":{},"sha256":1})");
    row("an empty content", R"({"schema":"assay-reference/1","content":{},"sha256":""})");
    row("deep", R"({"schema":"assay-reference/1","content":)" + std::string(200'000, '[') + std::string(200'000, ']') + R"(,"sha256":""})");
    row("cut", bundleText(smallBundle()).substr(0, 300));
    row("more right than asked", changed([](json &content) { content["items"][0]["right"] = 9; }, true));
    row("a margin below 0", changed([](json &content) { content["prompts"][0]["greedy"]["margins"][0] = -1; }, true));
    row("margins of other tokens", changed([](json &content) { content["prompts"][0]["greedy"]["margins"] = {1.0}; }, true));
    row("a rate above 1", changed([](json &content) { content["alternatives"][0]["rates"]["recall-1"] = 1.5; }, true));
    row("a difference without end", changed([](json &content) { content["alternatives"][0]["greedy_differences"] = {0.5, nullptr}; }, true));
    row("differences that are none", changed([](json &content) { content["alternatives"][0]["greedy_differences"] = "0.5"; }, true));
    row("no batch", changed([](json &content) { content["stack"]["batch"] = 0; }, true));
    row("temperature below 0", changed([](json &content) { content["sampling"]["temperature"] = -0.1; }, true));
    row("a text as a number", changed([](json &content) { content["items"][0]["asked"] = "8"; }, true));
}

void TestBundle::damaged()
{
    QFETCH(QByteArray, text);
    const auto read = readBundle(text.toStdString(), "b.json");
    QCOMPARE(codeOf(read), ErrorCode::BundleDamaged);
    QVERIFY(read.error().sentence().find("b.json") != std::string::npos);
}

void TestBundle::signatures()
{
    const SigningKey key = makeSigningKey(), other = makeSigningKey();
    QCOMPARE(key.open.size(), size_t(64));
    QVERIFY(key.open != other.open);
    const std::string hash = bundleHash(smallBundle());
    const auto signature = signBundle(hash, key.secret);
    QVERIFY(signature);
    const std::string text = signatureText(*signature);
    QVERIFY(checkSignature(text, "b.sig", hash, key.open));
    QCOMPARE(checkSignature(text, "b.sig", hash, other.open).error().code, ErrorCode::BundleUnfit);
    QCOMPARE(checkSignature(text, "b.sig", sha256("other"), key.open).error().code, ErrorCode::BundleDamaged);
    QCOMPARE(checkSignature("{}", "b.sig", hash, key.open).error().code, ErrorCode::BundleDamaged);
    json forged = json::parse(text);
    forged["key"] = other.open; // somebody claims a signature that another made
    QCOMPARE(checkSignature(forged.dump(), "b.sig", hash, other.open).error().code, ErrorCode::BundleDamaged);
    QVERIFY(!signBundle(hash, "00"));
    QVERIFY(!signBundle(hash, std::string(64, 'g')));
}

void TestBundle::fits()
{
    ReferenceBundle bundle = smallBundle();
    const auto code = [&](const BundleNeeds &needs) {
        const auto fit = checkFit(bundle, needs, "b.json");
        return fit ? ErrorCode::Count_ : fit.error().code;
    };
    QCOMPARE(code({.samples = true, .greedy = true, .items = true, .tokenizer = "sample", .templateHash = bundle.templateHash, .temperature = 0.7}), ErrorCode::Count_);
    QCOMPARE(code({.tokenizer = "qwen2"}), ErrorCode::BundleUnfit);
    QCOMPARE(code({.templateHash = "other"}), ErrorCode::BundleUnfit);
    QCOMPARE(code({.temperature = 1.0}), ErrorCode::BundleUnfit);
    bundle.prompts.clear();
    bundle.items.clear();
    QCOMPARE(code({.samples = true}), ErrorCode::BundleUnfit);
    QCOMPARE(code({.greedy = true}), ErrorCode::BundleUnfit);
    QCOMPARE(code({.items = true}), ErrorCode::BundleUnfit);
}

void TestBundle::ed25519OfTheStandard()
{
    // RFC 8032, section 7.1, test 2: one byte, 72.
    const std::string secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const std::string open = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    const std::string signature = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
    QCOMPARE(signingKeyFrom(secret)->open, open);
    QCOMPARE(*sign("\x72", secret), signature);
    QVERIFY(isSignedBy("\x72", signature, open));
    QVERIFY(!isSignedBy("\x73", signature, open));
    QVERIFY(!isSignedBy("\x72", signature.substr(2), open));
}

QTEST_APPLESS_MAIN(TestBundle)
#include "tst_bundle.moc"
