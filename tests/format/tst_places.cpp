// SPDX-License-Identifier: GPL-3.0-or-later
// Where models lie on a machine: caches of hubs, folders of downloads, lists of sums, Ollama's store; and the lists
// that servers give.
#include "core/base/file.h"
#include "core/format/filetree.h"
#include "core/format/htmllisting.h"
#include "core/format/modeldirectory.h"
#include "core/format/ollamastore.h"
#include "core/format/safetensors.h"
#include "core/format/verification.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace assay;
namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

/// With ' for ": JSON that can be read.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

/// A folder with convenience for writing into it.
struct Place
{
    QTemporaryDir folder;
    fs::path root = folder.path().toStdString();

    fs::path write(const std::string &path, const std::string &content) const
    {
        fs::create_directories((root / path).parent_path());
        if (!writeFileAtomically(root / path, content))
            qFatal("cannot write %s", path.c_str());
        return root / path;
    }
    void link(const std::string &path, const std::string &target) const
    {
        fs::create_directories((root / path).parent_path());
        fs::create_symlink(target, root / path);
    }
};

std::string weights()
{
    const Place place;
    const std::vector<std::byte> zeros(16);
    const TensorToWrite tensor{"model.norm.weight", Dtype::F32, {4}, zeros};
    if (!writeSafetensors(place.root / "w", std::span(&tensor, 1)))
        qFatal("cannot write");
    return readWholeFile(place.root / "w", 1'000'000).value();
}

std::string hex(QCryptographicHash::Algorithm algorithm, const std::string &bytes)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), algorithm).toHex().toStdString();
}

std::string sumOf(const std::string &bytes)
{
    return hex(QCryptographicHash::Sha256, bytes);
}

std::string gitIdOf(const std::string &bytes)
{
    return hex(QCryptographicHash::Sha1, "blob " + std::to_string(bytes.size()) + std::string(1, '\0') + bytes);
}

QStringList findingsIn(const std::vector<Finding> &findings)
{
    QStringList out;
    for (const Finding &finding : findings)
        out << QLatin1String(definitionOf(finding.code).id) + u' ' + QString::fromStdString(finding.where);
    return out;
}

ContentState stateOf(const FileSet &files, const std::string &name)
{
    return verifyFile(files, name).state;
}

const std::string kCommit(40, 'c');
const std::string kConfig = json("{'model_type': 'llama'}");

/// A cache as hub clients make it: blobs named by hash, links in the snapshot, refs.
struct Cache : Place
{
    std::string content = weights();
    std::string snapshot = "models--maker--small/snapshots/" + kCommit;

    Cache()
    {
        write("models--maker--small/refs/main", kCommit);
        write("models--maker--small/blobs/" + sumOf(content), content);
        write("models--maker--small/blobs/" + gitIdOf(kConfig), kConfig);
        link(snapshot + "/model.safetensors", "../../blobs/" + sumOf(content));
        link(snapshot + "/config.json", "../../blobs/" + gitIdOf(kConfig));
    }
    std::shared_ptr<const FileSet> open(const std::string &path) const
    {
        auto files = openLocalFiles(root / path);
        if (!files)
            qFatal("%s", files.error().sentence().c_str());
        return *files;
    }
};

std::string layer(const std::string &type, const std::string &content, const std::string &digest = {})
{
    return json("{'mediaType': 'application/vnd.ollama.image.") + type + json("', 'digest': 'sha256:") + (digest.empty() ? sumOf(content) : digest)
           + json("', 'size': ") + std::to_string(content.size()) + "}";
}

std::string manifestOf(const std::string &layers)
{
    return json("{'schemaVersion': 2, 'config': {'mediaType': 'application/vnd.docker.container.image.v1+json', 'digest': 'sha256:") + sumOf("{}")
           + json("', 'size': 2}, 'layers': [") + layers + "]}";
}

struct Store : Place
{
    // A store's model is a GGUF; any weights do where only the place is looked at.
    std::string model = weights();

    Store()
    {
        write("blobs/sha256-" + sumOf(model), model);
        write("blobs/sha256-" + sumOf("{}"), "{}");
        write("blobs/sha256-" + sumOf("hello {{ .Prompt }}"), "hello {{ .Prompt }}");
        add("registry.example/library/small/latest", layer("model", model) + "," + layer("template", "hello {{ .Prompt }}"));
    }
    void add(const std::string &name, const std::string &layers) const { write("manifests/" + name, manifestOf(layers)); }
};

} // namespace

class TestPlaces : public QObject
{
    Q_OBJECT
private slots:
    void cacheSnapshot_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("snapshot") << QStringLiteral("models--maker--small/snapshots/") + QString::fromStdString(kCommit);
        QTest::newRow("snapshot/") << QStringLiteral("models--maker--small/snapshots/") + QString::fromStdString(kCommit) + u'/';
        QTest::newRow("repository") << QStringLiteral("models--maker--small");
        QTest::newRow("repository/") << QStringLiteral("models--maker--small/");
    }
    void cacheSnapshot()
    {
        QFETCH(QString, path);
        const Cache cache;
        const auto files = cache.open(path.toStdString());
        QCOMPARE(files->name(), std::string("maker/small"));
        QCOMPARE(files->find("model.safetensors")->bytes.value_or(0), uint64_t(cache.content.size())); // of the blob, not the link
        QCOMPARE(files->find("model.safetensors")->expected->hash, sumOf(cache.content));
        QVERIFY(files->find("config.json")->expected->git);
        QCOMPARE(stateOf(*files, "model.safetensors"), ContentState::Right);
        QCOMPARE(stateOf(*files, "config.json"), ContentState::Right);
        QVERIFY(files->findings().empty());
        QVERIFY(openModel(files).has_value());
    }

    void aSpoiledBlobIsWrong()
    {
        const Cache cache;
        std::string spoiled = cache.content;
        spoiled.back() = 1;
        cache.write("models--maker--small/blobs/" + sumOf(cache.content), spoiled);
        QCOMPARE(stateOf(*cache.open("models--maker--small"), "model.safetensors"), ContentState::Wrong);
    }

    void newestReference()
    {
        const Cache cache;
        fs::remove(cache.root / "models--maker--small/refs/main");
        QCOMPARE(cache.open("models--maker--small")->name(), std::string("maker/small")); // the only snapshot
        cache.write("models--maker--small/refs/v2", "../../../../etc\n");                  // no commit
        QCOMPARE(cache.open("models--maker--small")->name(), std::string("maker/small"));
        cache.write("models--maker--small/snapshots/" + std::string(40, 'd') + "/config.json", "{}");
        cache.write("models--maker--small/refs/v3", std::string(40, 'd'));
        QCOMPARE(cache.open("models--maker--small")->files().size(), size_t(1));
    }

    void danglingLinkKeepsItsRow()
    {
        const Cache cache;
        cache.link(cache.snapshot + "/tokenizer.json", "../../blobs/" + std::string(64, 'e'));
        const auto files = cache.open("models--maker--small");
        QVERIFY(files->find("tokenizer.json") && !files->find("tokenizer.json")->present);
        QCOMPARE(findingsIn(files->findings()), QStringList{QStringLiteral("file.dangling tokenizer.json")});
        QVERIFY(openModel(files).has_value());
        QCOMPARE(files->open("tokenizer.json").error().code, ErrorCode::FileMissing);
    }

    void danglingWeightsLeaveTheConfig()
    {
        const Cache cache;
        fs::remove(cache.root / ("models--maker--small/blobs/" + sumOf(cache.content)));
        const auto model = openModel(cache.open("models--maker--small"));
        QVERIFY2(model.has_value(), model ? "" : model.error().sentence().c_str());
        QCOMPARE(findingsIn(model->findings), (QStringList{QStringLiteral("file.dangling model.safetensors"), QStringLiteral("weights.missing maker/small")}));
        QCOMPARE(model->configText.value(), kConfig);
        fs::remove(cache.root / ("models--maker--small/blobs/" + gitIdOf(kConfig)));
        QCOMPARE(openModel(cache.open("models--maker--small")).error().code, ErrorCode::FileMissing);
    }

    /// A diffusion pipeline has its weights in folders of its parts; the one that makes the picture is the model.
    void pipelineOfDiffusion()
    {
        const auto weights = [](const Place &place, const char *folder, std::string tensor) {
            const std::string header = json("{'" + tensor + "':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}");
            place.write(std::string(folder) + "/diffusion_pytorch_model.safetensors",
                        std::string(1, char(header.size())) + std::string(7, '\0') + header + "1234");
        };
        for (const char *part : {"transformer", "unet"}) {
            const Place place;
            place.write("pipe/model_index.json", "{}");
            weights(place, "pipe/vae", "v");
            weights(place, (std::string("pipe/") + part).c_str(), "w");
            const auto model = openModelDirectory(place.root / "pipe");
            QVERIFY(model);
            QCOMPARE(model->name, std::string("pipe/") + part);
            QCOMPARE(model->checkpoint.tensors.size(), size_t(1));
            QVERIFY(model->checkpoint.find("w"));
        }
        const Place other; // the folder's name alone says nothing
        other.write("pipe/README.md", "words");
        weights(other, "pipe/unet", "w");
        const auto none = openModelDirectory(other.root / "pipe");
        QVERIFY(!none && none.error().code == ErrorCode::NoWeights);
    }

    void treeOfTheCache()
    {
        const Cache cache;
        // Format: huggingface_hub's _tree_cache.py.
        cache.write("models--maker--small/trees/" + kCommit + ".json",
                    json("{'format_version': 1, 'files': {"
                         "'config.json': {'size': 23, 'blob_id': '") + gitIdOf(kConfig) + json("'},"
                         "'model.safetensors': {'size': 130, 'blob_id': 'x', 'lfs_sha256': '") + sumOf(cache.content) + json("', 'lfs_size': 999},"
                         "'onnx/model.onnx': {'size': 1, 'blob_id': 'x'}, '.gitattributes': {'size': 1, 'blob_id': 'x'},"
                         "'../outside': {'size': 1, 'blob_id': 'x'},"
                         "'tokenizer.json': {'size': 5, 'blob_id': '") + std::string(40, 'a') + json("'}}}"));
        const auto files = cache.open("models--maker--small");
        QCOMPARE(findingsIn(files->findings()), (QStringList{QStringLiteral("file.missing tokenizer.json"), QStringLiteral("file.size model.safetensors")}));
        QCOMPARE(stateOf(*files, "model.safetensors"), ContentState::Wrong); // by its size
        QVERIFY(verifyFile(*files, "model.safetensors").sum.empty());
        QCOMPARE(stateOf(*files, "config.json"), ContentState::Right);
        cache.write("models--maker--small/trees/" + kCommit + ".json", "[[[");
        QVERIFY(cache.open("models--maker--small")->findings().empty());
    }

    void cacheWithoutLinks()
    {
        const Place place;
        const std::string content = weights(), snapshot = "models--small/snapshots/" + kCommit;
        place.write(snapshot + "/model.safetensors", content);
        place.write("models--small/trees/" + kCommit + ".json",
                    json("{'files': {'model.safetensors': {'size': 1, 'blob_id': 'x', 'lfs_sha256': '") + sumOf(content) + json("', 'lfs_size': ")
                        + std::to_string(content.size()) + "}}}");
        const auto files = openLocalFiles(place.root / snapshot);
        QVERIFY(files.has_value());
        QCOMPARE((*files)->name(), std::string("small"));
        QCOMPARE(stateOf(**files, "model.safetensors"), ContentState::Right);
    }

    void folderOfDownloads()
    {
        const Place place;
        const std::string content = weights();
        place.write("model.safetensors", content);
        place.write("config.json", kConfig);
        place.write("notes.txt", "mine");
        const auto metadata = [&](const std::string &name, const std::string &etag) {
            place.write(".cache/huggingface/download/" + name + ".metadata", kCommit + "\n" + etag + "\n1700000000.5\n");
        };
        metadata("model.safetensors", sumOf(content));
        metadata("config.json", std::string(40, 'b'));
        metadata("merges.txt", std::string(40, 'b'));
        place.write(".cache/huggingface/download/broken.metadata", "one line");
        const auto files = openLocalFiles(place.root);
        QVERIFY(files.has_value());
        QCOMPARE(stateOf(**files, "model.safetensors"), ContentState::Right);
        QCOMPARE(stateOf(**files, "config.json"), ContentState::Wrong);
        QCOMPARE(stateOf(**files, "notes.txt"), ContentState::NothingToCompare);
        QCOMPARE(verifyFile(**files, "notes.txt").sum, sumOf("mine"));
        QCOMPARE(findingsIn((*files)->findings()), QStringList{QStringLiteral("file.missing merges.txt")});
    }

    void listsOfSums_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("text");
        const QString sum = QString::fromStdString(sumOf(weights()));
        QTest::newRow("sha256sum") << "sha256sum.txt" << sum + "  model.safetensors\n";
        QTest::newRow("binary mark") << "SHA256SUMS" << sum + " *model.safetensors\n";
        QTest::newRow("capitals, ./ and CRLF") << "checksums.txt" << "# sums\r\n" + sum.toUpper() + "  ./model.safetensors\r\n";
        QTest::newRow("beside") << "model.safetensors.sha256" << sum + "  model.safetensors";
        QTest::newRow("beside, alone") << "model.safetensors.sha256" << sum + "\n";
    }
    void listsOfSums()
    {
        QFETCH(QString, list);
        QFETCH(QString, text);
        const Place place;
        place.write("model.safetensors", weights());
        place.write(list.toStdString(), text.toStdString());
        const auto files = openLocalFiles(place.root);
        QVERIFY(files.has_value());
        const FileEntry *file = (*files)->find("model.safetensors");
        QVERIFY(file->expected.has_value());
        QCOMPARE(file->expected->source, list.toStdString());
        QCOMPARE(stateOf(**files, "model.safetensors"), ContentState::Right);
        QVERIFY((*files)->findings().empty());
    }

    void sumsOfOthersAreNoFindingOfAChosenFile()
    {
        const Place place;
        place.write("model.safetensors", weights());
        place.write("sha256sum.txt", std::string(64, '0') + "  absent.bin\n" + std::string(64, '0') + "  ../../etc/passwd\nnonsense\n");
        QCOMPARE(findingsIn((*openLocalFiles(place.root))->findings()), QStringList{QStringLiteral("file.missing absent.bin")});
        QVERIFY((*openLocalFiles(place.root / "model.safetensors"))->findings().empty());
    }

    void blobsTellTheirOwnSum()
    {
        const Cache cache;
        const std::string name = sumOf(cache.content);
        const auto files = cache.open("models--maker--small/blobs/" + name);
        QCOMPARE(stateOf(*files, name), ContentState::Right);
    }

    void ollamaModels_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("store") << QString();
        QTest::newRow("store/") << QStringLiteral("/");
        QTest::newRow("name") << QStringLiteral("small");
        QTest::newRow("name and tag") << QStringLiteral("small:latest");
        QTest::newRow("namespace") << QStringLiteral("library/small:latest");
        QTest::newRow("host") << QStringLiteral("registry.example/library/small:latest");
        QTest::newRow("manifest") << QStringLiteral("manifests/registry.example/library/small/latest");
    }
    void ollamaModels()
    {
        QFETCH(QString, path);
        const Store store;
        const auto files = openLocalFiles(fs::path((store.root.string() + "/" + path.toStdString())));
        QVERIFY2(files.has_value(), files ? "" : files.error().sentence().c_str());
        QCOMPARE((*files)->name(), std::string("small:latest"));
        QCOMPARE((*files)->chosenFile(), std::string("model.gguf"));
        QCOMPARE((*files)->find("model.gguf")->bytes.value_or(0), uint64_t(store.model.size()));
        QCOMPARE((*files)->readText("template", 100).value(), std::string("hello {{ .Prompt }}"));
        for (const char *name : {"model.gguf", "template", "image.json"})
            QCOMPARE(stateOf(**files, name), ContentState::Right);
        QVERIFY((*files)->findings().empty());
        const auto model = openModel(*files); // told by its first bytes
        QVERIFY2(model.has_value(), model ? "" : model.error().sentence().c_str());
        QCOMPARE(model->checkpoint.tensors.size(), size_t(1));
    }

    void ollamaStoresOfSeveral()
    {
        const Store store;
        store.add("registry.example/maker/other/8b", layer("model", store.model));
        const auto which = openLocalFiles(store.root);
        QVERIFY(!which);
        QCOMPARE(which.error().code, ErrorCode::BadUsage);
        QVERIFY(which.error().sentence().find("maker/other:8b, small:latest") != std::string::npos);
        QCOMPARE((*openLocalFiles(store.root / "maker/other:8b"))->name(), std::string("maker/other:8b"));
        QCOMPARE((*openLocalFiles(store.root / "other:8b"))->name(), std::string("maker/other:8b"));
        QCOMPARE(openLocalFiles(store.root / "other").error().code, ErrorCode::FileMissing);
        fs::remove_all(store.root / "manifests");
        fs::create_directories(store.root / "manifests");
        QCOMPARE(openLocalFiles(store.root).error().code, ErrorCode::DirectoryEmpty);
    }

    void ollamaDamage()
    {
        const Store store;
        const auto opened = [&](const std::string &layers) {
            store.add("registry.example/library/small/latest", layers);
            return openLocalFiles(store.root);
        };
        for (const std::string &digest : {std::string("../../../../etc/passwd"), std::string(63, 'a'), std::string(40, 'a'), std::string()})
            QCOMPARE(opened(json("{'mediaType': 'x.image.model', 'digest': 'sha256:") + digest + "\"}").error().code, ErrorCode::OllamaDamaged);
        QCOMPARE(opened(layer("template", "hello {{ .Prompt }}")).error().code, ErrorCode::OllamaDamaged);
        QCOMPARE(opened("7").error().code, ErrorCode::OllamaDamaged);
        QCOMPARE(parseOllamaManifest("{", "m").error().code, ErrorCode::OllamaDamaged);
        QCOMPARE(parseOllamaManifest(json("{'layers': {}}"), "m").error().code, ErrorCode::OllamaDamaged);
        const auto absent = opened(layer("model", store.model) + "," + layer("projector", "not there") + "," + layer("adapter", "no"));
        QVERIFY(absent.has_value());
        QCOMPARE(findingsIn((*absent)->findings()), (QStringList{QStringLiteral("file.missing projector.gguf"), QStringLiteral("file.missing adapter.gguf")}));
        QVERIFY(openModel(*absent).has_value());
        const auto wrong = opened(layer("model", store.model + "longer", sumOf(store.model)));
        QCOMPARE(findingsIn((*wrong)->findings()), QStringList{QStringLiteral("file.size model.gguf")});
        QCOMPARE(openModel(*opened(layer("model", "not there at all"))).error().code, ErrorCode::FileMissing);
    }

    void listings_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<Names>("names");
        const Names both{"config.json", "model.safetensors"};
        QTest::newRow("python") << QByteArray("<ul>\n<li><a href=\"config.json\">config.json</a></li>\n<li><a href=\"model.safetensors\">x</a></li>\n<li><a href=\"sub/\">sub/</a></li></ul>") << both;
        QTest::newRow("nginx") << QByteArray("<pre><a href=\"../\">../</a>\n<a href=\"config.json\">config.json</a> 1-Jan 1\n<a href=\"model.safetensors\">m</a></pre>") << both;
        QTest::newRow("apache") << QByteArray("<A HREF=\"?C=N;O=D\">Name</A> <a href=\"/m/\">Parent</a><a href='config.json'>c</a><a href = \"model.safetensors\">m</a>") << both;
        QTest::newRow("whole paths") << QByteArray("<a href=\"/m/r1/config.json\">c</a><a href=\"/m/r1/model.safetensors\">m</a><a href=\"/m/r10/x\">x</a><a href=\"/x\">x</a>") << both;
        QTest::newRow("escapes") << QByteArray("<a href=\"a%20b&amp;c.gguf\">x</a><a href=\"./d.gguf\">d</a>") << Names{"a b&c.gguf", "d.gguf"};
        QTest::newRow("elsewhere") << QByteArray("<a href=\"http://h/x\"><a href=\"//h/x\"><a href=\"..\"><a href=\"%2e%2e\"><a href=\"a%2fb\"><a href=\"%00\"><a href=\"%zz\">"
                                                 "<a href=\"javascript:x\"><a href=\"#x\"><a href=\"\"><a href=x><a href=\"a\\b\"><a href=\"open") << Names{};
        QTest::newRow("twice") << QByteArray("<a href=\"a\"><a href=\"a\">") << Names{"a"};
    }
    void listings()
    {
        QFETCH(QByteArray, html);
        QFETCH(Names, names);
        QCOMPARE(namesInListing(html.toStdString(), "/m/r1"), names);
    }

    void hubTrees()
    {
        const auto tree = parseHubTree(json("[{'type': 'directory', 'path': 'a'}, 7, {'type': 'file'}, {'type': 'file', 'path': '/etc/x'},"
                         "{'type': 'file', 'path': 'b', 'size': 130, 'oid': 'x', 'lfs': {'oid': '") + std::string(64, 'A') + json("', 'size': 18446744073709551615}},"
                         "{'type': 'file', 'path': 'a/c', 'size': -1, 'oid': '") + std::string(40, 'f') + json("'}]"), "tree");
        QVERIFY(tree.has_value());
        QCOMPARE(tree->size(), size_t(2));
        QCOMPARE(tree->at(0).name, std::string("a/c"));
        QVERIFY(!tree->at(0).bytes && tree->at(0).expected->git);
        QCOMPARE(tree->at(1).expected->hash, std::string(64, 'a'));
        QCOMPARE(*tree->at(1).bytes, ~uint64_t(0));
        QCOMPARE(parseHubTree("{}", "tree").error().code, ErrorCode::JsonWrongType);
        QCOMPARE(parseHubTree("[", "tree").error().code, ErrorCode::JsonDamaged);
        QCOMPARE(parseHubTree(std::string(1'000'000, '['), "tree").error().code, ErrorCode::JsonDamaged);
        QCOMPARE(parseCacheTree("[]", "tree").error().code, ErrorCode::JsonWrongType);
        QCOMPARE(parseCacheTree(json("{'files': []}"), "tree").error().code, ErrorCode::JsonWrongType);
    }
};

QTEST_APPLESS_MAIN(TestPlaces)
#include "tst_places.moc"
