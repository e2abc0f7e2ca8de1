// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/modeldirectory.h"
#include "tests/format/testfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

/// A file with these tensors of one byte each.
QByteArray bytesFile(const QList<QByteArray> &names)
{
    QList<QByteArray> entries;
    for (int i = 0; i < names.size(); ++i)
        entries << "\"" + names[i] + R"(":{"dtype":"U8","shape":[1],"data_offsets":[)" + QByteArray::number(i) + ","
                       + QByteArray::number(i + 1) + "]}";
    return rawSafetensors("{" + entries.join(",") + "}", int(names.size()));
}

QByteArray index(const QList<std::pair<QByteArray, QByteArray>> &places, int total)
{
    QList<QByteArray> entries;
    for (const auto &[tensor, file] : places)
        entries << "\"" + tensor + "\":\"" + file + "\"";
    return R"({"metadata":{"total_size":)" + QByteArray::number(total) + R"(},"weight_map":{)" + entries.join(",") + "}}";
}

constexpr const char *kOne = "model-00001-of-00002.safetensors", *kTwo = "model-00002-of-00002.safetensors";
constexpr const char *kIndex = "model.safetensors.index.json";

QStringList ids(const ModelDirectory &model)
{
    QStringList out;
    for (const std::vector<Finding> *list : {&model.findings, &model.checkpoint.findings}) {
        for (const Finding &finding : *list)
            out << QString::fromLatin1(definitionOf(finding.code).id);
    }
    return out;
}

} // namespace

/// The rules of directories and shards: each oddity has its finding, and only what cannot be read at all an error.
class TestModelDirectory : public QObject
{
    Q_OBJECT

    static ModelDirectory opened(const std::filesystem::path &path)
    {
        auto model = openModelDirectory(path);
        if (!model)
            qFatal("%s", model.error().sentence().c_str());
        return std::move(*model);
    }

    /// Two shards with an index, nothing odd.
    static void putPair(const Folder &folder)
    {
        folder.put("config.json", "{}");
        folder.put(kOne, bytesFile({"a", "b.10"}));
        folder.put(kTwo, bytesFile({"b.9"}));
        folder.put(kIndex, index({{"a", kOne}, {"b.10", kOne}, {"b.9", kTwo}}, 3));
    }

private slots:
    void whatIsNoModel()
    {
        Folder folder;
        QCOMPARE(openModelDirectory(folder.path("nothing")).error().code, ErrorCode::FileMissing);
        QCOMPARE(openModelDirectory(folder.path()).error().code, ErrorCode::DirectoryEmpty);
        folder.put("readme.txt", "x");
        QCOMPARE(openModelDirectory(folder.path()).error().code, ErrorCode::NoWeights);
        QCOMPARE(openModelDirectory(folder.path("readme.txt")).error().code, ErrorCode::FormatUnknown);
    }

    void oneFile()
    {
        Folder folder;
        folder.put("config.json", R"({"model_type":"x"})");
        folder.put("tokenizer.json", "{}");
        folder.put("model.safetensors", bytesFile({"l.10", "l.9"}));
        for (const auto &path : {folder.path(), folder.path("model.safetensors")}) {
            const ModelDirectory model = opened(path);
            QCOMPARE(ids(model), QStringList());
            QCOMPARE(model.configText.value(), std::string(R"({"model_type":"x"})"));
            QCOMPARE(model.tokenizerFiles, (std::vector<std::string>{"tokenizer.json"}));
            QCOMPARE(model.checkpoint.tensors.size(), size_t(2));
            QCOMPARE(model.checkpoint.tensors[0].name, std::string("l.9")); // natural order
        }
        QCOMPARE(opened(folder.path() / "").name, folder.path().filename().string());
    }

    void aDamagedSingleFileIsAnError()
    {
        Folder folder;
        folder.put("config.json", "{}");
        folder.put("model.safetensors", bytesFile({"a"}).chopped(3));
        QCOMPARE(openModelDirectory(folder.path()).error().code, ErrorCode::SafetensorsHeaderBeyondFile);
    }

    void oneOddThingIsAFindingAndTheTreeIsThere_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("data");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QStringList>("arguments");
        const auto entry = [](const char *name, int size, int begin, int end) {
            return quoted("'%1':{'dtype':'U8','shape':[%2],'data_offsets':[%3,%4]}")
                .replace("%1", name)
                .replace("%2", QByteArray::number(size))
                .replace("%3", QByteArray::number(begin))
                .replace("%4", QByteArray::number(end));
        };
        const auto row = [](const char *id, const QByteArray &entries, int data, const QStringList &arguments) {
            QTest::newRow(id) << "{" + entries + "}" << data << QString::fromLatin1(id) << arguments;
        };
        const QString file = QStringLiteral("model.safetensors");
        row("tensor.beyond_file", entry("a", 2, 0, 2) + "," + entry("b", 2, 2, 4), 3, {"1", file, "b"});
        row("tensor.overlap", entry("a", 2, 0, 2) + "," + entry("b", 2, 1, 3), 3, {"1", file, "b"});
        row("tensor.gap", entry("a", 2, 0, 2) + "," + entry("b", 2, 5, 7), 7, {"3", file});
        row("tensor.size", entry("a", 2, 0, 3) + "," + entry("b", 2, 3, 5), 5, {"1", file, "a"});
        row("tensor.twice_in_file", entry("a", 2, 0, 2) + "," + entry("a", 2, 2, 4), 4, {"a", file});
        row("metadata.twice", quoted("'__metadata__':{'k':'1','k':'2'},") + entry("a", 2, 0, 2) + "," + entry("b", 2, 2, 4),
            4, {"k", file});
        row("metadata.type", quoted("'__metadata__':{'k':[]},") + entry("a", 2, 0, 2) + "," + entry("b", 2, 2, 4), 4,
            {"k", "a list", "text"});
    }
    void oneOddThingIsAFindingAndTheTreeIsThere()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, data);
        QFETCH(QString, id);
        QFETCH(QStringList, arguments);
        Folder folder;
        folder.put("config.json", "{}");
        folder.put("model.safetensors", rawSafetensors(header, data));
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), QStringList{id});
        QStringList told;
        for (const std::string &argument : model.checkpoint.findings.front().arguments)
            told << QString::fromStdString(argument);
        QCOMPARE(told, arguments);
        QCOMPARE(model.checkpoint.tensors.size(), size_t(2));
    }

    void manyShardsAreReadAsOne()
    {
        // Enough for several threads; every fifth is damaged.
        Folder folder;
        folder.put("config.json", "{}");
        for (int i = 1; i <= 60; ++i) {
            const QByteArray number = QByteArray::number(i).rightJustified(5, '0');
            const QByteArray name = "model-" + number + "-of-00060.safetensors";
            folder.put(name.constData(), i % 5 == 0 ? QByteArray("?") : bytesFile({"l." + number, "m." + number}));
        }
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(model.checkpoint.tensors.size(), size_t(96));
        QCOMPARE(ids(model).count(QStringLiteral("shard.unreadable")), 12);
        for (size_t i = 0; i < 48; ++i) {
            const TensorRecord &tensor = model.checkpoint.tensors[i];
            const std::string number = std::to_string(10000000 + i + i / 4 + 1).substr(3);
            QCOMPARE(tensor.name, "l." + number);
            QCOMPARE(model.checkpoint.files[tensor.file].name, "model-" + number + "-of-00060.safetensors");
        }
    }

    void shardsWithIndex()
    {
        Folder folder;
        putPair(folder);
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), QStringList());
        QCOMPARE(model.checkpoint.files.size(), size_t(2));
        QCOMPARE(model.checkpoint.tensors[2].name, std::string("b.10"));
        QCOMPARE(model.checkpoint.tensors[1].file, uint32_t(1));
        QCOMPARE(model.checkpoint.indexTotalSize.value(), uint64_t(3));
        QVERIFY(model.checkpoint.complete());
    }

    void aMissingShardIsAFindingAndTheRestIsThere()
    {
        Folder folder;
        putPair(folder);
        std::filesystem::remove(folder.path(kOne));
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), QStringList{"shard.missing"});
        QCOMPARE(model.checkpoint.findings[0].arguments, (std::vector<std::string>{kOne, "2"}));
        QCOMPARE(model.checkpoint.tensors.size(), size_t(1));
        QVERIFY(!model.checkpoint.complete());
    }

    void aDanglingLinkIsAMissingShard()
    {
        Folder folder;
        putPair(folder);
        std::filesystem::remove(folder.path(kTwo));
        std::filesystem::create_symlink("../blobs/none", folder.path(kTwo));
        QCOMPARE(ids(opened(folder.path())), (QStringList{"file.dangling", "shard.missing"}));
    }

    void aDamagedShardIsAFinding()
    {
        Folder folder;
        putPair(folder);
        folder.put(kTwo, "short");
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), QStringList{"shard.unreadable"});
        QCOMPARE(model.checkpoint.tensors.size(), size_t(2));
        folder.put(kTwo, "");
        QCOMPARE(ids(opened(folder.path())), QStringList{"shard.unreadable"});
    }

    void orphansAndAbsentTensors()
    {
        Folder folder;
        putPair(folder);
        folder.put(kTwo, bytesFile({"c"}));
        QStringList found = ids(opened(folder.path()));
        found.sort();
        QCOMPARE(found, (QStringList{"shard.orphan_tensors", "shard.tensor_absent"}));
    }

    void aTensorInTwoShards()
    {
        Folder folder;
        putPair(folder);
        folder.put(kTwo, bytesFile({"b.9", "a"}));
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), (QStringList{"shard.tensor_twice", "index.total_size"}));
        QCOMPARE(model.checkpoint.findings[0].arguments, (std::vector<std::string>{"a", kOne, kTwo}));
    }

    void aTensorInAnotherShardThanTheIndexSays()
    {
        Folder folder;
        putPair(folder);
        folder.put(kIndex, index({{"a", kTwo}, {"b.10", kOne}, {"b.9", kTwo}}, 3));
        QCOMPARE(ids(opened(folder.path())), QStringList{"shard.tensor_absent"});
    }

    void aWrongTotalIsAFinding()
    {
        Folder folder;
        putPair(folder);
        folder.put(kIndex, index({{"a", kOne}, {"b.10", kOne}, {"b.9", kTwo}}, 4));
        QCOMPARE(ids(opened(folder.path())), QStringList{"index.total_size"});
    }

    void twoSetsAreCountedOnce()
    {
        Folder folder;
        putPair(folder);
        folder.put("model-00001-of-00004.safetensors", bytesFile({"a"}));
        folder.put("model-00002-of-00004.safetensors", bytesFile({"b.9"}));
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), QStringList{"shard.two_sets"});
        QCOMPARE(model.checkpoint.tensors.size(), size_t(3));
    }

    void whatLiesBesideIsTold()
    {
        Folder folder;
        folder.put("config.json", "{}");
        folder.put("model.safetensors", bytesFile({"a"}));
        folder.put("consolidated.safetensors", bytesFile({"a"}));
        folder.put("adapter.safetensors", bytesFile({"a"}));
        folder.put("pytorch_model.bin", "x");
        folder.put("training_args.bin", "x");
        folder.put("model.Q4.gguf", "x");
        QStringList found = ids(opened(folder.path()));
        found.sort();
        QCOMPARE(found, (QStringList{"weights.consolidated_beside", "weights.other_format_beside",
                                     "weights.other_format_beside", "weights.other_format_beside"}));
    }

    void shardsWithoutIndex()
    {
        Folder folder;
        folder.put("config.json", "{}");
        folder.put("m_00001-of-00003.safetensors", bytesFile({"a"}));
        folder.put("m_00003-of-00003.safetensors", bytesFile({"b"}));
        const ModelDirectory model = opened(folder.path());
        QCOMPARE(ids(model), (QStringList{"index.missing", "shard.set_incomplete"}));
        QCOMPARE(model.checkpoint.tensors.size(), size_t(2));
        QVERIFY(!model.checkpoint.complete());
    }

    void aDamagedIndexIsAnError()
    {
        Folder folder;
        putPair(folder);
        folder.put(kIndex, "{");
        QCOMPARE(openModelDirectory(folder.path()).error().code, ErrorCode::IndexDamaged);
        folder.put(kIndex, index({{"a", "../../etc/x.safetensors"}}, 1));
        QCOMPARE(openModelDirectory(folder.path()).error().code, ErrorCode::IndexUnsafeName);
    }

    void configAlone()
    {
        Folder folder;
        folder.put("config.json", "{}");
        QCOMPARE(ids(opened(folder.path())), QStringList{"weights.missing"});
    }

    void weightsAlone()
    {
        Folder folder;
        folder.put("model.safetensors", bytesFile({"a"}));
        QCOMPARE(ids(opened(folder.path())), QStringList{"config.missing"});
    }

    void aConfigThatIsTooLargeIsToldOnce()
    {
        Folder folder;
        folder.put("model.safetensors", bytesFile({"a"}));
        folder.put("config.json", QByteArray(10'000'001, ' '));
        QCOMPARE(ids(opened(folder.path())), QStringList{"config.unreadable"});
    }

    void linksAreFollowedAndSnapshotsNamed()
    {
        Folder folder;
        const auto snapshot = folder.path() / "models--org--Model-7B" / "snapshots" / "0123abcd";
        std::filesystem::create_directories(snapshot);
        folder.put("blob", bytesFile({"a", "b"}));
        folder.put("configblob", "{}");
        std::filesystem::create_symlink(folder.path("blob"), snapshot / "model.safetensors");
        std::filesystem::create_symlink(folder.path("configblob"), snapshot / "config.json");
        const ModelDirectory model = opened(snapshot);
        QCOMPARE(model.name, std::string("org/Model-7B"));
        QCOMPARE(model.checkpoint.fileBytes(), uint64_t(std::filesystem::file_size(folder.path("blob"))));
        QCOMPARE(ids(model), QStringList());
    }

    void trailingBytesUnknownDtypesAndLargeHeaders()
    {
        Folder folder;
        folder.put("config.json", "{}");
        folder.put("model.safetensors",
                   rawSafetensors(QByteArray(25'000'001, ' ')
                                      + R"({"a":{"dtype":"NEW","shape":[1],"data_offsets":[0,1]}})",
                                  3));
        QCOMPARE(ids(opened(folder.path())),
                 (QStringList{"safetensors.header_large", "safetensors.trailing_bytes", "tensor.unknown_dtype"}));
    }

    void canBeCancelled()
    {
        Folder folder;
        putPair(folder);
        std::stop_source source;
        source.request_stop();
        QCOMPARE(openModelDirectory(folder.path(), source.get_token()).error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestModelDirectory)
#include "tst_modeldirectory.moc"
