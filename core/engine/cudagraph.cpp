// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/cudagraph.h"

#include "core/engine/torch.h"

// The mode of capturing came with 2.1.
#if defined(ASSAY_CUDA) && (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 1))

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

namespace assay::engine::cuda {

bool recordsGraphs()
{
    return true;
}

Graph::Graph(int device, const std::function<void()> &work)
{
    static const at::cuda::MempoolId_t kPool = at::cuda::graph_pool_handle();
    const c10::cuda::CUDAGuard onDevice{at::DeviceIndex(device)};
    c10::cuda::device_synchronize();
    // The default stream cannot be recorded.
    const c10::cuda::CUDAStreamGuard onStream{c10::cuda::getStreamFromPool(false, at::DeviceIndex(device))};
    work();
    c10::cuda::device_synchronize();
    auto graph = std::make_shared<at::cuda::CUDAGraph>();
    // Other threads may use the device meanwhile: one that reads its memory, for example.
    graph->capture_begin(kPool, cudaStreamCaptureModeThreadLocal);
    try {
        work();
    } catch (...) {
        // The stream has to leave its mode; what ends the recording of a failed one is no news.
        try {
            graph->capture_end();
        } catch (const std::exception &) {
        }
        throw;
    }
    graph->capture_end();
    m_recorded = std::move(graph);
}

void Graph::replay()
{
    static_cast<at::cuda::CUDAGraph *>(m_recorded.get())->replay();
}

} // namespace assay::engine::cuda

#else

namespace assay::engine::cuda {

bool recordsGraphs()
{
    return false;
}

Graph::Graph(int, const std::function<void()> &)
{
    TORCH_CHECK(false, "this libtorch cannot record graphs");
}

void Graph::replay() {}

} // namespace assay::engine::cuda

#endif
