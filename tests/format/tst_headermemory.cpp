// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchmarks/childprocess.h"
#include "core/format/headerdensity.h"
#include "core/format/safetensors.h"
#include "tests/format/testfiles.h"

#include <QtTest>

using namespace assay;
using namespace assay::test;

namespace {

constexpr qsizetype kLarge = 64 << 20;

/// The start, then a piece over and over.
QByteArray filled(const QByteArray &start, const QByteArray &piece, qsizetype size = kLarge)
{
    return start + piece.repeated((size - start.size()) / piece.size());
}

/// Entries of the fewest characters there can be: no bytes, all sizes of one digit.
QByteArray shortEntries(int count, const QByteArray &shape)
{
    QByteArray out = "{";
    for (int i = 0; i < count; ++i) {
        out += (i == 0 ? "\"" : ",\"") + QByteArray::number(i, 36) + quoted("':{'dtype':'U8','shape':") + shape
               + quoted(",'data_offsets':[0,0]}");
    }
    return out + "}";
}

} // namespace

/// What a large header that is none costs, in a process of its own.
class TestHeaderMemory : public QObject
{
    Q_OBJECT

    Folder m_folder;

private slots:
    void garbageCostsLittle_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("nested brackets") << filled(quoted("{'a':"), "[");
        QTest::newRow("nested objects") << filled("", quoted("{'':"));
        QTest::newRow("commas") << filled(quoted("{'a':"), ",");
        QTest::newRow("numbers") << filled(quoted("{'a':["), "1,");
        QTest::newRow("empty texts") << filled("{", quoted("'':'',"));
        QTest::newRow("control characters that pass for colons")
            << filled("{\"" + QByteArray(5000, 'a') + "\":", "\x1a");
        QTest::newRow("behind a good start") << filled(shortEntries(100'000, "[1]").chopped(1), ",{");
        QTest::newRow("behind a long text") << filled("{\"" + QByteArray(9 << 20, ',') + "\":", "[");
    }
    void garbageCostsLittle()
    {
        QFETCH(QByteArray, header);
        m_folder.put("file.safetensors", rawSafetensors(header, 0));
        const std::filesystem::path path = m_folder.path("file.safetensors");
        const benchmark::Child child = benchmark::forkChild([&] {
            const auto file = File::open(path);
            const auto read = file ? readSafetensorsHeader(*file) : Result<SafetensorsHeader>();
            return !read && read.error().code == ErrorCode::SafetensorsHeaderNotJson ? 0 : 1;
        });
        QCOMPARE(child.exitCode, 0);
        // An index of it alone would take up to four times its size.
        QVERIFY2(child.grownMegabytes <= 32, qPrintable(QString::number(child.grownMegabytes)));
        const uint64_t size = 8 + uint64_t(header.size());
        QVERIFY(!parseSafetensorsHeader(header.toStdString(), size, size));
    }

    void largeHeadersAreRead_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("tensors");
        QTest::newRow("the shortest entries") << shortEntries(250'000, "[0]") << 250'000;
        QTest::newRow("of many short sizes") << shortEntries(200'000, "[0,1,1,1,1,1]") << 200'000;
        QTest::newRow("JSON within a text")
            << QByteArray(filled(quoted("{'__metadata__':{'a':'"), "[1,\\\"\\\\\\\",2],", 20 << 20) + "\"}}") << 0;
        const QByteArray rest = quoted("':{'dtype':'U8','shape':[0],'data_offsets':[0,0]}}");
        QTest::newRow("only commas in a name") << QByteArray("{\"" + QByteArray(12 << 20, ',') + rest) << 1;
    }
    /// However much of it is brackets and commas, within texts above all.
    void largeHeadersAreRead()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, tensors);
        QVERIFY(size_t(header.size()) > HeaderDensity::kSmall + HeaderDensity::kWindow);
        m_folder.put("file.safetensors", rawSafetensors(header, 0));
        const auto file = File::open(m_folder.path("file.safetensors"));
        QVERIFY(file);
        const auto read = readSafetensorsHeader(*file);
        QVERIFY2(read.has_value(), read ? "" : read.error().sentence().c_str());
        QCOMPARE(int(read->tensors.size()), tensors);
    }

    /// Told the same however the text is cut into pieces.
    void piecesAddUp()
    {
        const QByteArray text = filled("{\"" + QByteArray((5 << 20) + 1, ',') + "\\\"\":", "[", 16 << 20);
        const std::string_view view(text.constData(), size_t(text.size()));
        for (const size_t step : {size_t(1) << 20, (size_t(3) << 20) + 7, view.size()}) {
            HeaderDensity density;
            bool plausible = true;
            for (size_t end = 0; end < view.size() && plausible;) {
                end = std::min(view.size(), end + step);
                plausible = density.plausible(view.substr(0, end));
            }
            QVERIFY(!plausible);
        }
    }
};

QTEST_GUILESS_MAIN(TestHeaderMemory)
#include "tst_headermemory.moc"
