// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/shardindex.h"
#include "tests/format/testfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

Result<ShardIndex> parsed(const QByteArray &text)
{
    return parseShardIndex(text.toStdString(), "index");
}

} // namespace

class TestShardIndex : public QObject
{
    Q_OBJECT

private slots:
    void readsMapAndTotal()
    {
        const auto index = parsed(
            quoted("{'metadata':{'total_size':10,'other':{'total_size':3}},"
                   "'weight_map':{'b':'m-00010-of-00010.safetensors','a':'m-00002-of-00010.safetensors'},"
                   "'more':[{'weight_map':{'x':'y'}}]}"));
        QVERIFY2(index.has_value(), index ? "" : index.error().sentence().c_str());
        QCOMPARE(index->files, (std::vector<std::string>{"m-00002-of-00010.safetensors", "m-00010-of-00010.safetensors"}));
        QCOMPARE(index->entries.size(), size_t(2));
        QCOMPARE(index->files[index->entries[0].file], std::string("m-00010-of-00010.safetensors"));
        QCOMPARE(index->totalSize.value(), uint64_t(10));
    }

    void wholeNumbersMayBeWrittenAsFractions()
    {
        QCOMPARE(parsed(quoted("{'metadata':{'total_size':14483464192.0},'weight_map':{'a':'f'}}"))
                     ->totalSize.value(),
                 uint64_t(14483464192));
        for (const char *odd : {"-3", "1.5", "\"12\"", "1e300", "null"}) {
            const auto index = parsed(
                quoted("{'metadata':{'total_size':") + odd + quoted("},'weight_map':{'a':'f'}}"));
            QVERIFY2(index.has_value() && !index->totalSize, odd);
        }
    }

    void escapesAreRead()
    {
        const auto index = parsed(quoted("{'weight_map':{'a\\u00e9':'m\\u002d1','b':'m-1','c':'n'}}"));
        QVERIFY2(index.has_value(), index ? "" : index.error().sentence().c_str());
        QCOMPARE(index->files, (std::vector<std::string>{"m-1", "n"}));
        QCOMPARE(index->entries[0].tensor, "a\xC3\xA9");
        QCOMPARE(index->entries[1].file, uint32_t(0));
    }

    void damage_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        const int damaged = int(ErrorCode::IndexDamaged), unsafe = int(ErrorCode::IndexUnsafeName);
        QTest::newRow("nothing") << QByteArray() << damaged;
        QTest::newRow("no JSON") << QByteArray("{") << damaged;
        QTest::newRow("an array") << QByteArray("[]") << damaged;
        QTest::newRow("a number") << QByteArray("3") << damaged;
        QTest::newRow("zero byte behind") << quoted("{'weight_map':{'a':'f'}}") + QByteArray(1, '\0') << damaged;
        QTest::newRow("something behind") << quoted("{'weight_map':{'a':'f'}}}") << damaged;
        QTest::newRow("two objects") << quoted("{'weight_map':{'a':'f'}}{'weight_map':{'a':'f'}}") << damaged;
        QTest::newRow("bad UTF-8") << quoted("{'weight_map':{'a\xFF':'f'}}") << damaged;
        QTest::newRow("cut short") << quoted("{'weight_map':{'a':'f'}") << damaged;
        QTest::newRow("nested too deep") << quoted("{'weight_map':{'a':'f'},'x':") + QByteArray(500, '[')
                                                + QByteArray(500, ']') + "}"
                                         << damaged;
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + quoted("{'weight_map':{'a':'f'}}") << damaged;
        QTest::newRow("no map") << QByteArray("{}") << damaged;
        QTest::newRow("empty map") << quoted("{'weight_map':{}}") << damaged;
        QTest::newRow("map of numbers") << quoted("{'weight_map':{'a':1}}") << damaged;
        QTest::newRow("map of lists") << quoted("{'weight_map':{'a':['f']}}") << damaged;
        QTest::newRow("map of maps") << quoted("{'weight_map':{'a':{}}}") << damaged;
        QTest::newRow("map is a list") << quoted("{'weight_map':['a']}") << damaged;
        QTest::newRow("parent") << quoted("{'weight_map':{'a':'../x.safetensors'}}") << unsafe;
        QTest::newRow("parent inside") << quoted("{'weight_map':{'a':'s/../../x.safetensors'}}") << unsafe;
        QTest::newRow("absolute") << quoted("{'weight_map':{'a':'/etc/passwd'}}") << unsafe;
        QTest::newRow("address") << quoted("{'weight_map':{'a':'http://host/x'}}") << unsafe;
        QTest::newRow("empty") << quoted("{'weight_map':{'a':''}}") << unsafe;
        QTest::newRow("zero byte") << quoted("{'weight_map':{'a':'x\\u0000.safetensors'}}") << unsafe;
    }
    void damage()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        const auto index = parsed(text);
        QVERIFY(!index.has_value());
        QCOMPARE(int(index.error().code), code);
    }

    void tooManyFilesAreRefused()
    {
        QList<QByteArray> entries;
        for (size_t i = 0; i <= kShardCountLimit; ++i)
            entries << quoted("'%1':'f%1'").replace("%1", QByteArray::number(qulonglong(i)));
        QCOMPARE(parsed(quoted("{'weight_map':{") + entries.join(",") + "}}").error().code, ErrorCode::IndexDamaged);
    }

    void shardNames()
    {
        const auto six = parseShardName("model-00001-of-000163.safetensors");
        QVERIFY(six.has_value());
        QCOMPARE(six->number, uint64_t(1));
        QCOMPARE(six->count, uint64_t(163));
        QCOMPARE(shardFileName(*six, 12), std::string("model-00012-of-000163.safetensors"));
        const auto underscore = parseShardName("a-b_00002-of-00004.safetensors");
        QVERIFY(underscore.has_value());
        QCOMPARE(underscore->prefix, std::string("a-b"));
        QCOMPARE(shardFileName(*underscore, 3), std::string("a-b_00003-of-00004.safetensors"));
        for (const char *other : {"model.safetensors", "model-00001-of-.safetensors", "-of-3.safetensors",
                                  "m-x-of-3.safetensors", "m-1-of-0.safetensors", "m-1-of-2",
                                  "m-1-of-99999999999.safetensors"})
            QVERIFY2(!parseShardName(other), other);
    }
};

QTEST_APPLESS_MAIN(TestShardIndex)
#include "tst_shardindex.moc"
