// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace assay::test {

/// The models of the Hugging Face library, and those whose expected outputs come from the second implementation.
QStringList referenceModels();
QStringList madeModels();
/// A directory with a model and its expected outputs; that of a made model is in the build folder, see makeModel().
QString referencePath(const QString &model);
QString makeModel(const QString &model); ///< what went wrong; empty for nothing
QString ggufPath(const QString &model);  ///< where the model lies as GGUF, once it is written

/// What referencecheck told of one model.
struct ModelResult
{
    QString model, architecture;
    bool made = false;  ///< the expected outputs come from the second implementation
    QJsonObject checks; ///< by name: {"ok": true, "value": ..., "limit": ...}

    static ModelResult of(const QString &model, const QByteArray &output);

    /// Adds what it told of the same model as a GGUF file: the worst way counts.
    void addGguf(const QByteArray &output);
    /// Whether the engine knows the architecture.
    bool supported() const;
    /// A sentence for each check that is not within its limit.
    QStringList failures() const;
    QString summary() const;
    QString tableRow() const;
};

QString tableHead();

/// A program of the tests with what it wrote and, if it failed, said.
struct Run
{
    int exitCode = -1;
    QByteArray output, problem;
};
Run runProgram(const QString &name, const QStringList &arguments);

} // namespace assay::test
