// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/target.h"
#include "core/identify/watch/watchrecord.h"

#include <stop_token>

namespace assay {

/// What the calls of one check brought. why: it is inconclusive, in a sentence; what came is kept all the same.
struct Asked
{
    WatchWindow window;
    std::optional<Told> why;
};

/// Asks an endpoint (OpenAI's chat form) what a check needs, one call after the other. Three calls in a row that fail end it.
class MonitorCalls
{
public:
    MonitorCalls(EndpointTarget target, const WatchFile &file, std::stop_token stop) : m_target(std::move(target)), m_file(file), m_stop(std::move(stop)) {}

    Asked logprobs();
    Asked tokens();
    Asked latency();
    /// Each prompt `calls` times.
    Asked answers(const std::vector<std::string> &prompts, int64_t calls);
    /// Looks for prompts that have two answers or more, and asks each of them often (identity.md, 3 "B3IT", phase 1).
    Asked border();

private:
    std::optional<nlohmann::json> ask(nlohmann::json body, WatchWindow &window);
    std::optional<std::string> answerTo(const std::string &prompt, WatchWindow &window);
    bool isOver() const { return m_failedInARow >= 3 || m_stop.stop_requested(); }
    std::optional<Told> whyOver() const;

    EndpointTarget m_target;
    const WatchFile &m_file;
    std::stop_token m_stop;
    int m_failedInARow = 0;
    std::string m_lastFailure; ///< in words
};

} // namespace assay
