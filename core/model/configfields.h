// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/modelconfig.h"

#include <initializer_list>
#include <nlohmann/json.hpp>

namespace assay {

/// Looks fields of a config up under their spellings: the nested text model, the top level, then what the class
/// supplies. Null counts as absent; whole numbers may be written as 4096.0 or "4096" (inspectors.md 4j).
class ConfigFields
{
public:
    using Names = std::initializer_list<const char *>;

    explicit ConfigFields(const nlohmann::json &root, nlohmann::json defaults = nlohmann::json::object());

    const nlohmann::json *find(Names names) const;
    std::optional<int64_t> integer(Names names) const;
    std::optional<double> number(Names names) const;
    std::optional<bool> boolean(Names names) const;
    std::string text(Names names) const;
    /// One number or a list of them; what is no whole number is left out.
    std::vector<int64_t> integers(Names names) const;
    std::vector<std::string> texts(Names names) const;
    /// The same as the nested text model has it; null for a config without one.
    const nlohmann::json *nested() const { return m_nested; }

private:
    const nlohmann::json &m_root;
    nlohmann::json m_defaults;
    const nlohmann::json *m_nested = nullptr;
};

/// Parts of parseModelConfig.
void readLayerKinds(const ConfigFields &fields, ModelConfig &config);
void readQuantization(const ConfigFields &fields, ModelConfig &config);

} // namespace assay
