// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mock/answer.h"
#include "core/mock/httpreader.h"

#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace assay {

/// The answering shape of a generating route; absent: none of this server's.
struct MockRoute
{
    MockDialect dialect = MockDialect::Chat;
    bool alwaysStreams = false, neverStreams = false; ///< of TGI, which has a path for each
};
std::optional<MockRoute> routeOf(MockServer server, const MockHttpRequest &request);

/// Body of a generating request. Absent: no JSON object, or without anything to answer. withTexts: hooks want them.
std::optional<MockQuery> readQuery(const MockRoute &route, const MockHttpRequest &request, bool withTexts = false);

/// Words of all texts of a request's JSON: of strings under "content", "prompt", "inputs", "system", "text".
int64_t countWords(const nlohmann::json &json);

} // namespace assay
