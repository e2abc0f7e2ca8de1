// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace assay::engine::cuda {

/// Whether this libtorch can record graphs: 2.1 or newer, built with CUDA.
bool recordsGraphs();

/// Work on one device, recorded once, that it then does as one piece: the host gives one order instead of thousands.
class Graph
{
public:
    /// Does the work once as it is, so that the libraries set themselves up, then records it: work must neither wait for the
    /// device nor copy from or to the host. What it allocates lies in a pool that all graphs share, so that no two may run at
    /// once. Throws what libtorch throws.
    Graph(int device, const std::function<void()> &work);
    /// On the device's current stream.
    void replay();

private:
    std::shared_ptr<void> m_recorded;
};

} // namespace assay::engine::cuda
