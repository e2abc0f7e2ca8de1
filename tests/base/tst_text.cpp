// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/naturalorder.h"
#include "core/base/text.h"
#include "core/base/units.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace assay;

class TestText : public QObject
{
    Q_OBJECT

private slots:
    void fillInTakesArgumentsByNumber()
    {
        QCOMPARE(fillIn("%2 before %1, %2 again", {"a", "b"}), std::string("b before a, b again"));
        QCOMPARE(fillIn("%1 and %2", {"a"}), std::string("a and %2"));
        QCOMPARE(fillIn("100 % of %1%", {"x"}), std::string("100 % of x%"));
        // An argument is not read again.
        QCOMPARE(fillIn("%1", {"%1 %2"}), std::string("%1 %2"));
    }

    void aCountHasItsForm()
    {
        const char *pattern = "%1 {1:layer keeps|layers keep} %2 {2:token|tokens}";
        QCOMPARE(fillIn(pattern, {"1", "4,096"}), std::string("1 layer keeps 4,096 tokens"));
        QCOMPARE(fillIn(pattern, {"11", "1"}), std::string("11 layers keep 1 token"));
        QCOMPARE(fillIn("%1 {1:tensor|tensors}", {"0"}), std::string("0 tensors"));
        QCOMPARE(fillIn("%1 {1:tensor|tensors}", {}), std::string("%1 tensors"));
        QCOMPARE(fillIn("{1:%1 layer|%1 layers} of %2", {"2", "x"}), std::string("2 layers of x"));
        QCOMPARE(fillIn("missing{1:: |, for example }%2", {"1", "x"}), std::string("missing: x"));
        // A translation without plurals leaves the braces out; other braces are text.
        QCOMPARE(fillIn("%1 layers", {"1"}), std::string("1 layers"));
        QCOMPARE(fillIn("{1:a} {x|y} {1:a {%1", {"1"}), std::string("{1:a} {x|y} {1:a {1"));
        // An argument is not read again.
        QCOMPARE(fillIn("%1", {"{1:a|b}"}), std::string("{1:a|b}"));
    }

    void validUtf8AgreesWithQt_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("ascii") << QByteArray("plain");
        QTest::newRow("two and three and four bytes") << QByteArray("\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x99\x82");
        QTest::newRow("lone lead") << QByteArray("a\xC3");
        QTest::newRow("overlong") << QByteArray("\xC0\xAF");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80");
        QTest::newRow("beyond the last") << QByteArray("\xF4\x90\x80\x80");
        QTest::newRow("not a lead") << QByteArray("\xFF\xFEx");
    }
    void validUtf8AgreesWithQt()
    {
        QFETCH(QByteArray, bytes);
        const std::string cleaned = validUtf8(std::string_view(bytes.constData(), size_t(bytes.size())));
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString back = decoder(QByteArrayView(cleaned.data(), qsizetype(cleaned.size())));
        QVERIFY(!decoder.hasError());
        QStringDecoder strict(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString direct = strict(bytes);
        if (!strict.hasError())
            QCOMPARE(back, direct);
        else
            QVERIFY(back.contains(QChar(0xFFFD)));
    }

    void naturalOrder()
    {
        std::vector<std::string> names{"l.10.b", "l.2.a", "l.02.a", "l.9", "l.10.a", "a", "l.2-x", "l.2.b", "l.02.b"};
        std::sort(names.begin(), names.end(), naturalLess);
        const std::vector<std::string> wanted{"a",      "l.2-x",  "l.2.a",  "l.2.b", "l.02.a",
                                              "l.02.b", "l.9",    "l.10.a", "l.10.b"};
        QCOMPARE(names, wanted);
    }

    void naturalOrderOfVeryLongNumbers()
    {
        const std::string shorter(300, '9'), longer = "1" + std::string(300, '0');
        QVERIFY(naturalLess(shorter, longer));
        QVERIFY(!naturalLess(longer, shorter));
        QVERIFY(!naturalLess(longer, longer));
    }

    void units_data()
    {
        QTest::addColumn<QString>("got");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *name, const std::string &got, const char *wanted) {
            QTest::newRow(name) << QString::fromStdString(got) << QString::fromLatin1(wanted);
        };
        row("three digits, small", threeDigits(0.01234), "0.0123");
        row("three digits, rounding up", threeDigits(9.996), "10.0");
        row("three digits, large", threeDigits(1234.5), "1230");
        row("not a number", threeDigits(std::nan("")), "-");
        row("plain, whole", plainNumber(40), "40");
        row("plain, large", plainNumber(1000000), "1000000");
        row("plain, part", plainNumber(1.5), "1.5");
        row("plain, huge", plainNumber(1e300), "1e+300");
        row("plain, not a number", plainNumber(std::nan("")), "-");
        row("bytes", formatBytes(512), "512 B");
        row("GiB", formatBytes(688586727753.0), "641 GiB");
        row("just below a unit", formatBytes(1048575), "1.00 MiB");
        row("parameters", formatCount(7615616512.0), "7.62 B");
        row("large parameters", formatCount(671026419200.0), "671 B");
        row("small count", formatCount(259), "259");
        row("milliseconds", formatSeconds(0.004123), "4.12 ms");
        row("minutes", formatSeconds(125), "2 min 5 s");
        row("grouped", groupedDigits(1234567), "1,234,567");
        row("grouped, negative", groupedDigits(-1234), "-1,234");
        row("grouped, short", groupedDigits(-123), "-123");
        row("percent", formatPercent(0.875), "87.5 %");
    }
    void units()
    {
        QFETCH(QString, got);
        QFETCH(QString, wanted);
        QCOMPARE(got, wanted);
    }

    void timesAreUtcInIsoForm()
    {
        const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-1);
        const QDateTime now = QDateTime::fromString(QString::fromStdString(utcNow()), Qt::ISODate);
        QVERIFY(now.isValid());
        QCOMPARE(now.timeSpec(), Qt::UTC);
        QVERIFY(now >= before && now <= QDateTime::currentDateTimeUtc());
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
