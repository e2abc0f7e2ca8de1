// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace assay {

/// Calls work(0) ... work(count - 1), each once, on so many threads (0: as many as there are cores); returns when all
/// are over. After a stop no further one is begun.
void forEachOnThreads(size_t count, unsigned threads, const std::stop_token &stop, const std::function<void(size_t)> &work);

} // namespace assay
