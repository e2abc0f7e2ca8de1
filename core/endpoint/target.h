// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// A key. It is shown nowhere: printing gives "(key)", and its memory is overwritten at the end.
class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string value) : m_value(std::move(value)) {}
    Secret(const Secret &) = default;
    Secret(Secret &&) = default;
    Secret &operator=(const Secret &) = default;
    Secret &operator=(Secret &&) = default;
    ~Secret();
    bool empty() const { return m_value.empty(); }
    const std::string &reveal() const { return m_value; } ///< for the writer of the request's headers alone
    /// The text with every occurrence of the key replaced: for the words of servers and libraries.
    std::string redact(std::string text) const;

private:
    std::string m_value;
};

enum class HttpVersion : uint8_t { Auto, One, Two };

/// How a server is reached. Times in seconds; each stage has a limit, so nothing waits for ever.
struct Transport
{
    HttpVersion version = HttpVersion::Auto;
    std::string proxy;   ///< empty: the environment's
    std::string caFile;  ///< empty: the system's
    double connectLimit = 10, headerLimit = 120, firstTokenLimit = 600, stallLimit = 120, totalLimit = 3600;
    uint64_t byteLimit = uint64_t(64) << 20; ///< of a body
    bool operator==(const Transport &) const = default;
};

/// One model at one endpoint.
struct EndpointTarget
{
    std::string url;     ///< as entered: "https://api.deepseek.com", "http://host:8000/v1"; no user names, no keys
    std::string dialect; ///< id of dialects(); empty: found by asking
    std::string model;   ///< empty: the only one that the server lists
    Secret key;
    std::vector<std::pair<std::string, std::string>> headers; ///< further ones that the user set
    Transport transport;
};

} // namespace assay
