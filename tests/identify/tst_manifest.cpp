// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of checksums: every form that publishers give, what is wrong with damaged ones, and what equal, differing, missing and extra files make.
#include "core/identify/weights/manifest.h"
#include "core/base/hash.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

using namespace assay;

namespace {

const std::string kA(64, 'a'), kB(64, 'b'), kC(64, 'c');

std::vector<HashedFile> shards(const std::string &first, const std::string &second)
{
    return {{"model-00001-of-00002.safetensors", first, 10, true, true, {}}, {"model-00002-of-00002.safetensors", second, 10, true, true, {}}};
}

WeightManifest published()
{
    return readManifest(kA + "  model-00001-of-00002.safetensors\n" + kB + "  model-00002-of-00002.safetensors\n" + kC + "  tokenizer.json\n", "SHA256SUMS").value();
}

const Evidence *find(const std::vector<Evidence> &all, const std::string &test)
{
    for (const Evidence &evidence : all) {
        if (evidence.test == test)
            return &evidence;
    }
    return nullptr;
}

QByteArray repeated(const char *text, int times)
{
    return QByteArray(text).repeated(times);
}

} // namespace

class TestManifest : public QObject
{
    Q_OBJECT
private slots:
    void readsEveryForm_data();
    void readsEveryForm();
    void refusesDamaged_data();
    void refusesDamaged();
    void refusesHugeFiles();
    void matchesOnlyWholeModels();
    void namesTheShardThatDiffers();
    void missingAndExtraAreNoMatch();
    void knowsRenamedShardsByTheirContent();
    void unreadableIsNoMatch();
    void otherFilesAreToldApart();
    void agreesWithSha256sum();
};

void TestManifest::readsEveryForm_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray a = QByteArray::fromStdString(kA), upper = a.toUpper();
    QTest::newRow("sha256sum") << a + "  x.safetensors\n";
    QTest::newRow("binary mark, CRLF, comment, empty line") << "# made on Monday\r\n\r\n" + a + " *x.safetensors\r\n";
    QTest::newRow("upper case") << upper + "  ./x.safetensors";
    QTest::newRow("tagged") << "SHA256 (x.safetensors) = " + a;
    QTest::newRow("folder above") << a + "  DeepSeek-R1/x.safetensors\n";
    QTest::newRow("map") << "{\"x.safetensors\": \"" + a + "\"}";
    QTest::newRow("map with prefix") << "{\"x.safetensors\": \"sha256:" + a + "\"}";
    QTest::newRow("map of objects") << "{\"x.safetensors\": {\"sha256\": \"" + a + "\", \"size\": 5}, \"README.md\": {\"blob_id\": \"12\"}}";
    QTest::newRow("hub's model") << "{\"siblings\": [{\"rfilename\": \"README.md\"}, {\"rfilename\": \"x.safetensors\", \"lfs\": {\"sha256\": \"" + a + "\", \"size\": 5}}]}";
    QTest::newRow("hub's tree") << "[{\"type\": \"file\", \"path\": \"x.safetensors\", \"oid\": \"1234567890123456789012345678901234567890\", \"lfs\": {\"oid\": \"" + a + "\", \"size\": 5}}]";
    QTest::newRow("cache's tree") << "{\"files\": {\"x.safetensors\": {\"lfs_sha256\": \"" + a + "\", \"lfs_size\": 5, \"blob_id\": \"1\"}}}";
}

void TestManifest::readsEveryForm()
{
    QFETCH(QByteArray, text);
    const auto manifest = readManifest(text.toStdString(), "list");
    QVERIFY2(manifest.has_value(), manifest ? "" : manifest.error().sentence().c_str());
    QCOMPARE(manifest->entries.size(), size_t(1));
    QCOMPARE(manifest->entries[0].file, std::string("x.safetensors"));
    QCOMPARE(manifest->entries[0].sha256, kA);
}

void TestManifest::refusesDamaged_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("where");
    const QByteArray a = QByteArray::fromStdString(kA), b = QByteArray::fromStdString(kB);
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("comments alone") << QByteArray("# none\n") << QByteArray();
    QTest::newRow("a page instead of a list") << QByteArray("<!DOCTYPE html>\n<html>") << QByteArray("line 1");
    QTest::newRow("md5") << a + "  x\n" + a.left(32) + "  y\n" << QByteArray("line 2");
    QTest::newRow("no name") << a + "\n" << QByteArray("line 1");
    QTest::newRow("leaves the folder") << a + "  ../x.safetensors\n" << QByteArray("line 1");
    QTest::newRow("absolute") << a + "  /etc/passwd\n" << QByteArray("line 1");
    QTest::newRow("not UTF-8") << a + "  x\xff.safetensors\n" << QByteArray("line 1");
    QTest::newRow("zero byte in a name") << a + "  x" + QByteArray(1, '\0') + "y\n" << QByteArray("line 1");
    QTest::newRow("listed twice") << a + "  x\n" + b + "  x\n" << QByteArray("line 2");
    QTest::newRow("long name") << a + "  " + repeated("n", 5000) + "\n" << QByteArray("line 1");
    QTest::newRow("JSON cut off") << QByteArray("{\"x\": \"") + a << QByteArray();
    QTest::newRow("JSON twice") << "{\"x\": \"" + a + "\", \"x\": \"" + b + "\"}" << QByteArray();
    QTest::newRow("JSON of numbers") << QByteArray("{\"x\": 5}") << QByteArray("x");
    QTest::newRow("JSON deep") << repeated("[", 100'000) << QByteArray();
    QTest::newRow("JSON without sums") << QByteArray("{\"weight_map\": {}}") << QByteArray();
    QTest::newRow("an entry without a name") << "[{\"sha256\": \"" + a + "\"}]" << QByteArray();
}

void TestManifest::refusesDamaged()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, where);
    const auto manifest = readManifest(std::string_view(text.constData(), size_t(text.size())), "list");
    QVERIFY(!manifest.has_value());
    QCOMPARE(manifest.error().code, ErrorCode::ManifestDamaged);
    QCOMPARE(manifest.error().where, where.toStdString());
    QVERIFY(validUtf8(manifest.error().sentence()) == manifest.error().sentence());
    QVERIFY(manifest.error().sentence().find("list") != std::string::npos);
}

void TestManifest::refusesHugeFiles()
{
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("huge.txt")).toStdString();
    std::ofstream(file) << kA << "  x.safetensors\n";
    std::filesystem::resize_file(file, 100'000'000); // a hole: takes no place
    const auto manifest = readManifest(file);
    QVERIFY(!manifest.has_value());
    QCOMPARE(manifest.error().code, ErrorCode::ManifestDamaged);
    const auto none = readManifest(std::filesystem::path(folder.filePath(QStringLiteral("none")).toStdString()));
    QVERIFY(!none.has_value());
    QVERIFY(none.error().code != ErrorCode::ManifestDamaged); // it is the file that cannot be had
    std::string many;
    for (size_t i = 0; i <= kManifestEntries; ++i)
        many += kA + "  " + std::to_string(i) + "\n";
    const auto tooMany = readManifest(many, "many");
    QVERIFY(!tooMany.has_value());
    QCOMPARE(tooMany.error().code, ErrorCode::ManifestDamaged);
}

void TestManifest::matchesOnlyWholeModels()
{
    const ManifestCheck check = checkManifest(published(), shards(kA, kB));
    QVERIFY(check.whole());
    const auto evidence = manifestEvidence(check);
    QCOMPARE(evidence.size(), size_t(1));
    QCOMPARE(evidence[0].kind, Evidence::Kind::Match);
    QCOMPARE(evidence[0].tier, Tier::Weights);
    QCOMPARE(evidence[0].n, int64_t(2));
    QVERIFY(!checkManifest(published(), {}).whole()); // nothing matches nothing
    QCOMPARE(manifestEvidence(checkManifest(published(), {}))[0].kind, Evidence::Kind::Note);
}

void TestManifest::namesTheShardThatDiffers()
{
    const auto evidence = manifestEvidence(checkManifest(published(), shards(kA, kC)));
    QCOMPARE(evidence[0].kind, Evidence::Kind::Contradiction);
    QCOMPARE(evidence[0].channel, std::string("manifest"));
    QVERIFY(evidence[0].what.sentence().find("model-00002-of-00002.safetensors") != std::string::npos);
    QVERIFY(evidence[0].what.sentence().find("model-00001") == std::string::npos);
    QVERIFY(!evidence[0].benign.empty());
}

void TestManifest::missingAndExtraAreNoMatch()
{
    auto files = shards(kA, kB);
    files.pop_back();
    auto missing = manifestEvidence(checkManifest(published(), files));
    QCOMPARE(missing[0].kind, Evidence::Kind::Note);
    QVERIFY(missing[0].what.sentence().find("model-00002-of-00002.safetensors") != std::string::npos);
    files = shards(kA, kB);
    files.push_back({"adapter.safetensors", std::string(64, 'd'), 3, true, true, {}});
    auto extra = manifestEvidence(checkManifest(published(), files));
    QCOMPARE(extra[0].kind, Evidence::Kind::Note);
    QVERIFY(extra[0].what.sentence().find("adapter.safetensors") != std::string::npos);
    files = shards(kA, {});
    files[1].present = false; // the index names it
    QCOMPARE(checkManifest(published(), files).count(ManifestState::Missing, true), size_t(1));
}

void TestManifest::knowsRenamedShardsByTheirContent()
{
    std::vector<HashedFile> files{{"weights-1.safetensors", kB, 10, true, true, {}}, {"weights-2.safetensors", kA, 10, true, true, {}}};
    const ManifestCheck check = checkManifest(published(), files);
    QVERIFY(check.whole());
    QCOMPARE(check.count(ManifestState::Renamed, true), size_t(2));
    files[1].sha256 = kB; // the same shard twice, another one missing
    const ManifestCheck twice = checkManifest(published(), files);
    QVERIFY(!twice.whole());
    QCOMPARE(twice.count(ManifestState::Extra, true), size_t(1));
    QCOMPARE(twice.count(ManifestState::Missing, true), size_t(1));
}

void TestManifest::unreadableIsNoMatch()
{
    const auto evidence = manifestEvidence(checkManifest(published(), shards(kA, {})));
    QCOMPARE(evidence[0].kind, Evidence::Kind::Note);
    QVERIFY(evidence[0].what.sentence().find("could not be hashed") != std::string::npos);
}

void TestManifest::otherFilesAreToldApart()
{
    auto files = shards(kA, kB);
    files.push_back({"tokenizer.json", kA, 7, false, true, {}});
    const auto evidence = manifestEvidence(checkManifest(published(), files));
    QCOMPARE(evidence[0].kind, Evidence::Kind::Match); // of the weights
    const Evidence *other = find(evidence, "weights.manifest_files");
    QVERIFY(other);
    QVERIFY(other->what.sentence().find("tokenizer.json") != std::string::npos);
}

/// A list as the system's own program would write it for real bytes (FIPS 180-4's example "abc").
void TestManifest::agreesWithSha256sum()
{
    const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const auto manifest = readManifest(abc + "  abc.gguf\n", "list");
    QVERIFY(manifest.has_value());
    const std::vector<HashedFile> files{{"abc.gguf", sha256("abc"), 3, true, true, {}}};
    QVERIFY(checkManifest(*manifest, files).whole());
}

QTEST_APPLESS_MAIN(TestManifest)
#include "tst_manifest.moc"
