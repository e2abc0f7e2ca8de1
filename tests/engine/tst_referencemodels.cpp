// SPDX-License-Identifier: GPL-3.0-or-later
// Every reference model through the engine, each in a run of referencecheck. What comes out is also the table of
// docs/ENGINE.md, which is written beside the test program; when the committed one is of another form, copying it over is
// the whole update.
#include "tests/engine/referencelimits.h"
#include "tests/engine/referencemodels.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

using namespace assay::test;

namespace {

/// Architectures that the engine does not run yet. Nothing else may fail, and these must.
const QStringList kNotYet = {};

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
    // The second implementation computes what the library computes, where both have the architecture.
    void slowModelAgrees_data()
    {
        QTest::addColumn<QString>("model");
        for (const char *model : {"cohere", "gemma2", "gemma3-text", "llama-bias-headdim-v5", "llama-gqa", "llama-rope-linear",
                                  "llama-sharded-bf16", "llama-yarn", "llama3-rope-tied", "mistral-swa", "phi3-swa",
                                  "qwen2-bias-tied", "qwen2-moe", "qwen2-yarn", "qwen3-qknorm", "starcoder2"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void slowModelAgrees()
    {
        QFETCH(QString, model);
        const Run run = runProgram(QStringLiteral("slowmodel"), {QStringLiteral("check"), referencePath(model)});
        QVERIFY2(run.exitCode == 0, run.problem.constData());
        const QJsonValue largest = QJsonDocument::fromJson(run.output).object()[QStringLiteral("largest")];
        QVERIFY2(largest.isDouble() && largest.toDouble() <= kLogitsLimit, run.output.constData());
    }

    void models_data()
    {
        QTest::addColumn<QString>("model");
        for (const QString &model : referenceModels() + madeModels())
            QTest::newRow(qPrintable(model)) << model;
    }

    void models()
    {
        QFETCH(QString, model);
        if (madeModels().contains(model)) {
            const QString problem = makeModel(model);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
        const Run run = runProgram(QStringLiteral("referencecheck"), {referencePath(model)});
        ModelResult result = ModelResult::of(model, run.output);
        for (const char *form : {"gguf", "absorbed"}) {
            const Run gguf = runProgram(QStringLiteral("slowmodel"), {QString::fromLatin1(form), referencePath(model), ggufPath(model)});
            if (gguf.output != "written\n")
                continue;
            result.addGguf(runProgram(QStringLiteral("referencecheck"), {referencePath(model), QStringLiteral("--model"), ggufPath(model),
                                                                         QStringLiteral("--only-f32")}).output);
        }
        m_results.insert(model, result);
        qInfo("%s", qPrintable(result.summary()));
        if (kNotYet.contains(result.architecture)) {
            QVERIFY2(!result.supported(), "the engine runs it: take it off kNotYet");
            return;
        }
        QVERIFY2(result.failures().isEmpty(), qPrintable(result.failures().join(u'\n') + QString::fromUtf8(run.problem)));
    }

    void theTableFollowsTheResults()
    {
        if (m_results.size() != (referenceModels() + madeModels()).size())
            QSKIP("not all models were run");
        QFile file(QStringLiteral(ASSAY_SOURCE_DIR "/docs/ENGINE.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString document = QString::fromUtf8(file.readAll());
        const qsizetype begin = document.indexOf(kBegin) + kBegin.size(), end = document.indexOf(kEnd);
        QVERIFY2(begin >= kBegin.size() && end >= begin, "docs/ENGINE.md has no place for the table");
        const QString path = QCoreApplication::applicationDirPath() + QStringLiteral("/ENGINE.md");
        QFile made(path);
        QVERIFY(made.open(QIODevice::WriteOnly));
        QVERIFY(made.write((document.left(begin) + table() + document.mid(end)).toUtf8()) > 0);
        if (withoutFigures(document.mid(begin, end - begin)) != withoutFigures(table()))
            QFAIL(qPrintable(QStringLiteral("docs/ENGINE.md is not up to date; copy %1 over it").arg(path)));
    }
};

QTEST_GUILESS_MAIN(TestReferenceModels)
#include "tst_referencemodels.moc"
