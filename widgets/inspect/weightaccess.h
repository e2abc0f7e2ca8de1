// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"
#include "core/weights/weightvalues.h"

#include <mutex>

namespace assay {

/// Opens the weights of one inspection, from any thread. The catalog is made when it is first needed.
class WeightAccess
{
public:
    explicit WeightAccess(std::shared_ptr<const Inspection> inspection);
    const Checkpoint &checkpoint() const { return m_inspection->directory.checkpoint; }
    const TensorRecord &record(size_t tensor) const { return checkpoint().tensors[tensor]; }
    /// What the values are put together from; waits for the catalog.
    const WeightCatalog &catalog() const;
    Result<WeightReader> open(size_t tensor) const;
    bool remote() const;

private:
    std::shared_ptr<const Inspection> m_inspection;
    mutable std::once_flag m_once;
    mutable std::optional<WeightCatalog> m_catalog;
};

} // namespace assay
