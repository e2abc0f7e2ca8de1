// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints whose numbers lie, put together from opcodes: nothing is believed that the storages do not bear out.
#include "readmodel.h"
#include "zipwriter.h"

#include <QTest>

using namespace assay;
using namespace assay::test;

namespace {

QByteArray text(const QByteArray &content)
{
    return "X" + littleEndian(quint64(content.size()), 4) + content;
}

QByteArray integer(qint64 value)
{
    return QByteArray("\x8a\x08") + littleEndian(quint64(value), 8);
}

QByteArray tuple(const std::vector<qint64> &values)
{
    QByteArray out = "(";
    for (const qint64 value : values)
        out += integer(value);
    return out + "t";
}

struct Tensor
{
    std::vector<qint64> sizes{4}, strides{1};
    qint64 offset = 0, numel = 4;
    QByteArray key = "0", type = "FloatStorage";
};

/// The opcodes that rebuild a tensor as torch.save writes them.
QByteArray rebuilt(const Tensor &tensor)
{
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + tensor.type + "\n" + text(tensor.key)
           + text("cpu") + integer(tensor.numel) + "tQ" + integer(tensor.offset) + tuple(tensor.sizes) + tuple(tensor.strides)
           + "\x89" "Nt" "R";
}

QByteArray dictionary(const QByteArray &items)
{
    return "\x80\x02}(" + items + "u.";
}

/// A checkpoint with this pickle, and two storages of 16 bytes.
QByteArray checkpointOf(const QByteArray &pickle)
{
    return zipArchive({{"a/data.pkl", pickle}, {"a/data/0", "0123456789abcdef"}, {"a/data/1", "ghijklmnopqrstuv"}, {"a/version", "3\n"}});
}

} // namespace

class TestTorchForged : public QObject
{
    Q_OBJECT

private:
    Folder m_folder;

    Checkpoint read(const QByteArray &file) { return readAs(m_folder, "test.pt", file); }

private slots:
    void honestNumbersAreBelieved()
    {
        const QByteArray file = checkpointOf(dictionary(text("w") + rebuilt({})));
        const Checkpoint checkpoint = read(file);
        QCOMPARE(checkpoint.tensors.size(), size_t(1));
        QCOMPARE(file.mid(qsizetype(checkpoint.tensors[0].offset), 16), QByteArray("0123456789abcdef"));
        QCOMPARE(checkpoint.findings.size(), size_t(1)); // that the pickle is clean
    }

    void impossibleNumbersAreTold_data()
    {
        QTest::addColumn<QByteArray>("tensor");
        const auto row = [](const char *name, const Tensor &tensor) { QTest::newRow(name) << rebuilt(tensor); };
        constexpr qint64 kMost = std::numeric_limits<qint64>::max(), kLeast = std::numeric_limits<qint64>::min();
        row("negative offset", {{4}, {1}, -1});
        row("least offset", {{4}, {1}, kLeast});
        row("offset behind the storage", {{4}, {1}, 1});
        row("largest offset", {{4}, {1}, kMost});
        row("negative size", {{-4}, {1}});
        row("size of 2^62", {{qint64(1) << 62}, {1}});
        row("sizes whose product overflows", {{qint64(1) << 40, qint64(1) << 40}, {1, 1}});
        row("negative stride", {{4}, {-1}});
        row("stride behind the storage", {{4}, {2}});
        row("stride that overflows", {{4}, {kMost}});
        row("fewer strides than sizes", {{2, 2}, {1}});
        row("more strides than sizes", {{4}, {1, 1}});
        row("too many axes", {std::vector<qint64>(100, 1), std::vector<qint64>(100, 1)});
        row("a storage of fewer elements", {{4}, {1}, 0, 2});
    }

    void impossibleNumbersAreTold()
    {
        QFETCH(QByteArray, tensor);
        const Checkpoint checkpoint = read(checkpointOf(dictionary(text("bad") + tensor + text("good") + rebuilt({{4}, {1}, 0, 4, "1"}))));
        QVERIFY2(told(checkpoint, FindingCode::TensorSizeWrong).startsWith("1 tensor of test.pt takes more or fewer bytes"),
                 QTest::currentDataTag());
        QCOMPARE(checkpoint.find("bad")->offset, kNoOffset);
        QVERIFY(checkpoint.find("good")->offset != kNoOffset);
    }

    void storagesThatAreShorterThanTheySay()
    {
        const Checkpoint checkpoint = read(checkpointOf(dictionary(text("w") + rebuilt({{8}, {1}, 0, 8}))));
        QCOMPARE(told(checkpoint, FindingCode::TensorsBeyondFile),
                 QByteArray("1 tensor reaches beyond the end of test.pt: w"));
    }

    void storagesAreLookedForInTheArchiveOnly()
    {
        const Checkpoint checkpoint = read(checkpointOf(dictionary(text("w") + rebuilt({{4}, {1}, 0, 4, "../../../etc/passwd"}))));
        QVERIFY(told(checkpoint, FindingCode::StorageMissing).contains("1 tensor has"));
    }

    void unknownTypesAreShown()
    {
        const Checkpoint checkpoint = read(checkpointOf(dictionary(text("w") + rebuilt({{4}, {1}, 0, 4, "0", "NewStorage"}))));
        QCOMPARE(checkpoint.find("w")->dtypeText, std::string_view("NewStorage"));
        QCOMPARE(told(checkpoint, FindingCode::UnknownDtype), QByteArray("1 tensor has the unknown dtype NewStorage"));
        QVERIFY(checkpoint.pickles.front().verdict == PickleVerdict::Clean);
    }

    void newTypesComeWithTheirName()
    {
        // _rebuild_tensor_v3 (since PyTorch 2.1) names the dtype; its storage is one of bytes.
        QByteArray tensor = rebuilt({{2, 2}, {2, 1}, 0, 16, "0", "UntypedStorage"});
        tensor.replace("_rebuild_tensor_v2", "_rebuild_tensor_v3");
        tensor.replace("\x89" "NtR", "\x89" "Nctorch\nfloat8_e4m3fn\ntR");
        const Checkpoint checkpoint = read(checkpointOf(dictionary(text("w") + tensor)));
        QCOMPARE(dtypeName(checkpoint.find("w")->dtype), "F8_E4M3");
        QCOMPARE(checkpoint.find("w")->bytes, uint64_t(4));
        QVERIFY(checkpoint.find("w")->offset != kNoOffset);
    }

    void namesTwiceAreTold()
    {
        const Checkpoint checkpoint = read(checkpointOf(dictionary(text("w") + rebuilt({}) + text("w") + rebuilt({{2}, {1}}))));
        QCOMPARE(told(checkpoint, FindingCode::TensorTwiceInFile), QByteArray("test.pt names the tensor w twice"));
    }

    void cyclesEnd()
    {
        // d = {"w": tensor, "self": d, "list": [d]}
        const Checkpoint checkpoint = read(checkpointOf("\x80\x02}q" + QByteArray(1, '\0') + "(" + text("w") + rebuilt({}) + text("self")
                                                        + QByteArray("h\0", 2) + text("list") + "]" + QByteArray("h\0a", 3)
                                                        + "u."));
        QCOMPARE(checkpoint.tensors.size(), size_t(1));
    }

    void sharedPartsAreNotMultiplied()
    {
        // Thirty lists, each holding the one before twice: a billion ways to one tensor.
        QByteArray pickle = "\x80\x02](" + rebuilt({}) + "eq" + QByteArray(1, '\0');
        for (int level = 1; level < 30; ++level)
            pickle += "](" + QByteArray("h" + QByteArray(1, char(level - 1))).repeated(2) + "eq" + QByteArray(1, char(level));
        const Checkpoint checkpoint = read(checkpointOf(pickle + "."));
        QVERIFY(!checkpoint.tensors.empty() && checkpoint.tensors.size() <= 16);
    }

    void deepNestingIsTold()
    {
        QByteArray pickle = "\x80\x02";
        for (int level = 0; level < 10'000; ++level)
            pickle += "}" + text("a");
        pickle += rebuilt({}) + QByteArray("s").repeated(10'000) + ".";
        const Checkpoint checkpoint = read(checkpointOf(pickle));
        QVERIFY(checkpoint.tensors.empty());
        QVERIFY(told(checkpoint, FindingCode::PickleNotAnalysable).contains("larger than any checkpoint needs"));
    }

    void moduleDictionariesWithinThemselves()
    {
        // An object whose state's _modules is the state itself.
        const QByteArray pickle = "\x80\x02" "ctorch.nn.modules.module\nModule\n)\x81}q" + QByteArray(1, '\0') + "(" + text("_modules")
                                  + QByteArray("h\0", 2) + text("w") + rebuilt({}) + "ub.";
        const Checkpoint checkpoint = read(checkpointOf(pickle));
        QVERIFY(checkpoint.find("w"));
    }

    void wrappersAreLeftOutOnlyWhenAlone()
    {
        const QByteArray inner = "}(" + text("w") + rebuilt({}) + "u";
        QVERIFY(read(checkpointOf(dictionary(text("state_dict") + inner))).find("w"));
        QVERIFY(read(checkpointOf(dictionary(text("other") + inner))).find("other.w"));
        const Checkpoint two = read(checkpointOf(dictionary(text("model") + inner + text("ema") + inner)));
        QVERIFY(two.find("model.w") && two.find("ema.w"));
        // A tensor that is called so is no wrapper.
        QVERIFY(read(checkpointOf(dictionary(text("model") + rebuilt({})))).find("model"));
    }

    void legacyStoragesThatLie()
    {
        const QByteArray head = QByteArray::fromHex("80028a0a6cfc9c46f9206aa850192e") + "\x80\x02M\xe9\x03." + "\x80\x02}.";
        const QByteArray object = dictionary(text("w") + rebuilt({}));
        const QByteArray keys = "\x80\x02](" + text("0") + "e.";
        const QByteArray values = "0123456789abcdef";
        const Checkpoint right = read(head + object + keys + littleEndian(4, 8) + values);
        QVERIFY(right.find("w")->offset != kNoOffset);
        QCOMPARE(right.findings.size(), size_t(1));
        const Checkpoint more = read(head + object + keys + littleEndian(4, 8) + values + "tail");
        QVERIFY(told(more, FindingCode::TrailingBytes).contains("4"));
        const Checkpoint huge = read(head + object + keys + littleEndian(quint64(1) << 62, 8) + values.left(8));
        QVERIFY(told(huge, FindingCode::TensorsBeyondFile).contains("end of test.pt: w"));
        const Checkpoint none = read(head + object + keys);
        QVERIFY(told(none, FindingCode::StorageMissing).endsWith("in the file: w"));
        const Checkpoint unlisted = read(head + object + "\x80\x02].");
        QVERIFY(told(unlisted, FindingCode::StorageMissing).endsWith("in the file: w"));
    }
};

QTEST_GUILESS_MAIN(TestTorchForged)
#include "tst_torchforged.moc"
