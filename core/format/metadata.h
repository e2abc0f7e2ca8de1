// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace assay {

/// What a weight file says beside its tensors: __metadata__ of safetensors, the keys of GGUF, metadata_props of ONNX.
struct MetadataEntry
{
    /// Of an array all numbers up to kKeptNumbers are kept and the first kKeptTexts texts: a vocabulary is read from
    /// the file by those who need it.
    static constexpr size_t kKeptNumbers = 65536, kKeptTexts = 16;

    std::string key;
    std::string type; ///< as the format names it: "string", "uint32", "array of string"
    std::variant<std::monostate, bool, int64_t, uint64_t, double, std::string> value; ///< monostate for an array
    std::optional<uint64_t> count; ///< items of an array; nothing for a single value
    std::vector<double> numbers;   ///< of an array of numbers or booleans
    std::vector<std::string> texts; ///< of an array of texts
    uint64_t offset = 0; ///< of an array's first item in the file

    bool isArray() const { return count.has_value(); }
    /// The value as a whole number, whatever integer type it was written in; nothing for others and those that do
    /// not fit.
    std::optional<int64_t> integer() const;
    std::optional<double> number() const; ///< of any numeric type
    const std::string *text() const;      ///< null unless it is one
    /// For people: the value; of an array the count and its first items.
    std::string shown() const;
};

} // namespace assay
