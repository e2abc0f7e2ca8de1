// SPDX-License-Identifier: GPL-3.0-or-later
// Every reference model through the engine, each in a run of referencecheck. What comes out is also the table of
// docs/ENGINE.md; when the committed one is of another form, the new document is written beside the test program, and
// copying it over is the whole update.
#include "tests/engine/referencemodels.h"

#include <QProcess>
#include <QRegularExpression>
#include <QtTest>

using namespace assay::test;

namespace {

/// Architectures that the engine does not run yet. Nothing else may fail, and these must.
const QStringList kNotYet = {
    QStringLiteral("BertForSequenceClassification"),
    QStringLiteral("BertModel"),
    QStringLiteral("BloomForCausalLM"),
    QStringLiteral("CohereForCausalLM"),
    QStringLiteral("DeepseekV2ForCausalLM"),
    QStringLiteral("DeepseekV3ForCausalLM"),
    QStringLiteral("DistilBertForSequenceClassification"),
    QStringLiteral("FalconForCausalLM"),
    QStringLiteral("GPT2LMHeadModel"),
    QStringLiteral("GPTNeoXForCausalLM"),
    QStringLiteral("Gemma2ForCausalLM"),
    QStringLiteral("Gemma3ForCausalLM"),
    QStringLiteral("GemmaForCausalLM"),
    QStringLiteral("MixtralForCausalLM"),
    QStringLiteral("OPTForCausalLM"),
    QStringLiteral("OlmoForCausalLM"),
    QStringLiteral("Phi3ForCausalLM"),
    QStringLiteral("PhiForCausalLM"),
    QStringLiteral("Qwen2MoeForCausalLM"),
    QStringLiteral("Qwen3ForCausalLM"),
    QStringLiteral("Qwen3MoeForCausalLM"),
    QStringLiteral("RobertaForSequenceClassification"),
    QStringLiteral("StableLmForCausalLM"),
    QStringLiteral("Starcoder2ForCausalLM"),
};

const QString kBegin = QStringLiteral("<!-- The table of tst_referencemodels begins. -->\n");
const QString kEnd = QStringLiteral("<!-- The table of tst_referencemodels ends. -->\n");

/// Figures differ from processor to processor; that they are within their limits is what the rows are tested for.
QString withoutFigures(QString text)
{
    static const QRegularExpression figure(QStringLiteral("\\b\\d+(\\.\\d+)?(e-\\d+)?\\b"));
    return text.replace(figure, QStringLiteral("#"));
}

} // namespace

class TestReferenceModels : public QObject
{
    Q_OBJECT

    QMap<QString, ModelResult> m_results; ///< by model

    static ModelResult run(const QString &model)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(ASSAY_BINARY_DIR "/tests/referencecheck"), {referencePath(model)});
        process.waitForFinished(-1);
        return ModelResult::of(model, process.readAllStandardOutput());
    }

    QString table() const
    {
        QString out = tableHead();
        QStringList lines;
        for (const ModelResult &each : m_results)
            lines += each.tableRow();
        lines.sort();
        return out + lines.join(QString());
    }

private slots:
    void models_data()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : referenceModels())
            QTest::newRow(qPrintable(model)) << model;
    }

    void models()
    {
        QFETCH(QString, model);
        const ModelResult result = run(model);
        m_results.insert(model, result);
        qInfo("%s", qPrintable(result.summary()));
        if (kNotYet.contains(result.architecture)) {
            QVERIFY2(!result.supported(), "the engine runs it: take it off kNotYet");
            return;
        }
        QVERIFY2(result.failures().isEmpty(), qPrintable(result.failures().join(u'\n')));
    }

    void theTableFollowsTheResults()
    {
        if (m_results.size() != referenceModels().size())
            QSKIP("not all models were run");
        QFile file(QStringLiteral(ASSAY_SOURCE_DIR "/docs/ENGINE.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString document = QString::fromUtf8(file.readAll());
        const qsizetype begin = document.indexOf(kBegin) + kBegin.size(), end = document.indexOf(kEnd);
        QVERIFY2(begin >= kBegin.size() && end >= begin, "docs/ENGINE.md has no place for the table");
        if (withoutFigures(document.mid(begin, end - begin)) == withoutFigures(table()))
            return;
        const QString path = QCoreApplication::applicationDirPath() + QStringLiteral("/ENGINE.md");
        QFile made(path);
        QVERIFY(made.open(QIODevice::WriteOnly));
        QVERIFY(made.write((document.left(begin) + table() + document.mid(end)).toUtf8()) > 0);
        QFAIL(qPrintable(QStringLiteral("docs/ENGINE.md is not up to date; copy %1 over it").arg(path)));
    }
};

QTEST_GUILESS_MAIN(TestReferenceModels)
#include "tst_referencemodels.moc"
