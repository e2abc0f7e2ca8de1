// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/referencemodels.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <cmath>

namespace assay::test {
namespace {

const QString kModels = QStringLiteral(ASSAY_TEST_DATA "/models");
const QString kConfigs = QStringLiteral(ASSAY_TEST_DATA "/models-made");
const QString kMade = QStringLiteral(ASSAY_BINARY_DIR "/tests/models-made");

/// The checks in the order of the table's columns.
const QStringList kColumns = {QStringLiteral("logits"), QStringLiteral("cache"),  QStringLiteral("chunks"), QStringLiteral("batch"),
                              QStringLiteral("greedy"), QStringLiteral("bf16"), QStringLiteral("GGUF")};

/// One digit, rounded up.
QString shortNumber(double value)
{
    if (value <= 0)
        return QStringLiteral("0");
    const int exponent = int(std::floor(std::log10(value)));
    const int digit = int(std::ceil(value / std::pow(10, exponent) - 1e-9));
    return digit == 10 ? QStringLiteral("1e%1").arg(exponent + 1) : QStringLiteral("%1e%2").arg(digit).arg(exponent);
}

QString cell(const QString &name, const QJsonObject &check)
{
    if (check.isEmpty())
        return QString();
    if (check.contains(QStringLiteral("error")))
        return QStringLiteral("no: ") + check[QStringLiteral("code")].toString();
    if (name == QStringLiteral("greedy"))
        return QStringLiteral("%1 of %2").arg(check[QStringLiteral("tokens")].toInt() - check[QStringLiteral("different")].toInt())
            .arg(check[QStringLiteral("tokens")].toInt());
    const double value = check[QStringLiteral("value")].toDouble();
    return name == QStringLiteral("bf16") ? QStringLiteral("%1 %").arg(100 * value, 0, 'f', 1) : shortNumber(value);
}

QString tableLine(const QStringList &cells)
{
    return QStringLiteral("| ") + cells.join(QStringLiteral(" | ")) + QStringLiteral(" |\n");
}

} // namespace

QStringList referenceModels()
{
    return QDir(kModels).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

QStringList madeModels()
{
    return QDir(kConfigs).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

QString referencePath(const QString &model)
{
    return QDir(QDir(kConfigs).exists(model) ? kMade : kModels).filePath(model);
}

QString makeModel(const QString &model)
{
    QDir().mkpath(kMade);
    const Run run = runProgram(QStringLiteral("slowmodel"), {QStringLiteral("make"), QDir(kConfigs).filePath(model), referencePath(model)});
    return run.exitCode == 0 ? QString() : QString::fromUtf8(run.problem);
}

QString ggufPath(const QString &model)
{
    QDir().mkpath(kMade);
    return QDir(kMade).filePath(model + QStringLiteral(".gguf"));
}

Run runProgram(const QString &name, const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(ASSAY_BINARY_DIR "/tests/") + name, arguments);
    process.waitForFinished(-1);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

ModelResult ModelResult::of(const QString &model, const QByteArray &output)
{
    ModelResult out{model, {}, QDir(kConfigs).exists(model), QJsonDocument::fromJson(output).object()[QStringLiteral("checks")].toObject()};
    QFile file(QDir(referencePath(model)).filePath(QStringLiteral("expected.json")));
    if (file.open(QIODevice::ReadOnly))
        out.architecture = QJsonDocument::fromJson(file.readAll()).object()[QStringLiteral("architecture")].toString();
    return out;
}

void ModelResult::addGguf(const QByteArray &output)
{
    const QJsonObject all = QJsonDocument::fromJson(output).object()[QStringLiteral("checks")].toObject();
    QJsonObject worst = checks.value(QStringLiteral("GGUF")).toObject();
    for (const auto &each : all) {
        const QJsonObject check = each.toObject();
        const bool worse = !check.value(QStringLiteral("ok")).toBool()
                           || check.value(QStringLiteral("value")).toDouble() > worst.value(QStringLiteral("value")).toDouble();
        if (worst.isEmpty() || (worst.value(QStringLiteral("ok")).toBool() && worse))
            worst = check;
    }
    checks[QStringLiteral("GGUF")] = worst;
}

bool ModelResult::supported() const
{
    const QString code = checks[QStringLiteral("load")].toObject()[QStringLiteral("code")].toString();
    return code != QStringLiteral("engine.architecture_unsupported");
}

QStringList ModelResult::failures() const
{
    QStringList out;
    if (checks.isEmpty())
        out += QStringLiteral("referencecheck told nothing");
    for (auto it = checks.begin(); it != checks.end(); ++it) {
        const QJsonObject check = it->toObject();
        if (!check[QStringLiteral("ok")].toBool())
            out += it.key() + QStringLiteral(": ") + QString::fromUtf8(QJsonDocument(check).toJson(QJsonDocument::Compact));
    }
    return out;
}

QString ModelResult::summary() const
{
    QStringList out;
    for (auto it = checks.begin(); it != checks.end(); ++it)
        out += it.key() + u' ' + cell(it.key(), it->toObject());
    return out.join(QStringLiteral(", "));
}

QString ModelResult::tableRow() const
{
    QStringList cells{architecture, made ? model + QStringLiteral(" *") : model};
    for (const QString &column : kColumns)
        cells += supported() ? cell(column, checks[column].toObject()) : QStringLiteral("not yet");
    return tableLine(cells);
}

QString tableHead()
{
    QStringList rule;
    for (qsizetype i = 0; i < kColumns.size() + 2; ++i)
        rule += QStringLiteral("---");
    return tableLine(QStringList{QStringLiteral("Architecture"), QStringLiteral("Model")} + kColumns) + tableLine(rule);
}

} // namespace assay::test
