// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/description.h"

#include <QStringList>
#include <map>

namespace assay::test {

/// Names of a checkpoint's tensors with their shapes.
using Shapes = std::map<std::string, std::vector<int64_t>>;

/// Where a description and a checkpoint disagree, one line each: a slot without a tensor, a tensor of another shape, a
/// row of a tensor that no slot or more than one takes.
QStringList disagreements(const DecoderSpec &spec, const Shapes &shapes, bool gguf = false);

/// Shapes of tensors where "{layer}" in a name stands for 0 to layers - 1.
Shapes eachLayer(int64_t layers, const Shapes &patterns);
/// The tensors of a reference model in tests/data, without those whose names contain one of these texts.
Shapes referenceShapes(const std::string &model, std::initializer_list<const char *> without = {});
/// config.json of a reference model, and the parameters that transformers counts in it.
std::string referenceConfig(const std::string &model);
uint64_t referenceParameters(const std::string &model);

/// config.json's spec; fails the program when there is none, with the reason.
DecoderSpec resolved(const std::string &config);
/// The error's id, empty where it resolves.
QString refusal(const std::string &config);
/// The config with one field changed; null takes it away.
std::string withField(const std::string &config, const char *field, const nlohmann::json &value);

} // namespace assay::test
