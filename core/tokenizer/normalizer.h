// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// The normalizer section: Unicode normal forms, one after another.
class Normalizer
{
public:
    /// Throws nlohmann::json::exception for wrong types.
    static Result<Normalizer> parse(const nlohmann::json &section, const std::string &where);
    /// Valid UTF-8 in, valid UTF-8 out.
    std::string apply(std::string_view text) const;
    bool empty() const { return m_forms.empty(); }

private:
    Result<void> add(const nlohmann::json &section, const std::string &where, int depth);
    std::vector<int> m_forms; ///< options of utf8proc_map
};

} // namespace assay
