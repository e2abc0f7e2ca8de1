// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/valuedecoder.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr uint64_t kStateLimit = 64 * 1024;
constexpr size_t kScalesHeld = 4096; ///< scales of blocks that are decoded at a time

// NF4: the quantiles of a normal distribution (QLoRA, appendix E); FP4 as bitsandbytes codes it, sign in the highest
// of four bits.
constexpr float kNf4[16] = {-1.0f, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f,
                            -0.28444138169288635f, -0.18477343022823334f, -0.09105003625154495f, 0.0f,
                            0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f,
                            0.44070982933044434f, 0.5626170039176941f, 0.7229568362236023f, 1.0f};
constexpr float kFp4[8] = {0.0f, 0.0052083333f, 0.66666667f, 1.0f, 0.33333333f, 0.5f, 0.16666667f, 0.25f};

/// What quant_state.bitsandbytes__* says, a JSON text in bytes.
struct FourBitState
{
    std::vector<int64_t> shape;
    uint64_t blockSize = 64;
    uint64_t nestedBlockSize = 256;
    float nestedOffset = 0;
};

class BitsandbytesDecoder final : public ValueDecoder
{
public:
    BitsandbytesDecoder(FourBitState state, std::vector<float> codebook, StoredTensor codes, std::unique_ptr<PlainDecoder> scales,
                        std::vector<float> nestedCodebook, std::unique_ptr<PlainDecoder> nestedScales)
        : m_state(std::move(state)), m_codebook(std::move(codebook)), m_codes(std::move(codes)), m_scales(std::move(scales)),
          m_nestedCodebook(std::move(nestedCodebook)), m_nestedScales(std::move(nestedScales))
    {
    }

    Result<void> read(uint64_t first, std::span<float> out) override
    {
        while (!out.empty()) {
            const uint64_t block = first / m_state.blockSize;
            if (auto done = loadScales(block); !done)
                return done;
            const uint64_t end = (m_firstScale + m_scale.size()) * m_state.blockSize;
            const size_t count = size_t(std::min({uint64_t(out.size()), end - first, StoredTensor::kReadAhead}));
            const auto bytes = m_codes.view(first / 2, (first + count - 1) / 2 - first / 2 + 1);
            if (!bytes)
                return tl::unexpected(bytes.error());
            for (size_t i = 0; i < count; ++i) {
                const uint64_t element = first + i;
                const unsigned byte = unsigned((*bytes)[element / 2 - first / 2]);
                out[i] = m_codebook[element % 2 == 0 ? byte >> 4 : byte & 15]
                         * m_scale[size_t(element / m_state.blockSize - m_firstScale)];
            }
            first += count;
            out = out.subspan(count);
        }
        return {};
    }

private:
    /// The scales from this block on; they may be quantised themselves.
    Result<void> loadScales(uint64_t block)
    {
        if (block >= m_firstScale && block < m_firstScale + m_scale.size())
            return {};
        m_scale.resize(size_t(std::min<uint64_t>(kScalesHeld, m_scales->elements() - block)));
        m_firstScale = block;
        auto done = m_scales->read(block, m_scale);
        if (done && m_nestedScales)
            done = unnest(block);
        if (!done)
            m_scale.clear();
        return done;
    }

    Result<void> unnest(uint64_t block)
    {
        const uint64_t first = block / m_state.nestedBlockSize;
        const uint64_t last = (block + m_scale.size() - 1) / m_state.nestedBlockSize;
        std::vector<float> outer(size_t(last - first + 1));
        if (auto done = m_nestedScales->read(first, outer); !done)
            return done;
        for (size_t i = 0; i < m_scale.size(); ++i) {
            const float inner = m_nestedCodebook[size_t(m_scale[i])];
            m_scale[i] = inner * outer[size_t((block + i) / m_state.nestedBlockSize - first)] + m_state.nestedOffset;
        }
        return {};
    }

    FourBitState m_state;
    std::vector<float> m_codebook;
    StoredTensor m_codes;
    std::unique_ptr<PlainDecoder> m_scales;
    std::vector<float> m_nestedCodebook;
    std::unique_ptr<PlainDecoder> m_nestedScales;
    std::vector<float> m_scale;
    uint64_t m_firstScale = 0;
};

uint64_t positiveAt(const nlohmann::json &json, const char *key, uint64_t otherwise)
{
    const auto found = json.find(key);
    return found != json.end() && found->is_number_integer() && found->get<int64_t>() > 0 ? found->get<uint64_t>() : otherwise;
}

/// Without a state the shape stays [elements].
Result<FourBitState> readState(const OpenContext &context)
{
    FourBitState state;
    if (!context.parts.has(WeightPart::State)) {
        state.shape = {int64_t(std::min<uint64_t>(context.record().elements, uint64_t(1) << 61) * 2)};
        return state;
    }
    auto stored = context.stored(WeightPart::State);
    if (!stored)
        return tl::unexpected(stored.error());
    const auto bad = [&] { return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its quant_state is damaged"))); };
    if (stored->bytes() > kStateLimit)
        return bad();
    std::string text(size_t(stored->bytes()), '\0');
    if (auto done = stored->read(0, std::as_writable_bytes(std::span(text))); !done)
        return tl::unexpected(done.error());
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return bad();
    state.blockSize = positiveAt(json, "blocksize", state.blockSize);
    state.nestedBlockSize = positiveAt(json, "nested_blocksize", state.nestedBlockSize);
    if (const auto offset = json.find("nested_offset"); offset != json.end() && offset->is_number())
        state.nestedOffset = offset->get<float>();
    const auto shape = json.find("shape");
    if (shape == json.end() || !shape->is_array() || shape->empty())
        return bad();
    for (const auto &size : *shape) {
        if (!size.is_number_integer() || size.get<int64_t>() < 0)
            return bad();
        state.shape.push_back(size.get<int64_t>());
    }
    return state;
}

Result<std::vector<float>> codebookOf(const OpenContext &context)
{
    if (context.parts.has(WeightPart::Codebook)) {
        auto stored = context.values(WeightPart::Codebook, 16);
        if (!stored || stored->size() == 16)
            return stored;
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    }
    const TensorRecord *state = context.record(WeightPart::State);
    if (!state || !state->name.ends_with("fp4"))
        return std::vector<float>(std::begin(kNf4), std::end(kNf4));
    std::vector<float> codes(std::begin(kFp4), std::end(kFp4));
    for (const float code : kFp4)
        codes.push_back(-code);
    return codes;
}

} // namespace

Result<OpenedValues> openBitsandbytes(const OpenContext &context)
{
    auto opened = context.codesAndScales();
    if (!opened)
        return tl::unexpected(opened.error());
    auto &[codes, scales] = *opened;
    auto state = readState(context);
    if (!state)
        return tl::unexpected(state.error());
    auto codebook = codebookOf(context);
    if (!codebook)
        return tl::unexpected(codebook.error());
    std::vector<float> nestedCodebook;
    std::unique_ptr<PlainDecoder> nestedScales;
    const uint64_t blocks = scales->elements();
    bool fits = true;
    if (context.parts.has(WeightPart::NestedScales)) {
        auto nested = context.plain(WeightPart::NestedScales);
        auto book = context.values(WeightPart::NestedCodebook, 256);
        if (!nested || !book)
            return tl::unexpected(nested ? book.error() : nested.error());
        nestedScales = std::move(*nested);
        nestedCodebook = std::move(*book);
        fits = nestedCodebook.size() == 256 && scales->record().dtype == Dtype::U8
               && nestedScales->elements() >= blocks / state->nestedBlockSize + (blocks % state->nestedBlockSize != 0);
    }
    const auto elements = Shape(state->shape).elements();
    fits = fits && elements && codes.bytes() >= *elements / 2 + *elements % 2
           && blocks >= *elements / state->blockSize + (*elements % state->blockSize != 0) && codes.record().strides.empty();
    if (!fits)
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its scales do not fit its shape")));
    const std::vector<int64_t> shape = state->shape;
    return OpenedValues{std::make_unique<BitsandbytesDecoder>(std::move(*state), std::move(*codebook), std::move(codes),
                                                              std::move(scales), std::move(nestedCodebook), std::move(nestedScales)),
                        shape};
}

} // namespace assay
