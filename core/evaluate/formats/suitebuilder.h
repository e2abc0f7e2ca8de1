// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/damage.h"
#include "core/evaluate/suite.h"

#include <unordered_set>

namespace assay {

/// A suite while its source is read: keeps ids apart and counts what is left out.
class SuiteBuilder
{
public:
    Suite suite;

    /// Takes the item, or tells that its id occurs again or that there are too many.
    void add(SuiteItem item, uint64_t line, const std::string &file = {});
    void damaged(const Damage &damage, uint64_t line, const std::string &file = {});
    bool full() const { return suite.items.size() >= kMostSuiteItems; }
    /// The suite settled, or SuiteEmpty.
    Result<Suite> finish();

private:
    std::unordered_set<std::string> m_ids;
};

} // namespace assay
