// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles put together by hand from the opcodes of Python's pickletools, hostile ones first.
#include "core/format/partsource.h"
#include "core/format/pickle.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace assay;

namespace {

Pickle read(const QByteArray &bytes, const PickleLimits &limits = {})
{
    const MemorySource source(bytes.toStdString(), "test");
    return readPickle(source, 0, source.size(), limits);
}

PickleReport judged(const QByteArray &bytes, bool script = false)
{
    return judgePickle(read(bytes), "test", script);
}

QByteArray verdict(const QByteArray &bytes)
{
    return pickleVerdictName(judged(bytes).verdict);
}

/// BINUNICODE8 and the like with the length as given, whatever follows.
QByteArray withLength(char opcode, quint64 length, int lengthBytes, const QByteArray &content)
{
    QByteArray out(1, opcode);
    for (int i = 0; i < lengthBytes; ++i)
        out.append(char(length >> (8 * i) & 0xff));
    return out + content;
}

QByteArray shortText(const QByteArray &text)
{
    return withLength('\x8c', quint64(text.size()), 1, text);
}

} // namespace

class TestPickle : public QObject
{
    Q_OBJECT

private slots:
    void dangerousGlobalsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QByteArray>("global");
        QTest::newRow("GLOBAL") << QByteArray("cos\nsystem\n(S'true'\ntR.") << QByteArray("os.system");
        QTest::newRow("STACK_GLOBAL") << "\x80\x04" + shortText("os") + shortText("system") + "\x93" + shortText("true")
                                             + "\x85R."
                                      << QByteArray("os.system");
        QTest::newRow("STACK_GLOBAL by memo")
            << "\x80\x04" + shortText("system") + "\x94" + shortText("os") + "\x94" + "0" + "h\x01" + QByteArray("h\x00", 2)
                   + "\x93."
            << QByteArray("os.system");
        QTest::newRow("STACK_GLOBAL with escapes") << QByteArray("S'\\x6fs'\nV\\u0073ystem\n\x93.") << QByteArray("os.system");
        QTest::newRow("octal escapes") << QByteArray("S'\\157s'\nS'system'\n\x93.") << QByteArray("os.system");
        QTest::newRow("INST") << QByteArray("(S'true'\nios\nsystem\n.") << QByteArray("os.system");
        QTest::newRow("OBJ") << QByteArray("(cos\nsystem\nS'true'\no.") << QByteArray("os.system");
        QTest::newRow("NEWOBJ") << QByteArray("\x80\x02" "csubprocess\nPopen\n)\x81.") << QByteArray("subprocess.Popen");
        QTest::newRow("dotted name") << "\x80\x04" + shortText("torch") + shortText("serialization.os.system") + "\x93."
                                     << QByteArray("torch.serialization.os.system");
        QTest::newRow("in a dotted storage") << QByteArray("ctorch\nhub.loadStorage\n.") << QByteArray("torch.hub.loadStorage");
        QTest::newRow("never called") << QByteArray("\x80\x02" "cos\nsystem\n0N.") << QByteArray("os.system");
        QTest::newRow("nested pickle") << QByteArray("cpickle\nloads\n(C\x04" "abcdtR.") << QByteArray("pickle.loads");
        QTest::newRow("torch's own loader") << QByteArray("ctorch.storage\n_load_from_bytes\n(C\x01" "atR.")
                                            << QByteArray("torch.storage._load_from_bytes");
        // Python would run what comes before the damage.
        QTest::newRow("cut off later") << QByteArray("cos\nsystem\n(S'true'\ntR(") << QByteArray("os.system");
        QTest::newRow("unknown opcode later") << QByteArray("cos\nsystem\n(S'true'\ntR\xff") << QByteArray("os.system");
        QTest::newRow("class of a script") << QByteArray("c__torch__.a\nB\n.") << QByteArray("__torch__.a.B");
    }

    void dangerousGlobalsAreNamed()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QByteArray, global);
        const PickleReport report = judged(pickle);
        QVERIFY(report.verdict == PickleVerdict::RunsCode);
        QCOMPARE(report.suspicious, std::vector<std::string>{global.toStdString()});
        QCOMPARE(QByteArray::fromStdString(pickleFinding(report).sentence()), "Loading test would run " + global);
    }

    void evalThroughGetattr()
    {
        // getattr(builtins, 'eval')('1'), where only getattr and the module are named
        const PickleReport report = judged("cbuiltins\ngetattr\n(c__builtin__\n__dict__\nS'eval'\ntR(S'1'\ntR.");
        QVERIFY(report.verdict == PickleVerdict::RunsCode);
        QCOMPARE(report.suspicious, (std::vector<std::string>{"builtins.getattr", "__builtin__.__dict__"}));
    }

    void harmlessGlobalsAreClean()
    {
        const PickleReport report = judged("\x80\x02" "ccollections\nOrderedDict\n)R(S'w'\nctorch._utils\n_rebuild_tensor_v2\n"
                                           "ctorch\nBFloat16Storage\nctorch\nfloat8_e4m3fn\nctorch\nFloatTensor\ntu.");
        QCOMPARE(pickleVerdictName(report.verdict), "damaged"); // an odd number of items
        const PickleReport clean = judged("\x80\x02" "ccollections\nOrderedDict\nctorch._utils\n_rebuild_tensor_v2\n"
                                          "ctorch\nBFloat16Storage\nctorch\nfloat8_e4m3fn\nctorch\nFloatTensor\n(t.");
        QVERIFY(clean.verdict == PickleVerdict::Clean);
        QCOMPARE(clean.globals.size(), size_t(5));
        QVERIFY(judged("c__torch__.a\nB\n.", true).verdict == PickleVerdict::Clean);
        QCOMPARE(QByteArray::fromStdString(pickleFinding(judged("ctorch\nSize\n.")).sentence()),
                 QByteArray("test names only harmless globals: torch.Size"));
    }

    void whatIsNotKnownIsNotAnalysable_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::newRow("unknown opcode") << QByteArray("\x80\x02N\xee.");
        QTest::newRow("newer protocol") << QByteArray("\x80\x07N.");
        QTest::newRow("extension registry") << QByteArray("\x80\x02\x82\x05.");
        QTest::newRow("computed global") << QByteArray("\x80\x04N" + shortText("system") + "\x93.");
        QTest::newRow("long line") << QByteArray("S'" + QByteArray(2'000'000, 'a') + "'\n.");
    }

    void whatIsNotKnownIsNotAnalysable()
    {
        QFETCH(QByteArray, pickle);
        QCOMPARE(verdict(pickle), QByteArray("not_analysable"));
        QVERIFY(pickleFinding(judged(pickle)).code == FindingCode::PickleNotAnalysable);
    }

    void damageIsToldWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("empty stack") << QByteArray("0.");
        QTest::newRow("stop without a value") << QByteArray(".");
        QTest::newRow("behind a mark") << QByteArray("N(0" "0.");
        QTest::newRow("below a mark") << QByteArray("N(R.");
        QTest::newRow("no mark") << QByteArray("Nt.");
        QTest::newRow("never stored") << QByteArray("h\x05.");
        QTest::newRow("item without a list") << QByteArray("NNa.");
        QTest::newRow("number") << QByteArray("I12x\n.");
        QTest::newRow("real") << QByteArray("Fabc\n.");
        QTest::newRow("text") << QByteArray("Sabc\n.");
        QTest::newRow("LONG4 of 4 GB") << withLength('\x8b', 0xffffffff, 4, "abc");
        QTest::newRow("LONG4 of 2 GB") << withLength('\x8b', 0x7fffffff, 4, "abc");
        QTest::newRow("BINUNICODE8 of 2^63") << withLength('\x8d', quint64(1) << 63, 8, "abc");
        QTest::newRow("BINUNICODE8 of 2^64-1") << withLength('\x8d', ~quint64(0), 8, "abc");
        QTest::newRow("BINBYTES8") << withLength('\x8e', quint64(1) << 40, 8, "abc");
        QTest::newRow("BYTEARRAY8") << withLength('\x96', quint64(1) << 40, 8, "abc");
        QTest::newRow("BINSTRING") << withLength('T', 0xffffffff, 4, "abc");
    }

    void damageIsToldWithItsPlace()
    {
        QFETCH(QByteArray, pickle);
        const PickleReport report = judged(pickle);
        QCOMPARE(pickleVerdictName(report.verdict), "damaged");
        QVERIFY(!report.reason.empty());
        QVERIFY(report.position <= uint64_t(pickle.size()));
        QVERIFY(pickleFinding(report).code == FindingCode::PickleDamaged);
    }

    void cutOffAtEveryByteIsDamaged()
    {
        const QByteArray whole = "\x80\x04\x95" + QByteArray(8, '\0') + "}\x94(" + shortText("weights")
                                 + "ccollections\nOrderedDict\n)R" + shortText("n") + "K\x05" + shortText("f")
                                 + QByteArray("G\x40\x09\x21\xfb\x54\x44\x2d\x18") + shortText("l")
                                 + "](M\x01\x02J\x01\x02\x03\x04\x8a\x02\x01\x02" "e"
                                 + shortText("b") + "C\x03" "abc" + shortText("s") + "S'x'\n" + "u.";
        QCOMPARE(verdict(whole), QByteArray("clean"));
        for (qsizetype bytes = 0; bytes < whole.size(); ++bytes)
            QCOMPARE(verdict(whole.left(bytes)), QByteArray("damaged"));
    }

    void everyOpcodeOfPythonIsKnown()
    {
        // Python's own list is the reference.
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral("-c"), QStringLiteral("import pickletools\n"
                                                           "print(' '.join('%02x' % ord(o.code) for o in pickletools.opcodes))")});
        if (!python.waitForFinished(-1) || python.exitCode() != 0)
            QSKIP("there is no /usr/bin/python3: its list of opcodes is not compared");
        const QList<QByteArray> codes = python.readAllStandardOutput().simplified().split(' ');
        QVERIFY(codes.size() >= 68);
        for (int code = 0; code < 256; ++code) {
            const QByteArray hex = QByteArray::number(code, 16).rightJustified(2, '0');
            const Pickle pickle = read(QByteArray(1, char(code)));
            const bool unknown = pickle.problem && QByteArray(pickle.problem).contains("opcode");
            QVERIFY2(unknown != codes.contains(hex), hex.constData());
        }
    }

    void pythonsOwnPicklesAreRead()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("p"));
        QProcess python;
        python.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral("-c"),
                      QStringLiteral("import pickle, sys, collections\n"
                                     "thing = {'a': [1, -2, 2**40, 2**80, 1.5, True, None, 'text\\u00e9', b'bytes'],\n"
                                     "         'd': collections.OrderedDict(x=(1, 2, 3, 4)), 's': {1, 2}, 'f': frozenset([3]),\n"
                                     "         'y': bytearray(b'xyz'), 'long': 'x' * 70000}\n"
                                     "thing['again'] = thing['a']\n"
                                     "for p in range(6):\n"
                                     "    open(sys.argv[1] + str(p), 'wb').write(pickle.dumps(thing, p))\n"),
                      path});
        if (!python.waitForFinished(-1) || python.exitCode() != 0)
            QSKIP("there is no /usr/bin/python3: its own pickles are not read");
        for (int protocol = 0; protocol < 6; ++protocol) {
            QFile file(path + QString::number(protocol));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            const Pickle pickle = read(bytes);
            QVERIFY2(pickle.complete, pickle.problem);
            QCOMPARE(pickle.end, uint64_t(bytes.size()));
            const PickleTree &tree = pickle.tree;
            QVERIFY(tree.is(pickle.root, PickleKind::Dict));
            const PickleRef list = tree.item(pickle.root, 1);
            QCOMPARE(tree.text(tree.item(pickle.root, 0)), std::string_view("a"));
            QCOMPARE(tree.integer(tree.item(list, 0)), 1);
            QCOMPARE(tree.integer(tree.item(list, 1)), -2);
            QCOMPARE(tree.integer(tree.item(list, 2)), int64_t(1) << 40);
            QVERIFY(tree.is(tree.item(list, 3), PickleKind::LongInteger));
            QCOMPARE(tree.real(tree.item(list, 4)), 1.5);
            QCOMPARE(tree.integer(tree.item(list, 5)), 1);
            QVERIFY(tree.is(tree.item(list, 6), PickleKind::None));
            QCOMPARE(tree.text(tree.item(list, 7)), std::string_view("text\xc3\xa9"));
            // The same list under two keys is one node; the long text is measured, not kept.
            const auto items = tree.items(pickle.root);
            QCOMPARE(items[items.size() - 1], list);
            const PickleRef longText = items[items.size() - 3];
            QVERIFY(protocol < 1 || (tree.length(longText) == 70000 && tree.text(longText).empty()));
            QVERIFY(judgePickle(pickle, "p", false).verdict == PickleVerdict::Clean);
        }
    }

    void bombsEndAtTheLimits()
    {
        PickleLimits limits;
        limits.nodes = 1000;
        limits.items = 1000;
        limits.stack = 1000;
        limits.memo = 1000;
        limits.opcodes = 100'000;
        const auto refused = [&](const QByteArray &bytes) {
            const Pickle pickle = read(bytes, limits);
            return !pickle.complete && !pickle.analysable;
        };
        QVERIFY(refused(QByteArray(5000, 'N') + "."));
        QVERIFY(refused("N" + QByteArray(5000, '2') + "."));
        QVERIFY(refused(QByteArray(5000, '(') + "."));
        QVERIFY(refused("N" + QByteArray("r\xff\xff\xff\xff", 5) + "."));
        QVERIFY(refused(QByteArray("]q\x00(", 4) + QByteArray("N").repeated(900) + "e" + QByteArray("(" + QByteArray("h\x00", 2).repeated(10) + "e").repeated(200)));
        QByteArray steps("N");
        for (int i = 0; i < 100'000; ++i)
            steps += "20";
        QVERIFY(refused(steps + "."));
        // A laughing pickle: each list holds the one before ten times. Nothing is multiplied.
        QByteArray laughs("]q\x00", 3);
        for (int level = 1; level < 60; ++level)
            laughs += "](" + QByteArray("h" + QByteArray(1, char(level - 1))).repeated(10) + "eq" + QByteArray(1, char(level));
        QCOMPARE(verdict(laughs + "."), QByteArray("clean"));
    }

    void deepNestingNeedsNoStack()
    {
        const int depth = 300'000;
        const QByteArray nested = QByteArray("(").repeated(depth) + QByteArray("t").repeated(depth) + ".";
        const Pickle pickle = read(nested);
        QVERIFY(pickle.complete);
        QVERIFY(pickle.tree.is(pickle.root, PickleKind::Tuple));
        const QByteArray lists = QByteArray("]").repeated(depth) + QByteArray("a").repeated(depth - 1) + ".";
        QCOMPARE(verdict(lists), QByteArray("clean"));
    }

    void memoryStaysBounded()
    {
        // 60 MB of small things; the limit of nodes comes first.
        const Pickle pickle = read(QByteArray("K\x01").repeated(30'000'000));
        QVERIFY(!pickle.analysable);
        QVERIFY(pickle.tree.bytes() < 400'000'000);
    }
};

QTEST_GUILESS_MAIN(TestPickle)
#include "tst_pickle.moc"
