// SPDX-License-Identifier: GPL-3.0-or-later
// Files that PyTorch itself wrote, held against what PyTorch says of their tensors.
#include "core/format/modeldirectory.h"
#include "testfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <algorithm>

using namespace assay;
using namespace assay::test;

namespace {

/// A tensor's bytes row by row, gathered by its strides.
QByteArray contentOf(const Checkpoint &checkpoint, const TensorRecord &tensor)
{
    const auto file = File::open(checkpoint.files[tensor.file].path);
    if (!file || tensor.offset == kNoOffset || tensor.elements == 0)
        return {};
    const uint64_t width = tensor.bytes / tensor.elements;
    QByteArray out;
    for (uint64_t element = 0; element < tensor.elements; ++element) {
        uint64_t place = element;
        if (!tensor.strides.empty()) {
            place = 0;
            uint64_t rest = element;
            for (size_t axis = tensor.shape.size(); axis-- > 0;) {
                place += rest % uint64_t(tensor.shape[axis]) * uint64_t(tensor.strides[axis]);
                rest /= uint64_t(tensor.shape[axis]);
            }
        }
        const auto bytes = file->readText(tensor.offset + place * width, width);
        if (!bytes)
            return {};
        out += QByteArray::fromStdString(*bytes);
    }
    return out;
}

std::vector<int64_t> numbers(const QJsonValue &array)
{
    std::vector<int64_t> out;
    for (const QJsonValue &number : array.toArray())
        out.push_back(number.toInteger());
    return out;
}

const Finding *find(const Checkpoint &checkpoint, FindingCode code)
{
    for (const Finding &finding : checkpoint.findings) {
        if (finding.code == code)
            return &finding;
    }
    return nullptr;
}

QByteArray sentence(const Checkpoint &checkpoint, FindingCode code)
{
    const Finding *finding = find(checkpoint, code);
    return finding ? QByteArray::fromStdString(finding->sentence()) : QByteArray();
}

} // namespace

class TestTorch : public QObject
{
    Q_OBJECT

private:
    Folder m_folder;
    QJsonObject m_expected;

    Checkpoint open(const char *name) const
    {
        auto model = openModelDirectory(m_folder.path(name));
        if (!model) {
            QTest::qFail(model.error().sentence().c_str(), __FILE__, __LINE__);
            return {};
        }
        return std::move(model->checkpoint);
    }

private slots:
    void initTestCase()
    {
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral(ASSAY_TEST_DATA "/generators/make_torch_files.py"),
                      QString::fromStdString(m_folder.path().string())});
        if (!python.waitForStarted())
            QSKIP("there is no /usr/bin/python3: the files that PyTorch writes are not tested");
        python.waitForFinished(-1);
        if (python.exitCode() == 77)
            QSKIP("PyTorch (package python3-torch) is not installed: the files that it writes are not tested");
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        QFile file(QString::fromStdString(m_folder.path("expected.json").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_expected = QJsonDocument::fromJson(file.readAll()).object();
    }

    void everyTensorIsWherePyTorchHasIt_data()
    {
        QTest::addColumn<bool>("all"); // the file holds no other tensors
        for (const char *name : {"zip.pt", "legacy.pt", "wrapped.pt", "module.pt", "training.pt", "script.pt",
                                 "traced.pt", "shards", "old.pt"})
            QTest::newRow(name) << true;
        QTest::newRow("kinds.pt") << false;
    }

    void everyTensorIsWherePyTorchHasIt()
    {
        QFETCH(bool, all);
        const char *name = QTest::currentDataTag();
        const Checkpoint checkpoint = open(name);
        const QJsonObject tensors = m_expected[QString::fromLatin1(name)].toObject();
        QVERIFY(!tensors.isEmpty());
        if (all)
            QCOMPARE(checkpoint.tensors.size(), size_t(tensors.size()));
        for (auto it = tensors.begin(); it != tensors.end(); ++it) {
            const TensorRecord *tensor = checkpoint.find(it.key().toStdString());
            QVERIFY2(tensor, qPrintable(it.key()));
            const QJsonObject expected = it->toObject();
            QCOMPARE(QByteArray(dtypeName(tensor->dtype)), expected[QStringLiteral("dtype")].toString().toLatin1());
            QVERIFY2(tensor->shape == numbers(expected[QStringLiteral("shape")]), qPrintable(it.key()));
            QVERIFY2(tensor->strides == numbers(expected[QStringLiteral("strides")]), qPrintable(it.key()));
            const QByteArray bytes = QByteArray::fromHex(expected[QStringLiteral("hex")].toString().toLatin1());
            QCOMPARE(tensor->bytes, uint64_t(bytes.size()));
            QVERIFY2(contentOf(checkpoint, *tensor) == bytes, qPrintable(it.key()));
        }
    }

    void formatsAreTold()
    {
        QCOMPARE(open("zip.pt").format, std::string("torch"));
        QCOMPARE(open("legacy.pt").format, std::string("torch"));
        const auto model = openModelDirectory(m_folder.path("script.pt"));
        QCOMPARE(model->checkpoint.format, std::string("torchscript"));
        // TorchScript describes its model itself.
        for (const Finding &finding : model->findings)
            QVERIFY(finding.code != FindingCode::ConfigMissing);
        const Checkpoint exported = open("export.pt2");
        QVERIFY(sentence(exported, FindingCode::PickleNotAnalysable).contains("torch.export"));
    }

    void parametersAndBuffersOfScripts()
    {
        const Checkpoint script = open("traced.pt");
        // linear 2, norm 2, two layers 4; norm's three and the table; the added constant
        QCOMPARE(script.findMetadata("tensors.parameters")->integer(), 8);
        QCOMPARE(script.findMetadata("tensors.buffers")->integer(), 4);
        QCOMPARE(script.findMetadata("tensors.constants")->integer(), 1);
        QCOMPARE(script.findMetadata("tensors.attributes")->integer(), 0);
    }

    void otherEntriesAreMetadata()
    {
        const Checkpoint checkpoint = open("wrapped.pt");
        QCOMPARE(checkpoint.findMetadata("epoch")->integer(), 3);
        QCOMPARE(*checkpoint.findMetadata("note")->text(), std::string("half way"));
        QCOMPARE(checkpoint.findMetadata("args.lr")->number(), 0.5);
        QCOMPARE(checkpoint.findMetadata("args.sizes")->numbers, (std::vector<double>{1, 2}));
    }

    void harmlessFilesAreClean()
    {
        for (const char *name : {"zip.pt", "legacy.pt", "training.pt", "kinds.pt", "script.pt", "old.pt"}) {
            const Checkpoint checkpoint = open(name);
            QVERIFY(!checkpoint.pickles.empty());
            for (const PickleReport &report : checkpoint.pickles)
                QVERIFY2(report.verdict == PickleVerdict::Clean, report.file.c_str());
            QVERIFY(sentence(checkpoint, FindingCode::PickleClean).contains("torch._utils._rebuild")
                    || !sentence(checkpoint, FindingCode::PickleClean).isEmpty());
        }
    }

    void arraysWrittenAsTextAreNotMissing()
    {
        const Checkpoint checkpoint = open("arrays.pt");
        const TensorRecord *array = checkpoint.find("array");
        QVERIFY(array && array->offset == kNoOffset && array->elements == 6);
        QVERIFY(checkpoint.find("tensor") && checkpoint.find("tensor")->offset != kNoOffset);
        QVERIFY(!find(checkpoint, FindingCode::StorageMissing));
        QCOMPARE(sentence(checkpoint, FindingCode::TensorUnreadable),
                 QByteArray("The values of 1 tensor cannot be read in place: array: the pickle holds them in another form"));
    }

    void dangerousFilesAreNamedAndNeverRun_data()
    {
        QTest::addColumn<QByteArray>("member");
        QTest::addColumn<QByteArray>("global");
        QTest::newRow("evil.pt") << QByteArray("evil.pt/posix/data.pkl") << QByteArray("os.system");
        QTest::newRow("posix.pt") << QByteArray("posix.pt/posix/data.pkl") << QByteArray("posix.system");
        QTest::newRow("evillegacy.pt") << QByteArray("evillegacy.pt") << QByteArray("posix.system");
        QTest::newRow("foreign.pt") << QByteArray("foreign.pt/zip/assets/readme.txt") << QByteArray("posix.system");
    }

    void dangerousFilesAreNamedAndNeverRun()
    {
        QFETCH(QByteArray, member);
        QFETCH(QByteArray, global);
        const Checkpoint checkpoint = open(QTest::currentDataTag());
        const auto report = std::find_if(checkpoint.pickles.begin(), checkpoint.pickles.end(),
                                         [&](const PickleReport &each) { return each.file == member.toStdString(); });
        QVERIFY(report != checkpoint.pickles.end());
        QVERIFY(report->verdict == PickleVerdict::RunsCode);
        QCOMPARE(report->suspicious, std::vector<std::string>{global.toStdString()});
        QCOMPARE(sentence(checkpoint, FindingCode::PickleRunsCode), "Loading " + member + " would run " + global);
        QVERIFY(!find(checkpoint, FindingCode::PickleClean));
        // Its other tensors are shown all the same, and the command was not run.
        QVERIFY(checkpoint.find("weight") || checkpoint.find("whole"));
        QVERIFY(!std::filesystem::exists(m_folder.path("marker")));
    }

    void wholeModulesRunTheirClasses()
    {
        const Checkpoint checkpoint = open("module.pt");
        QCOMPARE(checkpoint.pickles.front().suspicious.front(), std::string("__main__.Part"));
    }

    void storagesAreHeldAgainstTheirTensors()
    {
        const Checkpoint missing = open("nodata.pt");
        QVERIFY(sentence(missing, FindingCode::StorageMissing).contains("21 tensors have no storage"));
        const Checkpoint slice = open("slice.pt");
        QCOMPARE(sentence(slice, FindingCode::StorageUnused),
                 QByteArray("The storages of slice.pt hold 400,000 bytes, its tensors use 40"));
        QCOMPARE(slice.tensors.front().bytes, uint64_t(40));
        QVERIFY(!find(open("training.pt"), FindingCode::StorageUnused));
        const Checkpoint packed = open("packed.pt");
        QVERIFY(sentence(packed, FindingCode::TensorUnreadable).contains("they are packed"));
        QCOMPARE(packed.tensors.size(), open("zip.pt").tensors.size());
        QCOMPARE(packed.tensors.front().offset, kNoOffset);
    }

    void byteOrderIsTold()
    {
        const Checkpoint checkpoint = open("big.pt");
        QVERIFY(checkpoint.files.front().bigEndian);
        QVERIFY(find(checkpoint, FindingCode::BigEndianFile));
        QVERIFY(!open("zip.pt").files.front().bigEndian);
    }

    void tensorsThatShareStorageMakeNoIndexWrong()
    {
        const Checkpoint checkpoint = open("shards");
        QVERIFY(!find(checkpoint, FindingCode::IndexTotalSizeWrong));
        QCOMPARE(checkpoint.files.size(), size_t(2));
    }

    void truncatedFilesNeverCrash_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"zip.pt", "legacy.pt", "script.pt", "old.pt", "kinds.pt"})
            QTest::newRow(name) << QByteArray(name);
    }

    void truncatedFilesNeverCrash()
    {
        QFETCH(QByteArray, name);
        const auto whole = readWholeFile(m_folder.path(name.constData()), 1'000'000);
        QVERIFY(whole);
        const size_t step = std::max<size_t>(1, whole->size() / 100), tensors = open(name.constData()).tensors.size();
        for (size_t bytes = 0; bytes < whole->size(); bytes += step) {
            m_folder.put("cut.pt", QByteArray::fromStdString(whole->substr(0, bytes)));
            const auto model = openModelDirectory(m_folder.path("cut.pt"));
            if (!model)
                continue;
            // What is shown of a cut file is told to be incomplete, unless only padding was cut off.
            const Checkpoint &checkpoint = model->checkpoint;
            if (checkpoint.tensors.size() == tensors
                && std::all_of(checkpoint.tensors.begin(), checkpoint.tensors.end(), [&](const TensorRecord &tensor) {
                       return tensor.offset != kNoOffset && tensor.offset + tensor.bytes <= bytes;
                   }))
                continue;
            QVERIFY2(find(checkpoint, FindingCode::StorageMissing) || find(checkpoint, FindingCode::TensorsBeyondFile)
                         || find(checkpoint, FindingCode::PickleDamaged)
                         || find(checkpoint, FindingCode::PickleNotAnalysable)
                         || find(checkpoint, FindingCode::ArchiveIrregular),
                     QByteArray::number(qulonglong(bytes)).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestTorch)
#include "tst_torch.moc"
