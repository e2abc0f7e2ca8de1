// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/spec.h"
#include "core/engine/attention.h"

#include <map>

namespace assay::engine {

/// One token a row whose place only the device knows, in a cache of which always the same part is read: nothing that such a
/// step does depends on the host, so that it can be recorded and replayed.
class FixedStep
{
public:
    /// position: [1] int64, where the token stands, less than `keys`. type: that of the cache.
    FixedStep(const DecoderSpec &spec, at::Tensor position, int64_t keys, at::ScalarType type);

    const at::Tensor &position() const { return m_position; }
    int64_t keys() const { return m_keys; } ///< of the cache, from its beginning, that are looked at
    /// Hides what the token must not see, by a mask instead of the host's numbers.
    void restrict(AttentionRule &rule) const;

private:
    at::Tensor m_position;
    int64_t m_keys;
    struct Sight
    {
        at::Tensor seen;  ///< bool [1, keys]
        at::Tensor added; ///< 0 where it is true, else minus infinity
    };
    std::map<int64_t, Sight> m_sights; ///< by window
};

} // namespace assay::engine
