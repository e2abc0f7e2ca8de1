// SPDX-License-Identifier: GPL-3.0-or-later
// Archives put together by hand, honest and hostile, and what is told of them as PyTorch files.
#include "core/format/modeldirectory.h"
#include "core/format/partsource.h"
#include "core/format/ziparchive.h"
#include "testfiles.h"
#include "zipwriter.h"

#include <QTest>

using namespace assay;
using namespace assay::test;

namespace {

const QByteArray kEmptyPickle("\x80\x02}.");
const QByteArray kEvilPickle("cos\nsystem\n(S'true'\ntR.");

Result<ZipArchive> opened(const QByteArray &bytes)
{
    return ZipArchive::open(std::make_shared<const MemorySource>(bytes.toStdString(), "test"));
}

QByteArray contentOf(const ZipArchive &archive, const char *name)
{
    const ZipEntry *entry = archive.find(name);
    const auto content = entry ? archive.content(*entry, 1'000'000) : Result<std::shared_ptr<const ByteSource>>(nullptr);
    if (!content || !*content)
        return {};
    return QByteArray::fromStdString((*content)->readText(0, (*content)->size()).value_or(std::string()));
}

} // namespace

class TestZip : public QObject
{
    Q_OBJECT

private:
    Folder m_folder;

    /// The archive opened as a model.
    Checkpoint asModel(const QByteArray &archive)
    {
        m_folder.put("test.pt", archive);
        auto model = openModelDirectory(m_folder.path("test.pt"));
        return model ? std::move(model->checkpoint) : Checkpoint();
    }

    /// What the findings say, one a line.
    QByteArray told(const QByteArray &archive)
    {
        QByteArray out;
        for (const Finding &finding : asModel(archive).findings)
            out += QByteArray::fromStdString(finding.sentence()) + "\n";
        return out;
    }

private slots:
    void membersAreRead_data()
    {
        QTest::addColumn<bool>("wide");
        QTest::newRow("ZIP") << false;
        QTest::newRow("ZIP64") << true;
    }

    void membersAreRead()
    {
        QFETCH(bool, wide);
        const QByteArray bytes = zipArchive({{"a/one", "first"}, {"a/two", QByteArray(1000, 'x'), true}, {"a/none", ""}}, wide);
        const auto archive = opened(bytes);
        QVERIFY(archive);
        QCOMPARE(archive->entries().size(), size_t(3));
        QVERIFY(archive->contradictions().empty());
        QCOMPARE(contentOf(*archive, "a/one"), QByteArray("first"));
        QCOMPARE(contentOf(*archive, "a/two"), QByteArray(1000, 'x'));
        const ZipEntry *one = archive->find("a/one"), *two = archive->find("a/two");
        QCOMPARE(bytes.mid(qsizetype(one->dataOffset), qsizetype(one->size)), QByteArray("first"));
        QVERIFY(one->stored() && !two->stored());
        QVERIFY(!archive->find("a/three"));
    }

    void contradictionsAreTold_data()
    {
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<QByteArray>("told");
        const ZipMember data{"a/data.pkl", kEmptyPickle};
        const auto row = [](const char *name, const QByteArray &archive, const char *text) {
            QTest::newRow(name) << archive << QByteArray(text);
        };
        row("two names", zipArchive({data, data}), "two members have the same name");
        row("names in two cases", zipArchive({data, {"a/DATA.pkl", kEmptyPickle}}), "two members have the same name");
        ZipMember member{"a/x", "text"};
        member.localName = "a/y";
        row("other name", zipArchive({data, member}), "a member's header and the directory disagree");
        member.localName.clear();
        member.localMethod = 8;
        row("other method", zipArchive({data, member}), "a member's header and the directory disagree");
        member = {"a/x", kEmptyPickle};
        member.sameHeaderAs = 0;
        row("one place", zipArchive({data, member}), "two members share bytes");
        row("above", zipArchive({data, {"a/../../etc/passwd", "x"}}), "a member's name is a path out of the archive");
        row("absolute", zipArchive({data, {"/etc/passwd", "x"}}), "a member's name is a path out of the archive");
        row("back slashes", zipArchive({data, {"a\\b", "x"}}), "a member's name is a path out of the archive");
        row("drive", zipArchive({data, {"c:x", "x"}}), "a member's name is a path out of the archive");
        member = {"a/data.pkl", kEmptyPickle};
        member.wrongChecksum = true;
        row("checksum", zipArchive({member}), "a member's checksum is wrong");
        member = {"a/x", "text"};
        member.flags = 1;
        row("encrypted", zipArchive({data, member}), "a member is encrypted");
        member = {"a/x", "text"};
        member.before = QByteArray(100, 'h');
        row("hidden bytes", zipArchive({data, member}), "bytes between its members belong to none");
        row("bytes after", zipArchive({data}) + "more", "bytes follow its end");
        row("bytes before", zipArchive({data}, false, QByteArray("PK\x03\x04") + QByteArray(60, '\0')),
            "bytes between its members belong to none");
        member = {"a/x", "text"};
        member.declaredSize = 3;
        row("stored size", zipArchive({data, member}), "a member claims a size that its packed bytes cannot have");
        QByteArray count = zipArchive({data});
        count[count.size() - 12] = 9;
        row("count", count, "its directory holds another number of members than it says");
    }

    void contradictionsAreTold()
    {
        QFETCH(QByteArray, archive);
        QFETCH(QByteArray, told);
        const QByteArray all = this->told(archive);
        QVERIFY2(all.contains("The archive test.pt contradicts itself: " + told), all.constData());
    }

    void honestArchivesAreNotBlamed()
    {
        QVERIFY(!told(zipArchive({{"a/data.pkl", kEmptyPickle}, {"a/version", "3\n"}, {"a/b..c/12:30", "x"}}, true)).contains("contradicts"));
    }

    void everyMemberIsScanned_data()
    {
        QTest::addColumn<QByteArray>("archive");
        QTest::addColumn<QByteArray>("file");
        const ZipMember data{"a/data.pkl", kEmptyPickle};
        QTest::newRow("storage") << zipArchive({data, {"a/data/0", kEvilPickle}}) << QByteArray("test.pt/a/data/0");
        QTest::newRow("text") << zipArchive({data, {"a/README.md", kEvilPickle}}) << QByteArray("test.pt/a/README.md");
        QTest::newRow("packed") << zipArchive({data, {"a/x.py", kEvilPickle, true}}) << QByteArray("test.pt/a/x.py");
        QTest::newRow("second of its name") << zipArchive({data, {"a/data.pkl", kEvilPickle}})
                                            << QByteArray("test.pt/a/data.pkl");
        QTest::newRow("first of its name") << zipArchive({{"a/data.pkl", kEvilPickle}, data})
                                           << QByteArray("test.pt/a/data.pkl");
        QTest::newRow("other case") << zipArchive({data, {"a/DATA.PKL", kEvilPickle}}) << QByteArray("test.pt/a/DATA.PKL");
        QTest::newRow("after STOP") << zipArchive({{"a/data.pkl", kEmptyPickle + kEvilPickle}})
                                    << QByteArray("test.pt/a/data.pkl");
        QTest::newRow("without STOP") << zipArchive({data, {"a/x", kEvilPickle.left(kEvilPickle.size() - 1)}})
                                      << QByteArray("test.pt/a/x");
        ZipMember lying{"a/x", kEvilPickle};
        lying.localMethod = 8;
        lying.wrongChecksum = true;
        QTest::newRow("behind lies") << zipArchive({data, lying}) << QByteArray("test.pt/a/x");
        QTest::newRow("no data.pkl") << zipArchive({{"b/evil", kEvilPickle}}) << QByteArray("test.pt/b/evil");
    }

    void everyMemberIsScanned()
    {
        QFETCH(QByteArray, archive);
        QFETCH(QByteArray, file);
        const Checkpoint checkpoint = asModel(archive);
        const bool named = std::any_of(checkpoint.pickles.begin(), checkpoint.pickles.end(), [&](const PickleReport &report) {
            return report.file == file.toStdString() && report.verdict == PickleVerdict::RunsCode
                   && report.suspicious == std::vector<std::string>{"os.system"};
        });
        QVERIFY2(named, told(archive).constData());
    }

    void bytesAfterAPickleAreNotTrusted()
    {
        const QByteArray all = told(zipArchive({{"a/data.pkl", kEmptyPickle + "\xff\xff"}}));
        QVERIFY2(all.contains("test.pt/a/data.pkl cannot be analysed: other bytes follow its end"), all.constData());
    }

    void textsAndNumbersAreNoPickles()
    {
        const Checkpoint checkpoint = asModel(zipArchive(
            {{"a/data.pkl", kEmptyPickle}, {"a/code/x.py", "class A(Module):\n  __parameters__ = []\n"}, {"a/version", "3\n"},
             {"a/notes", "nothing to see here\n"}, {"a/data/0", QByteArray("\x00\x00\x80\x3f", 4).repeated(100)}}));
        QCOMPARE(checkpoint.pickles.size(), size_t(1));
    }

    void bombsAreNotUnpacked()
    {
        // 100 MB of zeros in 100 KB: more than is ever unpacked.
        const QByteArray large = zipArchive({{"a/data.pkl", kEmptyPickle}, {"a/x.pkl", QByteArray(100'000'000, '\0'), true}});
        QVERIFY(large.size() < 200'000);
        QVERIFY(told(large).contains("test.pt/a/x.pkl cannot be analysed: it cannot be read"));
        // A terabyte that the packed bytes cannot hold.
        ZipMember lying{"a/x.pkl", "text", true};
        lying.declaredSize = 1'000'000'000'000;
        const QByteArray all = told(zipArchive({{"a/data.pkl", kEmptyPickle}, lying}));
        QVERIFY2(all.contains("a member claims a size that its packed bytes cannot have"), all.constData());
        QVERIFY2(all.contains("test.pt/a/x.pkl cannot be analysed"), all.constData());
        // More comes out than was declared.
        ZipMember small{"a/x.pkl", QByteArray(100'000, 'N'), true};
        small.declaredSize = 10;
        QVERIFY(told(zipArchive({{"a/data.pkl", kEmptyPickle}, small})).contains("cannot be analysed"));
    }

    void damagedDirectoriesAreErrors_data()
    {
        QTest::addColumn<QByteArray>("archive");
        const QByteArray whole = zipArchive({{"a/data.pkl", kEmptyPickle}});
        QTest::newRow("cut off") << whole.left(whole.size() - 10);
        QTest::newRow("no end") << whole.left(60);
        QByteArray offset = whole, size = whole, wide = zipArchive({{"a/data.pkl", kEmptyPickle}}, true);
        size.replace(size.size() - 10, 4, QByteArray(4, '\x7f'));
        QTest::newRow("size of the directory") << size;
        wide.replace(wide.size() - 22 - 20 + 8, 8, QByteArray(8, '\xff'));
        QTest::newRow("place of the wide record") << wide;
        QTest::newRow("empty") << zipArchive({});
    }

    void damagedDirectoriesAreErrors()
    {
        QFETCH(QByteArray, archive);
        const auto result = opened(archive);
        QVERIFY(!result);
        QVERIFY(result.error().code == ErrorCode::ZipDamaged);
        m_folder.put("bad.pt", "PK\x03\x04" + archive);
        const auto model = openModelDirectory(m_folder.path("bad.pt"));
        QVERIFY(!model);
        QVERIFY(model.error().code == ErrorCode::ZipDamaged);
    }

    void archivesWithoutPickleAreErrors()
    {
        m_folder.put("other.pt", zipArchive({{"a/readme", "hello"}}));
        const auto model = openModelDirectory(m_folder.path("other.pt"));
        QVERIFY(!model);
        QVERIFY(model.error().code == ErrorCode::TorchDamaged);
        m_folder.put("noise.bin", QByteArray(1000, '\x80'));
        const auto noise = openModelDirectory(m_folder.path("noise.bin"));
        QVERIFY(!noise);
        QVERIFY(noise.error().code == ErrorCode::TorchDamaged);
    }

    void damagedPicklesAreTold()
    {
        const QByteArray all = told(zipArchive({{"a/data.pkl", "\x80\x02}(X"}}));
        QVERIFY2(all.contains("test.pt/a/data.pkl is damaged: it ends too early"), all.constData());
    }

    void manyPicklesAreToldOnce()
    {
        QList<ZipMember> members{{"a/data.pkl", kEvilPickle}};
        for (int i = 0; i < 3000; ++i)
            members.append({"a/" + QByteArray::number(i) + ".pkl", QByteArray("}(")});
        const Checkpoint checkpoint = asModel(zipArchive(members));
        QVERIFY(checkpoint.findings.size() < 1100);
        const PickleReport &last = checkpoint.pickles.back();
        QCOMPARE(last.reason, std::string("it holds more pickles than any checkpoint needs"));
        QVERIFY(checkpoint.pickles.front().verdict == PickleVerdict::RunsCode);
    }

    void whatIsNotScannedIsNotTrusted()
    {
        // So many opcodes in one member that none are left for the next.
        const QByteArray many = "\x80\x02N" + QByteArray("20").repeated(25'000'000) + ".";
        const Checkpoint checkpoint = asModel(zipArchive({{"a/data.pkl", kEmptyPickle}, {"a/b", many}, {"a/evil", kEvilPickle}}));
        QVERIFY(std::any_of(checkpoint.pickles.begin(), checkpoint.pickles.end(), [](const PickleReport &report) {
            return report.file == "test.pt" && report.verdict == PickleVerdict::NotAnalysable;
        }));
    }

    void textsAreNoLonePickles()
    {
        m_folder.put("text.bin", "class A:\n    pass\n");
        const auto model = openModelDirectory(m_folder.path("text.bin"));
        QVERIFY(!model);
        QVERIFY(model.error().code == ErrorCode::TorchDamaged);
        m_folder.put("lone.bin", kEvilPickle.left(kEvilPickle.size() - 1));
        const auto lone = openModelDirectory(m_folder.path("lone.bin"));
        QVERIFY(lone);
        QVERIFY(lone->checkpoint.pickles.front().verdict == PickleVerdict::RunsCode);
    }

    void manyMembers()
    {
        QList<ZipMember> members{{"a/data.pkl", kEmptyPickle}};
        for (int i = 0; i < 5000; ++i)
            members.append({"a/data/" + QByteArray::number(i), QByteArray(4, '\0')});
        const auto archive = opened(zipArchive(members, true));
        QVERIFY(archive);
        QCOMPARE(archive->entries().size(), size_t(5001));
        QVERIFY(archive->contradictions().empty());
    }
};

QTEST_GUILESS_MAIN(TestZip)
#include "tst_zip.moc"
