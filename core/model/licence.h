// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/modeldirectory.h"
#include "core/model/facts.h"

namespace assay {

/// Where a licence is named.
struct Licence
{
    std::string name;   ///< "mit"; of a file that cannot be told, its name
    std::string source; ///< "README.md", "general.license", "LICENSE"
};

/// The front matter of README.md, the weight file's metadata, the config, else the name of a licence file.
std::optional<Licence> readLicence(const ModelDirectory &directory);

/// adapter_config.json, else what the names of the tensors tell; nothing for a model that holds no adapter.
std::optional<AdapterFacts> readAdapter(const ModelDirectory &directory, const std::vector<ModuleFact> &modules);

} // namespace assay
