// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

namespace assay {

/// Runs the work on a thread of its own beside the event loop, which hears Ctrl+C (then the source is asked to stop)
/// and calls `tell` a few times a second. Returns when the work has.
void runInterruptible(std::stop_source &source, const std::function<void()> &work, const std::function<void()> &tell);

} // namespace assay
