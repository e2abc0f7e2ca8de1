// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/fileset.h"
#include "core/weights/weightcatalog.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace assay {

/// How a long reading is watched and stopped. Progress is told in elements, every few MB, from the calling thread.
struct StreamControl
{
    std::stop_token stop;
    std::function<void(uint64_t done, uint64_t total)> progress;
};

/// Gives ranges of a weight's logical values. Made by openWeight; internal to core/weights.
class ValueDecoder;

/// The logical values of one weight as float32, read in ranges and never held as a whole: a few MB at most. Wider
/// numbers (F64, I64) are rounded. Used by one thread at a time; open one for each thread.
class WeightReader
{
public:
    WeightReader(std::string name, std::vector<int64_t> shape, WeightScheme scheme, std::unique_ptr<ValueDecoder> decoder,
                 uint64_t readAhead);
    WeightReader(WeightReader &&) noexcept;
    WeightReader &operator=(WeightReader &&) noexcept;
    ~WeightReader();

    const std::string &name() const { return m_name; }
    const std::vector<int64_t> &shape() const { return m_shape; } ///< logical: [out, in] of a packed matrix
    WeightScheme scheme() const { return m_scheme; }
    uint64_t elements() const { return m_elements; }
    /// The weight as a matrix: the last axis, and all others together. A scalar is 1 x 1.
    uint64_t rows() const { return m_rows; }
    uint64_t columns() const { return m_columns; }

    /// Elements [first, first + out.size()), row after row. Errors: FileUnreadable, WeightsUnreadable.
    Result<void> read(uint64_t first, std::span<float> out);
    /// The stored type when the values stand in the file one after another, smallest byte first: then readBytes
    /// gives them without decoding.
    std::optional<Dtype> storedAs() const;
    Result<void> readBytes(uint64_t offset, std::span<std::byte> out) const;
    /// Bytes to ask for at a time: few from a disk, so that they stay in the cache; many from a server.
    uint64_t readAhead() const { return m_readAhead; }

private:
    std::string m_name;
    std::vector<int64_t> m_shape;
    WeightScheme m_scheme;
    uint64_t m_elements = 0, m_rows = 0, m_columns = 0, m_readAhead;
    std::unique_ptr<ValueDecoder> m_decoder;
};

/// Opens the values of one tensor of the catalog; of a weight decoded with all its parts, of a scale as it is stored.
/// Errors: WeightsUnreadable (no values can be known: complex or unknown types, scales missing, kNoOffset, cut off),
/// those of FileSet::open.
Result<WeightReader> openWeight(const WeightCatalog &catalog, size_t tensor, const FileSet &files);

/// The catalog of what was opened; reads quantize_config.json where the config says nothing.
WeightCatalog catalogOf(const Checkpoint &checkpoint, const ModelConfig &config, const FileSet *files);

} // namespace assay
