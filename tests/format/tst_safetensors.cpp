// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/safetensors.h"
#include "tests/format/testfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

QByteArray entry(const char *name, const char *dtype, const char *shape, quint64 begin, quint64 end)
{
    return QByteArray("\"") + name + quoted("':{'dtype':'") + dtype + quoted("','shape':") + shape + quoted(",'data_offsets':[")
           + QByteArray::number(begin) + "," + QByteArray::number(end) + "]}";
}

QByteArray object(const QList<QByteArray> &entries)
{
    return "{" + entries.join(",") + "}";
}

const QByteArray kGood = object({entry("a", "F32", "[2,2]", 0, 16), entry("b", "BF16", "[3]", 16, 22)});

} // namespace

/// Each rule of the format (safetensors README and tensor.rs) has a good and a bad file.
class TestSafetensors : public QObject
{
    Q_OBJECT

    Folder m_folder;

    Result<SafetensorsHeader> read(const QByteArray &content) const
    {
        m_folder.put("file.safetensors", content);
        const auto file = File::open(m_folder.path("file.safetensors"));
        return file ? readSafetensorsHeader(*file) : Result<SafetensorsHeader>(tl::unexpected(file.error()));
    }

private slots:
    void readsAGoodFile()
    {
        const QByteArray header = object({quoted("'__metadata__':{'format':'pt'}"), entry("b", "BF16", "[3]", 16, 22),
                                          entry("a", "F32", "[2,2]", 0, 16)});
        const auto read_ = read(rawSafetensors(header, 22));
        QVERIFY2(read_.has_value(), read_ ? "" : read_.error().sentence().c_str());
        QCOMPARE(read_->headerBytes, uint64_t(8 + header.size()));
        QCOMPARE(read_->oddities.trailingBytes, uint64_t(0));
        QCOMPARE(read_->metadata.at("format"), std::string("pt"));
        QCOMPARE(read_->tensors.size(), size_t(2));
        const TensorRecord &a = read_->tensors[0], &b = read_->tensors[1]; // by offset
        QCOMPARE(a.name, std::string("a"));
        QCOMPARE(a.dtype, Dtype::F32);
        QCOMPARE(a.shape, (std::vector<int64_t>{2, 2}));
        QCOMPARE(a.elements, uint64_t(4));
        QCOMPARE(a.bytes, uint64_t(16));
        QCOMPARE(a.offset, read_->headerBytes);
        QCOMPARE(b.offset, read_->headerBytes + 16);
    }

    void takesWhatTheFormatAllows_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("data");
        QTest::newRow("no tensors") << QByteArray("{}") << 0;
        QTest::newRow("only metadata") << (quoted("{'__metadata__':{}}")) << 0;
        QTest::newRow("leading whitespace") << "  \n\t" + kGood << 22;
        QTest::newRow("trailing spaces") << kGood + "        " << 22;
        QTest::newRow("scalar") << object({entry("s", "F32", "[]", 0, 4)}) << 4;
        QTest::newRow("empty dimension") << object({entry("e", "F32", "[0,5]", 0, 0), entry("f", "U8", "[1]", 0, 1)})
                                         << 1;
        QTest::newRow("odd offsets") << object({entry("u", "U8", "[3]", 0, 3), entry("f", "F32", "[1]", 3, 7)}) << 7;
        QTest::newRow("four bits") << object({entry("q", "F4", "[2,8]", 0, 8)}) << 8;
        QTest::newRow("six bits") << object({entry("q", "F6_E2M3", "[4]", 0, 3)}) << 3;
        QTest::newRow("a field of a later version")
            << (quoted("{'a':{'dtype':'U8','shape':[1],'extra':{'x':[1,{'y':null}]},'data_offsets':[0,1]}}")) << 1;
        QTest::newRow("escaped name") << (quoted("{'a\\u00e9\\n':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}"))
                                      << 1;
    }
    void takesWhatTheFormatAllows()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, data);
        const auto read_ = read(rawSafetensors(header, data));
        QVERIFY2(read_.has_value(), read_ ? "" : read_.error().sentence().c_str());
    }

    void refusesWhatTheFormatForbids_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        using C = ErrorCode;
        const auto row = [](const char *name, const QByteArray &content, C code) {
            QTest::newRow(name) << content << int(code);
        };
        const auto header = [&row](const char *name, const QByteArray &text, int data, C code) {
            row(name, rawSafetensors(text, data), code);
        };
        row("empty file", QByteArray(), C::SafetensorsTooShort);
        row("seven bytes", QByteArray(7, '\0'), C::SafetensorsTooShort);
        QByteArray large(16, '\0');
        qToLittleEndian(quint64(100'000'001), large.data());
        row("header of more than 100 MB", large, C::SafetensorsHeaderTooLarge);
        qToLittleEndian(~quint64(0), large.data());
        row("header length that wraps", large, C::SafetensorsHeaderTooLarge);
        qToLittleEndian(quint64(9), large.data());
        row("header beyond the file", large, C::SafetensorsHeaderBeyondFile);
        header("no JSON", "this is no JSON", 0, C::SafetensorsHeaderNotJson);
        header("no header at all", "", 0, C::SafetensorsHeaderNotJson);
        header("cut short", kGood.chopped(1), 22, C::SafetensorsHeaderNotJson);
        header("something behind", kGood + "x", 22, C::SafetensorsHeaderNotJson);
        header("zero bytes behind", kGood + QByteArray(3, '\0'), 22, C::SafetensorsHeaderNotJson);
        header("byte order mark", "\xEF\xBB\xBF" + kGood, 22, C::SafetensorsHeaderNotJson);
        header("bad UTF-8", object({entry("\xFF", "U8", "[1]", 0, 1)}), 1, C::SafetensorsHeaderNotJson);
        header("an array", "[]", 0, C::SafetensorsHeaderNotJson);
        header("a number", "7", 0, C::SafetensorsHeaderNotJson);
        header("entry that is no object", quoted("{'a':7}"), 0, C::SafetensorsEntryInvalid);
        header("entry that is an array", quoted("{'a':[]}"), 0, C::SafetensorsEntryInvalid);
        header("no dtype", quoted("{'a':{'shape':[1],'data_offsets':[0,1]}}"), 1, C::SafetensorsEntryInvalid);
        header("no shape", quoted("{'a':{'dtype':'U8','data_offsets':[0,1]}}"), 1, C::SafetensorsEntryInvalid);
        header("no offsets", quoted("{'a':{'dtype':'U8','shape':[1]}}"), 1, C::SafetensorsEntryInvalid);
        header("one offset", quoted("{'a':{'dtype':'U8','shape':[1],'data_offsets':[0]}}"), 1, C::SafetensorsEntryInvalid);
        header("three offsets", quoted("{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1,2]}}"), 1,
               C::SafetensorsEntryInvalid);
        header("dtype that is a number", quoted("{'a':{'dtype':1,'shape':[1],'data_offsets':[0,1]}}"), 1,
               C::SafetensorsEntryInvalid);
        header("shape that is text", quoted("{'a':{'dtype':'U8','shape':'1','data_offsets':[0,1]}}"), 1,
               C::SafetensorsEntryInvalid);
        header("negative dimension", object({entry("a", "U8", "[-1]", 0, 1)}), 1, C::SafetensorsEntryInvalid);
        header("broken dimension", object({entry("a", "U8", "[1.5]", 0, 1)}), 1, C::SafetensorsEntryInvalid);
        header("nested shape", object({entry("a", "U8", "[[1]]", 0, 1)}), 1, C::SafetensorsEntryInvalid);
        header("field twice", quoted("{'a':{'dtype':'U8','dtype':'U8','shape':[1],'data_offsets':[0,1]}}"), 1,
               C::SafetensorsEntryInvalid);
        header("end before begin", object({entry("a", "U8", "[1]", 1, 0)}), 1, C::SafetensorsEntryInvalid);
        header("shape that overflows", object({entry("a", "U8", "[4294967296,4294967296]", 0, 1)}), 1,
               C::SafetensorsShapeOverflow);
        header("bits that overflow", object({entry("a", "F64", "[4611686018427387904]", 0, 1)}), 1,
               C::SafetensorsShapeOverflow);
        header("dimension beyond 63 bits", object({entry("a", "U8", "[9223372036854775808]", 0, 1)}), 1,
               C::SafetensorsShapeOverflow);
        header("bytes that overflow", object({entry("a", "U8", "[9000000000000000000]", 0, 1)}), 1,
               C::SafetensorsShapeOverflow);
        header("an offset beyond 63 bits", object({entry("a", "U8", "[1]", 9223372036854775807ULL, 9223372036854775808ULL)}),
               1, C::SafetensorsEntryInvalid);
        header("nested too deep in a field of a later version",
               quoted("{'a':{'dtype':'U8','extra':") + QByteArray(200, '[') + QByteArray(200, ']')
                   + quoted(",'shape':[1],'data_offsets':[0,1]}}"),
               1, C::SafetensorsHeaderNotJson);
        header("nested as deep as there is room", QByteArray(100'000, '['), 0, C::SafetensorsHeaderNotJson);
        header("an entry cut short that another file's text would complete", quoted("{'a':{'dtype':'U8','shape':[1]"), 0,
               C::SafetensorsHeaderNotJson);
        header("two objects", kGood + kGood, 44, C::SafetensorsHeaderNotJson);
        header("a comma at the end", "{" + entry("a", "U8", "[1]", 0, 1) + ",}", 1, C::SafetensorsHeaderNotJson);
        header("no comma", "{" + entry("a", "U8", "[1]", 0, 1) + entry("b", "U8", "[1]", 1, 2) + "}", 2,
               C::SafetensorsHeaderNotJson);
        header("a bare word", quoted("{'a':{'dtype':'U8','extra':nul,'shape':[1],'data_offsets':[0,1]}}"), 1,
               C::SafetensorsHeaderNotJson);
        header("a lone surrogate", quoted("{'\\ud800':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}"), 1,
               C::SafetensorsHeaderNotJson);
        header("a line break in a name", object({entry("a\nb", "U8", "[1]", 0, 1)}), 1, C::SafetensorsHeaderNotJson);
        header("only blanks", QByteArray(3'000'000, ' '), 0, C::SafetensorsHeaderNotJson);
        header("blanks, then garbage", QByteArray(3'000'000, '\n') + "x", 0, C::SafetensorsHeaderNotJson);
        header("a garbage object", "{" + QByteArray(3'000'000, '\x91') + "}", 0, C::SafetensorsHeaderNotJson);
    }
    void refusesWhatTheFormatForbids()
    {
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        const auto read_ = read(content);
        QVERIFY(!read_.has_value());
        QCOMPARE(definitionOf(read_.error().code).id, definitionOf(ErrorCode(code)).id);
        QCOMPARE(read_.error().where, std::string("file.safetensors"));
        // Whatever stood in the file, the sentence can be shown and written as JSON.
        QCOMPARE(validUtf8(read_.error().sentence()), read_.error().sentence());
    }

    void whatIsOddIsToldNotRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("data");
        QTest::addColumn<QList<int>>("told"); // tensors that overlap, pass the end, have a wrong size; bytes in gaps
        const auto row = [](const char *name, const QByteArray &header, int data, const QList<int> &told) {
            QTest::newRow(name) << header << data << told;
        };
        row("nothing", kGood, 22, {0, 0, 0, 0});
        row("too few bytes", object({entry("a", "F32", "[2]", 0, 7)}), 7, {0, 0, 1, 0});
        row("too many bytes", object({entry("a", "F32", "[2]", 0, 9)}), 9, {0, 0, 1, 0});
        row("half a byte", object({entry("a", "F4", "[3]", 0, 2)}), 2, {0, 0, 1, 0});
        row("hole at the start", object({entry("a", "U8", "[1]", 1, 2)}), 2, {0, 0, 0, 1});
        row("holes", object({entry("a", "U8", "[1]", 0, 1), entry("b", "U8", "[1]", 3, 4), entry("c", "U8", "[1]", 5, 6)}),
            6, {0, 0, 0, 3});
        row("overlap", object({entry("a", "U8", "[2]", 0, 2), entry("b", "U8", "[2]", 1, 3)}), 3, {1, 0, 0, 0});
        row("same bytes twice", object({entry("a", "U8", "[2]", 0, 2), entry("b", "U8", "[2]", 0, 2)}), 2, {1, 0, 0, 0});
        row("one within another", object({entry("a", "U8", "[9]", 0, 9), entry("b", "U8", "[1]", 2, 3),
                                          entry("c", "U8", "[1]", 4, 5)}), 9, {2, 0, 0, 0});
        row("nothing within another", object({entry("a", "U8", "[9]", 0, 9), entry("b", "U8", "[0]", 2, 2)}), 9,
            {0, 0, 0, 0});
        row("beyond the file", kGood, 21, {0, 1, 0, 0});
        row("far beyond the file", object({entry("a", "U8", "[1000000000000000000]", 0, 1000000000000000000)}), 1,
            {0, 1, 0, 0});
        row("a gap that goes on behind the file", object({entry("a", "U8", "[1]", 100, 101)}), 5, {0, 1, 0, 5});
        row("at the end of all numbers", object({entry("a", "U8", "[7]", 9223372036854775800ULL, 9223372036854775807ULL)}),
            1, {0, 1, 0, 1});
    }
    void whatIsOddIsToldNotRefused()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, data);
        QFETCH(QList<int>, told);
        const auto read_ = read(rawSafetensors(header, data));
        QVERIFY2(read_.has_value(), read_ ? "" : read_.error().sentence().c_str());
        const HeaderOddities &oddities = read_->oddities;
        QCOMPARE((QList<int>{int(oddities.overlapping.tensors), int(oddities.beyondFile.tensors),
                             int(oddities.sizeWrong.tensors), int(oddities.gapBytes)}),
                 told);
        QVERIFY(!read_->tensors.empty());
    }

    void oddMetadataIsToldAndTheRestKept()
    {
        const auto read_ = read(rawSafetensors(
            quoted("{'__metadata__':{'a':'1','b':2,'c':{'d':[]},'a':'2','e\\u00e9':'\\n'},'__metadata__':7,")
                + kGood.mid(1),
            22));
        QVERIFY2(read_.has_value(), read_ ? "" : read_.error().sentence().c_str());
        QCOMPARE(read_->metadata, (std::map<std::string, std::string>{{"a", "1"}, {"e\xC3\xA9", "\n"}}));
        QCOMPARE(read_->oddities.metadataTwice, (std::vector<std::string>{"a", "__metadata__"}));
        QCOMPARE(read_->oddities.metadataTypes,
                 (std::vector<std::pair<std::string, std::string>>{
                     {"b", "a number"}, {"c", "an object"}, {"__metadata__", "a number"}}));
        QCOMPARE(read_->tensors.size(), size_t(2));
    }

    void aNameTwiceGivesTwoRecords()
    {
        const auto read_ = read(rawSafetensors(object({entry("a", "U8", "[1]", 0, 1), entry("a", "U8", "[1]", 1, 2)}), 2));
        QVERIFY(read_.has_value());
        QCOMPARE(read_->tensors.size(), size_t(2));
    }

    void escapedAndManyNamesAreRead()
    {
        QList<QByteArray> entries;
        for (int i = 0; i < 3000; ++i)
            entries << entry(("l.\\u00e9\\\"." + QByteArray::number(i)).constData(), i % 2 ? "U8" : "F9_NEW", "[2,1]",
                             quint64(2 * i), quint64(2 * i + 2));
        const auto read_ = read(rawSafetensors("\n " + object(entries), 6000));
        QVERIFY2(read_.has_value(), read_ ? "" : read_.error().sentence().c_str());
        for (int i = 0; i < 3000; ++i) {
            const TensorRecord &tensor = read_->tensors[size_t(i)];
            QCOMPARE(tensor.name, "l.\xC3\xA9\"." + std::to_string(i));
            QCOMPARE(std::string(tensor.dtypeText), std::string(i % 2 ? "U8" : "F9_NEW"));
            QCOMPARE(tensor.shape, (std::vector<int64_t>{2, 1}));
        }
    }

    void trailingBytesAreToldNotRefused()
    {
        const auto read_ = read(rawSafetensors(kGood, 22 + 5));
        QVERIFY(read_.has_value());
        QCOMPARE(read_->oddities.trailingBytes, uint64_t(5));
    }

    void anUnknownDtypeKeepsItsNameAndBytes()
    {
        const auto read_ = read(rawSafetensors(object({entry("x", "F3_NEW", "[7]", 0, 5)}), 5));
        QVERIFY(read_.has_value());
        QCOMPARE(read_->tensors[0].dtype, Dtype::Unknown);
        QCOMPARE(read_->tensors[0].dtypeText, std::string("F3_NEW"));
        QCOMPARE(read_->tensors[0].bytes, uint64_t(5));
    }

    void dtypesHaveTheWidthsOfTheFormat()
    {
        const QMap<QString, int> bits{
            {"BOOL", 8}, {"F4", 4}, {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8}, {"I8", 8}, {"F8_E5M2", 8}, {"F8_E4M3", 8},
            {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}, {"I16", 16}, {"U16", 16}, {"F16", 16}, {"BF16", 16},
            {"I32", 32}, {"U32", 32}, {"F32", 32}, {"C64", 64}, {"F64", 64}, {"I64", 64}, {"U64", 64}};
        QCOMPARE(bits.size(), int(Dtype::C128)); // the ones before it are those of the format
        for (auto it = bits.begin(); it != bits.end(); ++it) {
            const Dtype dtype = dtypeFromName(it.key().toStdString());
            QVERIFY2(dtype != Dtype::Unknown, qPrintable(it.key()));
            QCOMPARE(dtypeBits(dtype), it.value());
            QCOMPARE(QString::fromLatin1(dtypeName(dtype)), it.key());
        }
        QCOMPARE(dtypeFromName("?x"), Dtype::Unknown);
    }

    void everyTruncationIsAnErrorOrTold()
    {
        const QByteArray whole = rawSafetensors(kGood, 22);
        for (int bytes = 0; bytes < whole.size(); ++bytes) {
            const auto read_ = read(whole.left(bytes));
            const bool told = read_ && read_->oddities.beyondFile.tensors > 0;
            QVERIFY2(bytes < 8 + kGood.size() ? !read_ : told, qPrintable(QString::number(bytes)));
        }
        QVERIFY(read(whole).has_value());
    }

    void everyChangedByteEndsWell()
    {
        const QByteArray whole = rawSafetensors(kGood, 22);
        int refused = 0;
        for (int at = 0; at < 8 + kGood.size(); ++at) {
            for (const char c : {'\0', '"', '9', '\xFF'}) {
                QByteArray changed = whole;
                changed[at] = c;
                refused += read(changed).has_value() ? 0 : 1;
            }
        }
        QVERIFY(refused > 250);
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
