// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/format/safetensors.h"

#include <QDir>
#include <QString>
#include <nlohmann/json.hpp>

/// The models with outputs of the reference implementation.
namespace reference {

inline QString directory()
{
    return QStringLiteral(ASSAY_TEST_DATA "/models");
}

inline QStringList models()
{
    return QDir(directory()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

inline QString path(const QString &model)
{
    return QDir(directory()).filePath(model);
}

/// expected.json of a model.
inline nlohmann::json expected(const QString &model)
{
    const auto text = assay::readWholeFile(path(model).toStdString() + "/expected.json", 50'000'000);
    return text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
}

/// A float32 tensor of expected.safetensors; empty when there is none.
inline std::vector<float> tensor(const QString &model, const std::string &name)
{
    auto file = assay::File::open(path(model).toStdString() + "/expected.safetensors");
    auto header = file ? assay::readSafetensorsHeader(*file) : tl::unexpected(file.error());
    if (!header)
        return {};
    for (const assay::TensorRecord &record : header->tensors) {
        if (record.name != name)
            continue;
        std::vector<float> out(record.elements);
        const auto read = file->readAt(record.offset, std::as_writable_bytes(std::span(out)));
        return read ? out : std::vector<float>();
    }
    return {};
}

} // namespace reference
