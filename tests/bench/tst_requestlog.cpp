// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/requestlog.h"
#include "tests/bench/requestmaker.h"

#include <QtTest>
#include <cstdlib>
#include <limits>
#include <random>
#include <set>
#include <thread>

using namespace assay;
using namespace assay::made;

namespace {

/// Every field has a value of its own.
RequestRecord full()
{
    RequestRecord record = request(20, {{220.5, Channel::Reasoning, 7}, {230, Channel::Reasoning, 300}, {230, Channel::Answer, 15, 1, 2}, {229.9, Channel::Tool, 14, 9, 3}}, 41);
    record.point = 3;
    record.attempt = 2;
    record.round = 5;
    record.warmup = true;
    record.outputTokens = 77;
    record.scheduled = ms(-3.25);
    record.connected = ms(25);
    record.headers = ms(27);
    record.firstByte = ms(26); // out of order, as a lying clock has it
    record.text = std::string("ein Text\0mit Null und \xff", 23);
    record.failure = Failure::CutShort;
    record.status = 200;
    record.detail = "closed";
    record.finish = "length";
    record.model = "deepseek-r1";
    record.usage = {.prompt = 812, .completion = 300, .reasoning = 0, .cached = 512};
    record.times = {.queue = 0.25, .prompt = {}, .decode = 1e-9, .total = 3};
    record.localTokens = 299;
    record.receivedBytes = 1ull << 60;
    record.retryAfterMs = 1500;
    record.httpVersion = 20;
    return record;
}

RequestRecord extreme()
{
    constexpr int64_t least = std::numeric_limits<int64_t>::min(), most = std::numeric_limits<int64_t>::max();
    RequestRecord record;
    record.index = least;
    record.point = std::numeric_limits<int32_t>::min();
    record.attempt = std::numeric_limits<int32_t>::max();
    record.promptTokens = most;
    record.outputTokens = least;
    record.scheduled = most;
    record.sent = least;
    record.ended = most;
    record.retryAfterMs = least;
    record.receivedBytes = std::numeric_limits<uint64_t>::max();
    record.usage.prompt = least;
    record.chunks = {{least, 0xffffffff, Channel::Tool, 0xffffffff, 0xffffffff}, {most, 0, Channel::Answer, 0, 0}, {0, 0, Channel::Answer, 1, 0}};
    return record;
}

} // namespace

class TestRequestLog : public QObject
{
    Q_OBJECT

private slots:
    void comesBack_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("every field") << 0;
        QTest::newRow("nothing set") << 1;
        QTest::newRow("extremes") << 2;
        QTest::newRow("never sent") << 3;
    }

    void comesBack()
    {
        QFETCH(int, which);
        RequestRecord unsent = full();
        unsent.sent = unsent.headers = unsent.ended = kNever;
        const RequestRecord records[]{full(), RequestRecord{}, extreme(), unsent};
        const auto again = decodeRecord(encodeRecord(records[which]));
        QVERIFY2(again, again ? "" : again.error().sentence().c_str());
        QVERIFY(*again == records[which]);
    }

    void randomRecordsComeBack()
    {
        std::mt19937_64 random(7);
        for (int i = 0; i < 300; ++i) {
            RequestRecord record;
            record.sent = int64_t(random() >> (random() % 60));
            for (uint64_t n = random() % 40; n > 0; --n)
                record.chunks.push_back({int64_t(random() >> (random() % 60)), uint32_t(random() >> (32 + random() % 31)), Channel(random() % 3),
                                         uint32_t(random() >> (32 + random() % 31)), uint32_t(random() % 3)});
            const auto again = decodeRecord(encodeRecord(record));
            QVERIFY(again);
            QVERIFY(*again == record);
        }
    }

    /// 20 ms between pieces with a millisecond of jitter: what a served model gives.
    void takesFourBytesAPiece()
    {
        std::mt19937_64 random(3);
        RequestRecord record = steady(0, 300, 20, 1);
        const size_t before = encodeRecord(record).size();
        constexpr int kPieces = 1000;
        for (int i = 0; i < kPieces; ++i) {
            const int64_t jitter = int64_t(random() % 1'000'000) - 500'000;
            record.chunks.push_back({record.chunks.back().at + ms(20) + jitter, uint32_t(i + 1), Channel::Answer, uint32_t(1 + random() % 9), 0});
        }
        const double each = double(encodeRecord(record).size() - before) / kPieces;
        QVERIFY2(each <= 4.1, std::to_string(each).c_str());
    }

    void cutAnywhereIsDamaged()
    {
        const std::string bytes = encodeRecord(full());
        for (size_t length = 0; length < bytes.size(); ++length) {
            const auto record = decodeRecord(std::string_view(bytes).substr(0, length));
            QVERIFY2(!record, std::to_string(length).c_str());
            QCOMPARE(record.error().code, ErrorCode::StoreDamaged);
        }
        QVERIFY(!decodeRecord(bytes + '\0'));
    }

    void flippedBitsNeverHurt()
    {
        const std::string bytes = encodeRecord(full());
        for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            std::string changed = bytes;
            changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
            if (const auto record = decodeRecord(changed)) {
                const auto again = decodeRecord(encodeRecord(*record));
                QVERIFY(again);
                QCOMPARE(encodeRecord(*again), encodeRecord(*record));
            }
        }
    }

    void versionsAndRangesAreChecked()
    {
        std::string bytes = encodeRecord(full());
        bytes[0] = 2;
        const auto other = decodeRecord(bytes);
        QVERIFY(!other);
        QVERIFY(other.error().sentence().find("another version") != std::string::npos);
        // A declared million of pieces in a record of some bytes allocates nothing.
        RequestRecord one = steady(0, 1, 1, 1);
        bytes = encodeRecord(one);
        bytes.replace(bytes.rfind('\x01', bytes.size() - 4), 1, "\xff\xff\xff\xff\x0f");
        QVERIFY(!decodeRecord(bytes));
    }

    void growsAcrossBlocks()
    {
        RequestLog log;
        QVERIFY(log.empty());
        const RequestRecord record = steady(0, 300, 20, 100);
        for (int i = 0; i < 5000; ++i) {
            RequestRecord each = record;
            each.index = i;
            log.append(each);
        }
        QCOMPARE(log.size(), size_t(5000));
        for (size_t i = 0; i < log.size(); i += 37)
            QCOMPARE(log.at(i).index, int64_t(i));
        QVERIFY(log.at(4999) == decodeRecord(log.encoded(4999)));
        const double each = double(log.memoryBytes()) / 5000;
        QVERIFY2(each < 700, std::to_string(each).c_str());
    }

    void aSnapshotNeverChanges()
    {
        RequestLog log;
        log.append(steady(0, 1, 1, 2, 7));
        const RequestLog snapshot = log;
        const std::string_view before = snapshot.encoded(0);
        int right = 0;
        std::thread reader([&] {
            for (int i = 0; i < 1000; ++i)
                right += snapshot.at(0).index == 7;
        });
        for (int i = 0; i < 20'000; ++i)
            log.append(steady(0, 1, 1, 20, i));
        reader.join();
        QCOMPARE(right, 1000);
        QCOMPARE(snapshot.size(), size_t(1));
        QCOMPARE(snapshot.encoded(0).data(), before.data());
        QVERIFY(snapshot.encoded(1).empty());
        QCOMPARE(log.size(), size_t(20'001));
    }

    void aDamagedRecordIsAFailedOne()
    {
        RequestLog log;
        log.appendEncoded("\x01garbage");
        log.appendEncoded("");
        log.append(steady(0, 1, 1, 2, 3));
        QCOMPARE(log.at(0).failure, Failure::Malformed);
        QCOMPARE(log.at(1).failure, Failure::Malformed);
        QCOMPARE(log.at(2).index, int64_t(3));
        QCOMPARE(log.at(99).failure, Failure::Malformed);
    }

    void everyFailureHasARow()
    {
        const auto &rows = failureDefinitions();
        QCOMPARE(rows.size(), size_t(Failure::Count_));
        std::set<std::string> ids;
        for (size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(size_t(rows[i].failure), i);
            QCOMPARE(&definitionOf(Failure(i)), &rows[i]);
            QCOMPARE(failureFromId(rows[i].id), Failure(i));
            QVERIFY(ids.insert(rows[i].id).second);
            QVERIFY(*rows[i].label && *rows[i].meaning);
        }
        QCOMPARE(failureFromId("nothing like that"), Failure::Count_);
    }
};

QTEST_APPLESS_MAIN(TestRequestLog)
#include "tst_requestlog.moc"
