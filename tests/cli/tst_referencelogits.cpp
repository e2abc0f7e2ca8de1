// SPDX-License-Identifier: GPL-3.0-or-later
// Logits and greedy tokens of every Llama, Mistral and Qwen2 reference model, through the command line and the
// real worker, against values computed by the transformers library (tests/data/models/*/expected.*).
#include "core/base/file.h"
#include "core/format/safetensors.h"
#include "tests/cli/runner.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

namespace {

const QStringList kFamilies{QStringLiteral("LlamaForCausalLM"), QStringLiteral("MistralForCausalLM"),
                            QStringLiteral("Qwen2ForCausalLM")};

QJsonObject readObject(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// The F32 values of one tensor; empty when it is not there.
std::vector<float> readFloats(const QString &path, const std::string &name)
{
    auto file = assay::File::open(path.toStdString());
    if (!file)
        return {};
    const auto header = assay::readSafetensorsHeader(*file);
    if (!header)
        return {};
    for (const assay::TensorRecord &tensor : header->tensors) {
        if (tensor.name != name)
            continue;
        std::vector<float> values(tensor.elements);
        if (tensor.dtype != assay::Dtype::F32
            || !file->readAt(tensor.offset, std::as_writable_bytes(std::span(values))))
            return {};
        return values;
    }
    return {};
}

QString joined(const QJsonArray &ids)
{
    QStringList parts;
    for (const QJsonValue &id : ids)
        parts << QString::number(id.toInt());
    return parts.join(u',');
}

} // namespace

class TestReference : public QObject
{
    Q_OBJECT
private slots:
    void logits_data() { models(); }
    void logits();
    void greedy_data() { models(); }
    void greedy();

private:
    void models();
};

void TestReference::models()
{
    QTest::addColumn<QString>("model");
    int count = 0;
    const QDir folder(testModel({}));
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QJsonObject expected = readObject(folder.filePath(name + QStringLiteral("/expected.json")));
        if (!kFamilies.contains(expected[QStringLiteral("architecture")].toString()))
            continue;
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
        ++count;
    }
    QVERIFY2(count >= 9, "the reference models are missing");
}

void TestReference::logits()
{
    QFETCH(QString, model);
    const QJsonArray prompts = readObject(model + QStringLiteral("/expected.json"))[QStringLiteral("prompts")].toArray();
    const QTemporaryDir folder;
    for (const QString &mode : {QString(), QStringLiteral("--cache")}) {
        double worst = 0;
        for (const QJsonValue &value : prompts) {
            const QJsonObject prompt = value.toObject();
            const QString out = folder.filePath(QStringLiteral("logits.safetensors"));
            QStringList arguments{QStringLiteral("logits"), model, QStringLiteral("--tokens"),
                                  joined(prompt[QStringLiteral("input_ids")].toArray()), QStringLiteral("--out"), out};
            if (!mode.isEmpty())
                arguments << mode;
            const Ran ran = runAssay(arguments);
            QVERIFY2(ran.exitCode == 0, ran.err.constData());
            const auto ours = readFloats(out, "logits");
            const auto theirs = readFloats(model + QStringLiteral("/expected.safetensors"),
                                           prompt[QStringLiteral("logits")].toString().toStdString());
            QVERIFY(!theirs.empty());
            QCOMPARE(ours.size(), theirs.size());
            for (size_t i = 0; i < ours.size(); ++i)
                worst = std::max(worst, double(std::abs(ours[i] - theirs[i])));
        }
        qInfo("%s %s: largest difference %.2g", qPrintable(QDir(model).dirName()),
              mode.isEmpty() ? "one pass" : "through the cache", worst);
        QVERIFY(worst <= 1e-4);
    }
}

void TestReference::greedy()
{
    QFETCH(QString, model);
    for (const QJsonValue &value : readObject(model + QStringLiteral("/expected.json"))[QStringLiteral("prompts")].toArray()) {
        const QJsonObject prompt = value.toObject();
        const QJsonArray expected = prompt[QStringLiteral("greedy_tokens")].toArray();
        if (expected.isEmpty())
            continue;
        const Ran ran = runAssay({QStringLiteral("generate"), model, QStringLiteral("--tokens"),
                                  joined(prompt[QStringLiteral("input_ids")].toArray()), QStringLiteral("--max-tokens"),
                                  QString::number(expected.size()), QStringLiteral("--greedy"), QStringLiteral("--ignore-eos"),
                                  QStringLiteral("--json")});
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
        QCOMPARE(QJsonDocument::fromJson(ran.out).object()[QStringLiteral("ids")].toArray(), expected);
    }
}

QTEST_GUILESS_MAIN(TestReference)
#include "tst_referencelogits.moc"
