// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/safetensors.h"
#include "tests/format/testfiles.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace assay;
using namespace assay::test;

class TestWriter : public QObject
{
    Q_OBJECT

    Folder m_folder;

    QByteArray written() const
    {
        QFile file(QString::fromStdString(m_folder.path("out.safetensors").string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void writesWhatTheFormatAsksFor()
    {
        const std::string eight = "12345678", four = "abcd", two = "xy";
        const std::vector<TensorToWrite> tensors{
            {"b.half", Dtype::BF16, {1}, std::as_bytes(std::span(two))},
            {"z", Dtype::F32, {1, 1}, std::as_bytes(std::span(four))},
            {"a \"quoted\"", Dtype::F32, {2}, std::as_bytes(std::span(eight))},
            {"empty", Dtype::F64, {0, 3}, {}}};
        QVERIFY(writeSafetensors(m_folder.path("out.safetensors"), tensors, {{"format", "pt"}}));
        const QByteArray bytes = written();
        const auto length = qFromLittleEndian<quint64>(bytes.constData());
        QCOMPARE(length % 8, quint64(0));
        // An independent reader of JSON sees the entries; data in order of width, then name.
        const QJsonObject header = QJsonDocument::fromJson(bytes.mid(8, int(length))).object();
        QCOMPARE(header.size(), 5);
        const auto offsets = [&header](const char *name) {
            const auto list = header[QLatin1String(name)].toObject()["data_offsets"].toArray();
            return std::pair(list[0].toInt(), list[1].toInt());
        };
        QCOMPARE(offsets("empty"), std::pair(0, 0));
        QCOMPARE(offsets("a \"quoted\""), std::pair(0, 8));
        QCOMPARE(offsets("z"), std::pair(8, 12));
        QCOMPARE(offsets("b.half"), std::pair(12, 14));
        QCOMPARE(bytes.mid(8 + int(length)), QByteArray("12345678abcdxy"));
    }

    void whatIsWrittenCanBeRead()
    {
        const std::string data(24, 'q');
        const std::vector<TensorToWrite> tensors{{"m", Dtype::F16, {3, 4}, std::as_bytes(std::span(data))}};
        QVERIFY(writeSafetensors(m_folder.path("out.safetensors"), tensors));
        const auto header = readSafetensorsHeader(*File::open(m_folder.path("out.safetensors")));
        QVERIFY(header.has_value());
        QCOMPARE(header->tensors[0].shape, (std::vector<int64_t>{3, 4}));
        QVERIFY(header->metadata.empty());
    }

    void refusesWhatCannotBeWritten_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<qint64>("dimension");
        QTest::addColumn<int>("code");
        QTest::newRow("bytes that do not fit") << QByteArray("a") << qint64(3) << int(ErrorCode::SafetensorsSizeMismatch);
        QTest::newRow("negative") << QByteArray("a") << qint64(-1) << int(ErrorCode::SafetensorsSizeMismatch);
        QTest::newRow("overflow") << QByteArray("a") << (qint64(1) << 62) << int(ErrorCode::SafetensorsSizeMismatch);
        QTest::newRow("reserved") << QByteArray("__metadata__") << qint64(1)
                                  << int(ErrorCode::SafetensorsDuplicateName);
        QTest::newRow("not UTF-8") << QByteArray("\xFF") << qint64(1) << int(ErrorCode::SafetensorsEntryInvalid);
    }
    void refusesWhatCannotBeWritten()
    {
        QFETCH(QByteArray, name);
        QFETCH(qint64, dimension);
        QFETCH(int, code);
        const std::string four = "abcd";
        const std::vector<TensorToWrite> tensors{
            {name.toStdString(), Dtype::F32, {dimension}, std::as_bytes(std::span(four))}};
        const auto done = writeSafetensors(m_folder.path("refused.safetensors"), tensors);
        QVERIFY(!done);
        QCOMPARE(int(done.error().code), code);
        QVERIFY(!std::filesystem::exists(m_folder.path("refused.safetensors")));
    }

    void refusesANameTwice()
    {
        const std::string four = "abcd";
        const TensorToWrite tensor{"a", Dtype::F32, {1}, std::as_bytes(std::span(four))};
        const std::vector<TensorToWrite> tensors{tensor, tensor};
        QCOMPARE(int(writeSafetensors(m_folder.path("out.safetensors"), tensors).error().code),
                 int(ErrorCode::SafetensorsDuplicateName));
    }

    void saysWhenTheFolderIsMissing()
    {
        QCOMPARE(int(writeSafetensors(m_folder.path("no/folder.safetensors"), {}).error().code),
                 int(ErrorCode::FileUnwritable));
    }
};

QTEST_APPLESS_MAIN(TestWriter)
#include "tst_writer.moc"
