// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QStringList>

namespace assay::test {

/// The reference models: directories with a model and its expected outputs.
QStringList referenceModels();
QString referencePath(const QString &model);

/// What referencecheck told of one model.
struct ModelResult
{
    QString model, architecture;
    QJsonObject checks; ///< by name: {"ok": true, "value": ..., "limit": ...}

    static ModelResult of(const QString &model, const QByteArray &output);

    /// Whether the engine knows the architecture.
    bool supported() const;
    /// A sentence for each check that is not within its limit.
    QStringList failures() const;
    QString summary() const;
    QString tableRow() const;
};

QString tableHead();

} // namespace assay::test
