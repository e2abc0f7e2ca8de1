// SPDX-License-Identifier: GPL-3.0-or-later
// The audit log: every way to falsify it is found, and no crash or second writer spoils it.
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/identify/audit.h"
#include "core/identify/watch/utctime.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace assay;

namespace {

constexpr int64_t kNow = 1'767'225'600; // 2026-01-01T00:00:00Z

std::string textOf(const std::string &file)
{
    const auto text = readWholeFile(file, 1 << 24);
    return text ? *text : std::string();
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines;
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end - begin + 1));
        begin = end + 1;
    }
    return lines;
}

std::string joined(const std::vector<std::string> &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += line;
    return text;
}

std::string writeLog(const QTemporaryDir &folder, int entries, const char *name = "audit.jsonl")
{
    const std::string file = folder.filePath(QString::fromLatin1(name)).toStdString();
    for (int i = 0; i < entries; ++i) {
        if (!appendAudit(file, {"ann@lab", "check", "check " + std::to_string(i), {{"value", i}}}, kNow + i))
            return {};
    }
    return file;
}

std::optional<AuditHead> headOf(const std::string &file)
{
    return auditHeadFrom(textOf(file + ".head"));
}

} // namespace

class TestAudit : public QObject
{
    Q_OBJECT
private slots:
    void tellsTime()
    {
        for (const int64_t seconds : {int64_t(0), kNow, int64_t(951'782'400), int64_t(4'102'444'799)}) {
            const QString expected = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(Qt::ISODate);
            QCOMPARE(QString::fromStdString(utcText(seconds)), expected);
            QCOMPARE(utcSeconds(utcText(seconds)).value_or(-1), seconds);
        }
        for (const char *wrong : {"", "2026-02-29T00:00:00Z", "2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:0xZ", "1969-01-01T00:00:00Z"})
            QVERIFY2(!utcSeconds(wrong), wrong);
    }

    void chainsEntries()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 3);
        const auto report = verifyAudit(file);
        QVERIFY(report);
        QCOMPARE(report->entries.size(), size_t(4));
        QCOMPARE(report->entries[0].kind, std::string("opened"));
        QCOMPARE(report->entries[0].details["format"].get<std::string>(), std::string("assay-audit/1"));
        QCOMPARE(report->entries[0].at, std::string("2026-01-01T00:00:00Z"));
        QCOMPARE(report->entries[3].what, std::string("check 2"));
        QVERIFY(report->endKnown && report->torn.empty() && report->clockWentBack.empty());
    }

    // By another implementation of SHA-256 and by hand: what docs say of the chain is enough to check it.
    void isCheckedByHand()
    {
        const QTemporaryDir folder;
        const auto lines = linesOf(textOf(writeLog(folder, 2)));
        QByteArray previous(64, '0');
        for (const std::string &line : lines) {
            QByteArray bytes = QByteArray::fromStdString(line).trimmed();
            const qsizetype at = bytes.indexOf("\"hash\":\"");
            const QByteArray hash = bytes.mid(at + 8, 64);
            bytes.remove(at, 8 + 64 + 2); // with its comma
            QCOMPARE(QCryptographicHash::hash(previous + '\n' + bytes, QCryptographicHash::Sha256).toHex(), hash);
            previous = hash;
        }
        QCOMPARE(lines.size(), size_t(3));
    }

    void findsEveryChangedByte()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 4), text = textOf(file);
        const auto head = headOf(file);
        const auto lines = linesOf(text);
        const size_t begin = lines[0].size() + lines[1].size();
        int missed = 0;
        for (size_t i = begin; i < begin + lines[2].size(); ++i) {
            for (const char other : {char(text[i] ^ 1), char(text[i] ^ 0x20), ' ', '\n'}) {
                std::string changed = text;
                changed[i] = other;
                const auto report = checkAudit(changed, head, "log");
                missed += changed != text && report.has_value();
                if (changed != text && !report && i + 1 < begin + lines[2].size() && other != '\n')
                    QCOMPARE(report.error().arguments[1], std::string("2"));
            }
        }
        QCOMPARE(missed, 0);
    }

    void findsWhatHappened_data()
    {
        QTest::addColumn<QList<int>>("order");
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("words");
        QTest::newRow("removed") << QList<int>{0, 1, 3, 4} << "2" << "taken out";
        QTest::newRow("first removed") << QList<int>{1, 2, 3, 4} << "0" << "taken out";
        QTest::newRow("swapped") << QList<int>{0, 2, 1, 3, 4} << "1" << "moved behind";
        QTest::newRow("twice") << QList<int>{0, 1, 2, 2, 3, 4} << "2" << "second time";
        QTest::newRow("cut off") << QList<int>{0, 1, 2} << "3" << "cut off";
        QTest::newRow("empty") << QList<int>{} << "0" << "cut off";
    }

    void findsWhatHappened()
    {
        QFETCH(QList<int>, order);
        QFETCH(QString, entry);
        QFETCH(QString, words);
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 4);
        const auto lines = linesOf(textOf(file));
        std::vector<std::string> falsified;
        for (const int i : order)
            falsified.push_back(lines[size_t(i)]);
        QVERIFY(writeFileAtomically(file, std::string_view(joined(falsified))));
        const auto report = verifyAudit(file);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::AuditBroken);
        QCOMPARE(QString::fromStdString(report.error().arguments[1]), entry);
        QVERIFY2(QString::fromStdString(report.error().arguments[2]).contains(words), report.error().arguments[2].c_str());
    }

    // Whoever makes an entry with a hash of its own breaks the one behind it, and at the end the head.
    void findsForgedEntries()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 4);
        const auto head = headOf(file);
        auto lines = linesOf(textOf(file));
        auto entry = intactAuditEntry(std::string_view(lines[2]).substr(0, lines[2].size() - 1));
        QVERIFY(entry);
        entry->what = "nothing happened";
        auto forged = lines;
        forged[2] = auditLine(*entry);
        const auto middle = checkAudit(joined(forged), head, "log");
        QVERIFY(!middle);
        QCOMPARE(middle.error().arguments[1], std::string("3"));
        auto last = intactAuditEntry(std::string_view(lines[4]).substr(0, lines[4].size() - 1));
        last->what = "nothing happened";
        lines[4] = auditLine(*last);
        const auto end = checkAudit(joined(lines), head, "log");
        QVERIFY(!end);
        QCOMPARE(end.error().arguments[1], std::string("4"));
        // A whole log written anew, head and all: an end that was kept elsewhere tells.
        const std::string other = writeLog(folder, 6, "other.jsonl");
        QVERIFY(verifyAudit(other));
        const auto remembered = verifyAudit(other, head);
        QVERIFY(remembered); // the same entries were written at the same times: the same log, longer
        QVERIFY(!verifyAudit(other, AuditHead{5, std::string(64, 'a')}));
        QVERIFY(!verifyAudit(other, AuditHead{8, head->hash}));
    }

    void saysWhenTheEndIsNotKnown()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 3);
        const auto head = headOf(file);
        std::filesystem::remove(file + ".head");
        auto report = verifyAudit(file);
        QVERIFY(report && !report->endKnown);
        QVERIFY(verifyAudit(file, head)->endKnown);
        QVERIFY(writeFileAtomically(file + ".head", std::string_view("{\"entries\":-1}")));
        QVERIFY(!verifyAudit(file));
    }

    void outlivesACrash()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 3), whole = textOf(file);
        const auto lines = linesOf(whole);
        for (const size_t part : {size_t(1), lines[3].size() / 2, lines[3].size() - 1}) {
            const std::string half = lines[3].substr(0, part);
            const std::string path = folder.filePath(QStringLiteral("crashed%1").arg(part)).toStdString();
            QVERIFY(writeFileAtomically(path, std::string_view(whole + half)));
            const auto before = verifyAudit(path);
            QVERIFY(before);
            QCOMPARE(before->torn, half);
            const auto appended = appendAudit(path, {"ann@lab", "note", "after", {}}, kNow + 9);
            QVERIFY(appended);
            QCOMPARE(appended->told.size(), size_t(1));
            const auto after = verifyAudit(path);
            QVERIFY(after);
            QCOMPARE(after->entries.size(), size_t(6));
            QCOMPARE(after->entries[4].kind, std::string("recovered"));
            QCOMPARE(after->entries[4].details["sha256"].get<std::string>(), sha256(half));
            QCOMPARE(textOf(path + ".torn"), half + "\n");
        }
    }

    void refusesToGoOnWhereItWasFalsified()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 3);
        auto lines = linesOf(textOf(file));
        const AuditNote note{"ann@lab", "note", "more", {}};
        lines[3][lines[3].size() / 2] ^= 1;
        QVERIFY(writeFileAtomically(file, std::string_view(joined(lines))));
        const auto changed = appendAudit(file, note, kNow);
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::AuditBroken);
        lines.pop_back();
        QVERIFY(writeFileAtomically(file, std::string_view(joined(lines))));
        QVERIFY(!appendAudit(file, note, kNow));
        QVERIFY(writeFileAtomically(file, std::string_view()));
        QVERIFY(!appendAudit(file, note, kNow));
        QCOMPARE(appendAudit(folder.path().toStdString() + "/no/such/folder", note, kNow).error().code, ErrorCode::FileUnwritable);
        QVERIFY(!appendAudit(folder.filePath(QStringLiteral("long")).toStdString(), {"a", "note", std::string(70'000, 'x'), {}}, kNow));
    }

    void tellsThatTheClockWentBack()
    {
        const QTemporaryDir folder;
        const std::string file = writeLog(folder, 2);
        const auto appended = appendAudit(file, {"ann@lab", "note", "earlier", {}}, kNow - 3600);
        QVERIFY(appended);
        QCOMPARE(appended->told.size(), size_t(1));
        const auto report = verifyAudit(file);
        QVERIFY(report);
        QCOMPARE(report->entries[3].kind, std::string("clock"));
        QCOMPARE(report->clockWentBack, (std::vector<int64_t>{3}));
    }

    void keepsAnyBytes()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("bytes")).toStdString();
        for (const std::string &what : {std::string("\xff\xfe\0 bytes", 9), std::string("line\nbreak \"quoted\" \\"), std::string("\xe4\xbd\xa0\xe5\xa5\xbd"), std::string()})
            QVERIFY(appendAudit(file, {"who\xc0", "note", what, {{"bytes", validUtf8(what)}}}, kNow));
        const auto report = verifyAudit(file);
        QVERIFY(report);
        QCOMPARE(report->entries.size(), size_t(5));
        QCOMPARE(report->entries[3].what, std::string("\xe4\xbd\xa0\xe5\xa5\xbd"));
    }

    void takesTwoWriters()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("both")).toStdString();
        constexpr int kEach = 25;
        const auto write = [&file](const char *who) {
            int written = 0;
            for (int i = 0; i < kEach; ++i)
                written += appendAudit(file, {who, "note", std::to_string(i), {}}, kNow).has_value();
            return written;
        };
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(write("child") == kEach ? 0 : 1);
        int here = 0, there = 0;
        std::thread other([&] { there = write("thread"); });
        here = write("parent");
        other.join();
        int status = 1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        QCOMPARE(here + there, 2 * kEach);
        const auto report = verifyAudit(file);
        QVERIFY2(report, report ? "" : report.error().sentence().c_str());
        QCOMPARE(report->entries.size(), size_t(3 * kEach + 1));
    }
};

QTEST_APPLESS_MAIN(TestAudit)
#include "tst_audit.moc"
