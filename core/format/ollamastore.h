// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/fileset.h"

namespace assay {

/// One layer of a manifest: a file of the model.
struct OllamaLayer
{
    std::string name;      ///< what it is called here: "model.gguf", "projector.gguf", "template"
    std::string mediaType;
    std::string hash;      ///< SHA-256, 64 digits in lower case; also the name of its blob
    std::optional<uint64_t> bytes;
};

/// Reads a manifest of a store (inspectors.md 4b). Errors: OllamaDamaged (a digest that is none among them, as it
/// could lead out of the store).
Result<std::vector<OllamaLayer>> parseOllamaManifest(const std::string &text, const std::string &where);

/// Whether this path means a model of an Ollama store: the store's folder (manifests/ and blobs/) or its parent, a
/// manifest, or NAME:TAG below the store.
bool isOllamaModel(const std::filesystem::path &path);

/// The files of that model; the GGUF is the chosen one. Errors: OllamaDamaged, FileMissing (no such name),
/// DirectoryEmpty (no model), BadUsage (several models: which one?).
Result<std::shared_ptr<const FileSet>> openOllamaModel(const std::filesystem::path &path);

} // namespace assay
