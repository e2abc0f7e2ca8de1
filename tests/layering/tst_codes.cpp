// SPDX-License-Identifier: GPL-3.0-or-later
// Every code of an error or a finding is produced by the product and named by a test; what is neither is dead.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

const QString kRoot = QStringLiteral(ASSAY_SOURCE_DIR "/");

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList filesBelow(const QStringList &folders)
{
    QStringList out;
    for (const QString &folder : folders) {
        QDirIterator it(kRoot + folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            out << it.next();
    }
    return out;
}

/// Code and id, as its table has them.
QMap<QString, QString> codesIn(const QString &table)
{
    static const QRegularExpression kRow(QStringLiteral("\\{C::(\\w+), \"([^\"]+)\""));
    QMap<QString, QString> out;
    for (auto it = kRow.globalMatch(textOf(kRoot + table)); it.hasNext();) {
        const auto match = it.next();
        out[match.captured(1)] = match.captured(2);
    }
    return out;
}

/// The codes that a text names, under the enum's own name or under one that it gives the enum; with `produced`, without
/// those that something is only compared with.
QSet<QString> namedIn(const QString &text, const QString &enumName, bool produced)
{
    QStringList names{enumName};
    const QRegularExpression alias(QStringLiteral("using (\\w+) = (?:assay::)?%1;").arg(enumName));
    for (auto it = alias.globalMatch(text); it.hasNext();)
        names << it.next().captured(1);
    const QString before = produced ? QStringLiteral("(?<!== )(?<!!= )(?<!case )") : QString();
    const QRegularExpression use(before + QStringLiteral("\\b(?:%1)::(\\w+)").arg(names.join(u'|')));
    QSet<QString> out;
    for (auto it = use.globalMatch(text); it.hasNext();)
        out << it.next().captured(1);
    return out;
}

} // namespace

class TestCodes : public QObject
{
    Q_OBJECT
private slots:
    void eachIsProducedAndTested_data()
    {
        QTest::addColumn<QString>("enumName");
        QTest::addColumn<QString>("table");
        QTest::newRow("errors") << QStringLiteral("ErrorCode") << QStringLiteral("core/base/errortable.cpp");
        QTest::newRow("findings") << QStringLiteral("FindingCode") << QStringLiteral("core/base/findingtable.cpp");
    }
    void eachIsProducedAndTested()
    {
        QFETCH(QString, enumName);
        QFETCH(QString, table);
        const QMap<QString, QString> codes = codesIn(table);
        QVERIFY(codes.size() > 50);
        QSet<QString> produced, tested, texts;
        for (const QString &path : filesBelow({QStringLiteral("core"), QStringLiteral("app"), QStringLiteral("widgets")})) {
            if (path != kRoot + table)
                produced |= namedIn(textOf(path), enumName, true);
        }
        // Tests may name a code by its id too, alone or before what it is about: "file.size model.gguf".
        static const QRegularExpression kId(QStringLiteral("\"([a-z_]+(?:\\.[a-z_]+)?)[\" |]"));
        for (const QString &path : filesBelow({QStringLiteral("tests")})) {
            const QString text = textOf(path);
            tested |= namedIn(text, enumName, false);
            for (auto it = kId.globalMatch(text); it.hasNext();)
                texts << it.next().captured(1);
        }
        QStringList dead, untested;
        for (auto it = codes.begin(); it != codes.end(); ++it) {
            if (!produced.contains(it.key()))
                dead << it.key();
            if (!tested.contains(it.key()) && !texts.contains(it.value()))
                untested << it.key();
        }
        QVERIFY2(dead.isEmpty(), qPrintable(QStringLiteral("nothing produces ") + dead.join(QStringLiteral(", "))));
        QVERIFY2(untested.isEmpty(), qPrintable(QStringLiteral("no test names ") + untested.join(QStringLiteral(", "))));
    }
};

QTEST_APPLESS_MAIN(TestCodes)
#include "tst_codes.moc"
