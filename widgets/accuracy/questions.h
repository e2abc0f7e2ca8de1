// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/suite.h"

#include <memory>
#include <string_view>
#include <unordered_map>

namespace assay {

/// What a suite asks, by the ids of its items.
class Questions
{
public:
    explicit Questions(std::shared_ptr<const Suite> suite);
    const SuiteItem *find(std::string_view id) const; ///< null: there is no such item

private:
    std::shared_ptr<const Suite> m_suite;
    std::unordered_map<std::string_view, uint32_t> m_places;
};

} // namespace assay
