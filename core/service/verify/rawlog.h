// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/endpoint/exchange.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace assay {

/// One request of a verification and what came back, as it is kept. Neither holds the key: it stands in a header that is not among them.
struct RawCall
{
    std::string id, at;           ///< "count.A.1"; UTC
    std::string method, path, body;
    ExchangeAnswer answer;
};
nlohmann::json rawCallToJson(const RawCall &call);

/// What a line that begins a session says. Calls below it belong to it.
struct RawSession
{
    std::string url, model, claim, startedAt;
    uint64_t seed = 0;
};

/// A file of JSON lines that only grows: a line a session, a line a call (docs/identity/endpoints.md).
class RawLog
{
public:
    /// Creates the file and its folder where they are missing. Error: FileUnwritable.
    static Result<RawLog> open(const std::filesystem::path &file, const RawSession &session);
    /// Error: FileUnwritable.
    Result<void> add(const RawCall &call);

private:
    explicit RawLog(std::filesystem::path file) : m_file(std::move(file)) {}
    Result<void> append(const nlohmann::json &line) const;
    std::filesystem::path m_file;
};

/// What an earlier, broken-off session with the same endpoint left: its seed, and its answered calls by id. Lines that are damaged are
/// left out, so that they are asked again.
struct RawEarlier
{
    std::optional<uint64_t> seed;
    std::map<std::string, RawCall> calls;
};
RawEarlier readRawLog(std::string_view text, const std::string &url, const std::string &model);
inline constexpr uint64_t kMostRawBytes = uint64_t(256) << 20;

} // namespace assay
