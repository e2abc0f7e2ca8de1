// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/weights/weightvalues.h"

#include "core/format/shape.h"
#include "core/weights/valuedecoder.h"

#include <algorithm>

namespace assay {
namespace {

constexpr const char *kOldGptqConfig = "quantize_config.json";
constexpr uint64_t kOldGptqConfigLimit = 1024 * 1024;

Result<OpenedValues> openValues(const OpenContext &context)
{
    switch (context.parts.scheme) {
    case WeightScheme::ScaledFloat8:
    case WeightScheme::ScaledInt8: return openScaled(context);
    case WeightScheme::Gptq:
    case WeightScheme::Awq: return openByInputs(context);
    case WeightScheme::PackedInts:
    case WeightScheme::Mlx: return openPackedInts(context);
    case WeightScheme::Nvfp4:
    case WeightScheme::Mxfp4Packed:
    case WeightScheme::Mxfp4Blocks:
    case WeightScheme::Fp4Experts: return openFourBits(context);
    case WeightScheme::BitsandbytesFour: return openBitsandbytes(context);
    case WeightScheme::Plain: break;
    }
    return context.record().strides.empty() ? openPlain(context) : openStrided(context);
}

} // namespace

WeightReader::WeightReader(std::string name, std::vector<int64_t> shape, WeightScheme scheme,
                           std::unique_ptr<ValueDecoder> decoder, uint64_t readAhead)
    : m_name(std::move(name)), m_shape(std::move(shape)), m_scheme(scheme), m_readAhead(readAhead), m_decoder(std::move(decoder))
{
    m_elements = Shape(m_shape).elements().value_or(0);
    m_columns = m_shape.empty() ? 1 : uint64_t(m_shape.back());
    m_rows = m_columns == 0 ? 0 : m_elements / m_columns;
}

WeightReader::WeightReader(WeightReader &&) noexcept = default;
WeightReader &WeightReader::operator=(WeightReader &&) noexcept = default;
WeightReader::~WeightReader() = default;

Result<void> WeightReader::read(uint64_t first, std::span<float> out)
{
    if (first > m_elements || out.size() > m_elements - first)
        return failure(ErrorCode::Internal, {"a range beyond the weight was asked for"}, m_name);
    return out.empty() ? Result<void>{} : m_decoder->read(first, out);
}

std::optional<Dtype> WeightReader::storedAs() const
{
    return m_decoder->storedAs();
}

Result<void> WeightReader::readBytes(uint64_t offset, std::span<std::byte> out) const
{
    return m_decoder->readBytes(offset, out);
}

Result<WeightReader> openWeight(const WeightCatalog &catalog, size_t tensor, const FileSet &files)
{
    const OpenContext context{catalog, catalog.parts(tensor), files};
    auto opened = openValues(context);
    if (!opened)
        return tl::unexpected(opened.error());
    if (!Shape(opened->shape).elements())
        return tl::unexpected(context.unreadable(ASSAY_TEXT("Reason", "its size does not fit its shape and type")));
    const bool remote = catalog.checkpoint().files[context.record().file].path.empty();
    return WeightReader(std::string(context.record().name), std::move(opened->shape), context.parts.scheme,
                        std::move(opened->decoder), remote ? StoredTensor::kRemoteReadAhead : StoredTensor::kReadAhead);
}

WeightCatalog catalogOf(const Checkpoint &checkpoint, const ModelConfig &config, const FileSet *files)
{
    std::string old;
    if (files && files->find(kOldGptqConfig))
        old = files->readText(kOldGptqConfig, kOldGptqConfigLimit).value_or(std::string());
    return WeightCatalog(checkpoint, quantizationDetails(config, old));
}

} // namespace assay
