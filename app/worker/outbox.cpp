// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/outbox.h"

#include "core/base/error.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace assay::worker {

Outbox::Outbox() : m_descriptor(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1))
{
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    std::signal(SIGPIPE, SIG_IGN);
}

void Outbox::send(std::string_view line)
{
    const std::lock_guard lock(m_mutex);
    while (!line.empty()) {
        const ssize_t count = ::write(m_descriptor, line.data(), line.size());
        if (count >= 0)
            line.remove_prefix(size_t(count));
        else if (errno != EINTR)
            std::_Exit(int(ExitCode::FileError));
    }
}

} // namespace assay::worker
