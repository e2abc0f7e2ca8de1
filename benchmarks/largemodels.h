// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QStringList>

namespace assay::benchmark {

/// A model as large as the largest published ones: headers over holes, made by tests/data/generators.
struct LargeModel
{
    const char *name;
    const char *config;
    QStringList options;
};

/// 163 shards, 91,991 tensors.
inline LargeModel deepSeekR1() { return {"DeepSeek-R1", "r1-shape.json", {}}; }

/// 96 shards, 497,191 tensors.
inline LargeModel kimiK3Sized()
{
    return {"Kimi-K3-sized", "k3-size-shape.json", {QStringLiteral("--shard-elements"), QStringLiteral("28900000000")}};
}

/// Writes the model as a folder; says what went wrong on stderr.
inline bool generate(const LargeModel &model, const QString &path)
{
    const QString tests = QStringLiteral(ASSAY_TEST_DATA);
    const QStringList arguments{tests + QStringLiteral("/generators/make_r1_index.py"), QStringLiteral("--config"),
                                tests + QStringLiteral("/configs/") + QString::fromLatin1(model.config),
                                QStringLiteral("--out"), path};
    return QProcess::execute(QStringLiteral("python3"), arguments + model.options) == 0;
}

} // namespace assay::benchmark
