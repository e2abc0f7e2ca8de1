// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThreadPool>
#include <memory>

namespace assay {

/// Threads for what may wait long for a disk or a server: more than there are processors, since they mostly sleep, and
/// apart from those that the window's own work needs at once. The program waits for them when it ends.
QThreadPool &slowThreads();

/// Stands at the beginning of work on a slow thread that may never come back, as from a network drive that does not answer:
/// after two seconds the work no longer counts among those that run at a time, so that what is opened next is not kept
/// waiting for it.
class MayHang
{
public:
    MayHang();
    ~MayHang();
    MayHang(const MayHang &) = delete;
    MayHang &operator=(const MayHang &) = delete;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace assay
