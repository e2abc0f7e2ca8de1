// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/sentencepooling.h"

#include <QtTest>
#include <map>

using namespace assay;

namespace {

using Files = std::map<std::string, std::string>;

std::optional<SentencePooling> readFrom(const Files &files)
{
    return readSentencePooling([&](const std::string &name) {
        const auto found = files.find(name);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    });
}

/// The modules of a folder as the library writes them.
std::string modules(std::vector<std::pair<std::string, std::string>> rows)
{
    std::string out = "[";
    for (size_t i = 0; i < rows.size(); ++i)
        out += std::string(i ? "," : "") + R"({"idx":)" + std::to_string(i) + R"(,"name":"x","path":")" + rows[i].second
               + R"(","type":"sentence_transformers.models.)" + rows[i].first + R"("})";
    return out + "]";
}

const std::string kPlain = modules({{"Transformer", ""}, {"Pooling", "1_Pooling"}});

} // namespace

class TestSentencePooling : public QObject
{
    Q_OBJECT
private slots:
    void otherModelsHaveNone()
    {
        QVERIFY(!readFrom({}));
        QVERIFY(!readFrom({{"modules.json", "{"}}));
        QVERIFY(!readFrom({{"modules.json", "{}"}}));
    }

    void modes_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("unsupported");
        const auto row = [](const char *name, const char *config, const char *mode, const char *unsupported) {
            QTest::newRow(name) << QByteArray(config) << QByteArray(mode) << QByteArray(unsupported);
        };
        row("mean", R"({"word_embedding_dimension":384,"pooling_mode_cls_token":false,"pooling_mode_mean_tokens":true,"pooling_mode_max_tokens":false})", "mean", "");
        row("first", R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false})", "first", "");
        row("by name", R"({"pooling_mode":"cls"})", "first", "");
        row("mean by name", R"({"pooling_mode":"mean"})", "mean", "");
        row("max", R"({"pooling_mode_cls_token":false,"pooling_mode_max_tokens":true})", "mean", "pooling_mode_max_tokens");
        row("last by name", R"({"pooling_mode":"lasttoken"})", "mean", "pooling_mode_lasttoken");
        row("two", R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":true})", "mean", "pooling_mode");
        row("none", R"({"pooling_mode_cls_token":"yes"})", "mean", "Pooling");
        row("damaged", "[", "mean", "Pooling");
    }
    void modes()
    {
        QFETCH(QByteArray, config);
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, unsupported);
        const auto pooling = readFrom({{"modules.json", kPlain}, {"1_Pooling/config.json", config.toStdString()}});
        QVERIFY(pooling);
        QCOMPARE(QByteArray::fromStdString(pooling->unsupported), unsupported);
        QCOMPARE(QByteArray::fromStdString(pooling->mode), mode);
        QVERIFY(!pooling->normalise);
    }

    void ggufTells_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<QByteArray>("unsupported");
        QTest::newRow("mean") << 1 << QByteArray("mean") << QByteArray();
        QTest::newRow("first") << 2 << QByteArray("first") << QByteArray();
        QTest::newRow("last") << 3 << QByteArray("mean") << QByteArray("pooling_type 3");
        QTest::newRow("negative") << -1 << QByteArray("mean") << QByteArray("pooling_type -1");
    }
    void ggufTells()
    {
        QFETCH(int, type);
        QFETCH(QByteArray, mode);
        QFETCH(QByteArray, unsupported);
        Checkpoint checkpoint;
        const auto add = [&](const char *key, auto value) {
            MetadataEntry entry;
            entry.key = key;
            entry.value = value;
            checkpoint.metadata.push_back(entry);
        };
        QVERIFY(!ggufPooling(checkpoint));
        add("general.architecture", std::string("bert"));
        QVERIFY(!ggufPooling(checkpoint));
        add("bert.pooling_type", int64_t(type));
        const auto pooling = ggufPooling(checkpoint);
        QVERIFY(pooling && !pooling->normalise);
        QCOMPARE(QByteArray::fromStdString(pooling->mode), mode);
        QCOMPARE(QByteArray::fromStdString(pooling->unsupported), unsupported);
        checkpoint.metadata.back().value = uint64_t(0);
        QVERIFY(!ggufPooling(checkpoint));
    }

    void otherModulesAreNamed()
    {
        const std::string mean = R"({"pooling_mode_mean_tokens":true})";
        const auto normal = readFrom({{"modules.json", modules({{"Transformer", ""}, {"Pooling", "1_Pooling"}, {"Normalize", "2_Normalize"}})}, {"1_Pooling/config.json", mean}});
        QCOMPARE(normal, (SentencePooling{"mean", true, ""}));
        const auto dense = readFrom({{"modules.json", modules({{"Transformer", ""}, {"Pooling", "1_Pooling"}, {"Dense", "2_Dense"}})}, {"1_Pooling/config.json", mean}});
        QCOMPARE(dense->unsupported, std::string("Dense"));
        QCOMPARE(readFrom({{"modules.json", "[7]"}})->unsupported, std::string("modules.json"));
    }

    void aPathOutsideIsNotRead()
    {
        const auto pooling = readFrom({{"modules.json", modules({{"Pooling", "../other"}})}, {"../other/config.json", R"({"pooling_mode_cls_token":true})"}});
        QCOMPARE(pooling->unsupported, std::string("Pooling"));
        QCOMPARE(pooling->mode, std::string("mean"));
    }
};

QTEST_GUILESS_MAIN(TestSentencePooling)
#include "tst_sentencepooling.moc"
