// SPDX-License-Identifier: GPL-3.0-or-later
// Simplified Chinese is complete: every text in the sources stands in the .ts file, finished, with its arguments.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

struct Message
{
    QString context, source, translation;
    bool finished = false;
};

QList<Message> readTs(const QString &path)
{
    QList<Message> out;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return out;
    QXmlStreamReader xml(&file);
    QString context;
    Message message;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            if (xml.isEndElement() && xml.name() == QStringLiteral("message"))
                out.append(message);
            continue;
        }
        if (xml.name() == QStringLiteral("name"))
            context = xml.readElementText();
        else if (xml.name() == QStringLiteral("message"))
            message = Message{context, {}, {}, false};
        else if (xml.name() == QStringLiteral("source"))
            message.source = xml.readElementText();
        else if (xml.name() == QStringLiteral("translation")) {
            message.finished = xml.attributes().value(QStringLiteral("type")).isEmpty();
            message.translation = xml.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    }
    return out;
}

QStringList argumentsOf(const QString &text)
{
    static const QRegularExpression kArgument(QStringLiteral("%[0-9n]"));
    QStringList out;
    auto it = kArgument.globalMatch(text);
    while (it.hasNext())
        out << it.next().captured();
    out.sort();
    out.removeDuplicates();
    return out;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT
private slots:
    void chineseIsComplete();
    void argumentsSurvive();

private:
    QString m_ts = QStringLiteral(ASSAY_SOURCE_DIR "/translations/assay_zh_CN.ts");
};

void TestTranslations::chineseIsComplete()
{
    QFile command(QStringLiteral(ASSAY_BINARY_DIR "/translations/lupdate.txt"));
    QVERIFY(command.open(QIODevice::ReadOnly));
    const QString program = QString::fromUtf8(command.readLine()).trimmed();
    const QStringList options = QString::fromUtf8(command.readLine()).trimmed().split(u' ');
    const QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("assay_zh_CN.ts"));
    QVERIFY(QFile::copy(m_ts, copy));
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(ASSAY_SOURCE_DIR));
    lupdate.start(program, options + QStringList{QStringLiteral("-ts"), copy});
    QVERIFY2(lupdate.waitForFinished(60000) && lupdate.exitCode() == 0, lupdate.readAllStandardError().constData());
    QStringList missing;
    const QList<Message> messages = readTs(copy);
    for (const Message &message : messages) {
        if (!message.finished || message.translation.isEmpty())
            missing << message.context + QStringLiteral(": ") + message.source;
    }
    QVERIFY2(messages.size() > 100, "lupdate found hardly any text");
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestTranslations::argumentsSurvive()
{
    QStringList wrong;
    for (const Message &message : readTs(m_ts)) {
        if (argumentsOf(message.source) != argumentsOf(message.translation))
            wrong << message.source + QStringLiteral(" -> ") + message.translation;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
