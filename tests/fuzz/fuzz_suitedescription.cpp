// SPDX-License-Identifier: GPL-3.0-or-later
// A suite description, applied to a row that has every kind of field.
#include "core/evaluate/formats/itemmaker.h"
#include "core/evaluate/formats/jsontext.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try {
        const nlohmann::json object = assay::parseDocument(std::string_view(reinterpret_cast<const char *>(data), size), 6);
        if (!object.is_object())
            return 0;
        const assay::SuiteDescription description = assay::descriptionFrom(object, "name");
        if (description.asking == assay::Asking::Image)
            return 0;
        nlohmann::json row{{"q", "What is \\boxed{1}?"}, {"a", "x #### 1,234.5"}, {"n", 2}, {"list", {"a", "b", "c"}}, {"deep", {{"list", {1, 2}}}}, {"none", nullptr}, {"letter", "B"}};
        const assay::MadeItem made = assay::itemFrom(description, row, "1");
        if (made.item.prompt.empty() || made.item.id.empty())
            std::abort();
    } catch (const assay::Damage &damage) {
        const std::string sentence = assay::validUtf8(damage.what());
        if (sentence.empty())
            std::abort();
    }
    return 0;
}
