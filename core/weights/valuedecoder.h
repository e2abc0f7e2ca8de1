// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/storedtensor.h"

namespace assay {

/// Gives ranges of one weight's logical values, row after row. One for each layout of quantised weights.
class ValueDecoder
{
public:
    virtual ~ValueDecoder() = default;
    /// Elements [first, first + out.size()), which the caller knows to be there.
    virtual Result<void> read(uint64_t first, std::span<float> out) = 0;
    virtual std::optional<Dtype> storedAs() const { return std::nullopt; }
    virtual Result<void> readBytes(uint64_t offset, std::span<std::byte> out) const;
};

/// A decoder of matrices that works on parts of single rows.
class RowDecoder : public ValueDecoder
{
public:
    Result<void> read(uint64_t first, std::span<float> out) final;

protected:
    explicit RowDecoder(uint64_t columns) : m_columns(columns) {}
    /// out.size() elements of this row from this column on.
    virtual Result<void> readRow(uint64_t row, uint64_t column, std::span<float> out) = 0;
    uint64_t m_columns;
};

/// The numbers as they are stored, one after another.
class PlainDecoder final : public ValueDecoder
{
public:
    /// Errors: WeightsUnreadable for types without a decoder.
    static Result<std::unique_ptr<PlainDecoder>> make(StoredTensor stored);
    Result<void> read(uint64_t first, std::span<float> out) override;
    std::optional<Dtype> storedAs() const override;
    Result<void> readBytes(uint64_t offset, std::span<std::byte> out) const override;
    const TensorRecord &record() const { return m_stored.record(); }
    uint64_t elements() const { return record().elements; }
    void setReadAhead(uint64_t bytes) { m_stored.setReadAhead(bytes); }

private:
    PlainDecoder(StoredTensor stored, BlockDecoder decode);
    Result<void> readPart(uint64_t block, uint64_t skip, std::span<float> out);

    StoredTensor m_stored;
    BlockDecoder m_decode;
    DtypeBlock m_block;
    std::vector<float> m_one; ///< a block of which only a part is asked for
};

/// Elements that share a scale when a row has so many groups: as declared where that fits, else all alike; 0 when neither does.
uint64_t groupSize(uint64_t elements, uint64_t groups, int64_t declared);

/// A decoder with the shape of what it gives.
struct OpenedValues
{
    std::unique_ptr<ValueDecoder> decoder;
    std::vector<int64_t> shape;
};

/// A weight of packed codes and its scales, opened.
struct CodesAndScales
{
    StoredTensor codes;
    std::unique_ptr<PlainDecoder> scales;
};

/// What the openers of all layouts start from.
struct OpenContext
{
    const WeightCatalog &catalog;
    const WeightParts &parts;
    const FileSet &files;

    const TensorRecord &record() const { return catalog.checkpoint().tensors[parts.tensor]; }
    const TensorRecord *record(WeightPart part) const;
    Error unreadable(const char *reason) const { return weightsUnreadable(record().name, reason); }
    Result<StoredTensor> weight() const { return StoredTensor::open(catalog, parts.tensor, files); }
    Result<StoredTensor> stored(WeightPart part) const;
    Result<std::unique_ptr<PlainDecoder>> plain(WeightPart part) const;
    Result<CodesAndScales> codesAndScales() const;
    /// All values of a small part: an order, a shape, the codes of a table. Refused above `limit` elements.
    Result<std::vector<float>> values(WeightPart part, uint64_t limit) const;
};

Result<OpenedValues> openPlain(const OpenContext &context);
Result<OpenedValues> openStrided(const OpenContext &context);
Result<OpenedValues> openScaled(const OpenContext &context);      ///< fp8 and int8 with scales
Result<OpenedValues> openByInputs(const OpenContext &context);    ///< GPTQ and AWQ: packed matrices stored [in, out]
Result<OpenedValues> openPackedInts(const OpenContext &context);  ///< compressed-tensors pack, MLX
Result<OpenedValues> openFourBits(const OpenContext &context);    ///< NVFP4, MXFP4, fp4 experts
Result<OpenedValues> openBitsandbytes(const OpenContext &context); ///< nf4, fp4

/// Codes of `bits` (1 to 16) bits that stand in 32-bit words from the lowest bit on, across words.
class BitStream
{
public:
    BitStream(const std::byte *words, int bits) : m_words(words), m_bits(bits) {}
    uint32_t at(uint64_t index) const;

private:
    const std::byte *m_words;
    int m_bits;
};

} // namespace assay
