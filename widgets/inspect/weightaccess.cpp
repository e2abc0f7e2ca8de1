// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/weightaccess.h"

namespace assay {

WeightAccess::WeightAccess(std::shared_ptr<const Inspection> inspection) : m_inspection(std::move(inspection)) {}

const WeightCatalog &WeightAccess::catalog() const
{
    std::call_once(m_once, [this] {
        m_catalog.emplace(catalogOf(checkpoint(), m_inspection->facts.config, m_inspection->directory.files.get()));
    });
    return *m_catalog;
}

Result<WeightReader> WeightAccess::open(size_t tensor) const
{
    if (!m_inspection->directory.files)
        return failure(ErrorCode::FileMissing, {std::string(record(tensor).name)});
    return openWeight(catalog(), tensor, *m_inspection->directory.files);
}

bool WeightAccess::remote() const
{
    return m_inspection->directory.files && m_inspection->directory.files->remote();
}

} // namespace assay
