// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <string_view>

namespace assay::worker {

/// Writes whole lines of the protocol from any thread.
class Outbox
{
public:
    /// Takes standard output over: what libraries print there goes to standard error from now on.
    Outbox();
    Outbox(const Outbox &) = delete;
    Outbox &operator=(const Outbox &) = delete;

    /// Ends the process with ExitCode::FileError when nobody can read any more.
    void send(std::string_view line);

private:
    std::mutex m_mutex;
    int m_descriptor;
};

} // namespace assay::worker
