// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace assay {

/// The subjects that a path or address means. An address stands for itself, and so does a file of weights; of a file
/// that every model has (config.json, model.safetensors, a shard of it) its folder is meant. A folder that is a model
/// (weights, a repository of a hub's cache, a model of an Ollama store) stands for itself; of a folder of single-file
/// models all of them are meant, of others the models right below, in the order of their names. Never empty: what
/// holds none stands for itself, so that opening it says what is wrong.
QStringList modelFolders(const QString &path);

/// The filter of a file dialog: "*.safetensors *.gguf ...".
QString weightFilePatterns();

} // namespace assay
