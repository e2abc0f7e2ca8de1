// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// The post_processor section, for a single text: the special tokens before and after it.
struct PostProcessor
{
    std::vector<int64_t> before;
    std::vector<int64_t> after;

    /// Throws nlohmann::json::exception for wrong types.
    static Result<PostProcessor> parse(const nlohmann::json &section, const std::string &where);
};

} // namespace assay
