// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/weightmatch.h"

namespace assay::engine {
namespace {

/// A weight in pieces is found by its codes' name.
constexpr std::string_view kCodes[] = {".qweight", ".weight_packed"};

std::optional<size_t> find(const WeightCatalog &catalog, const std::string &name)
{
    if (const auto found = catalog.find(name))
        return found;
    if (const auto found = catalog.find(name + "_blocks"))
        return found;
    if (!name.ends_with(".weight"))
        return std::nullopt;
    const std::string module = name.substr(0, name.size() - std::string_view(".weight").size());
    for (const std::string_view ending : kCodes) {
        if (const auto found = catalog.find(module + std::string(ending)))
            return found;
    }
    return std::nullopt;
}

bool isPlain(const WeightCatalog &catalog, size_t tensor)
{
    const WeightScheme scheme = catalog.parts(tensor).scheme;
    return scheme == WeightScheme::Plain || scheme == WeightScheme::ScaledFloat8;
}

Result<std::vector<int64_t>> logicalShape(const WeightCatalog &catalog, size_t tensor, const FileSet &files)
{
    const TensorRecord &record = catalog.checkpoint().tensors[tensor];
    if (isPlain(catalog, tensor)) {
        const auto sizes = record.shape.sizes();
        return std::vector<int64_t>(sizes.begin(), sizes.end());
    }
    auto weight = openWeight(catalog, tensor, files);
    if (!weight)
        return tl::unexpected(weight.error());
    return weight->shape();
}

/// Finds tensors; keeps the first error.
class Matcher
{
public:
    Matcher(const DecoderSpec &spec, const WeightCatalog &catalog, const FileSet &files, bool gguf)
        : m_spec(spec), m_catalog(catalog), m_files(files), m_gguf(gguf)
    {
    }

    Result<MatchedWeight> match(TensorSlot slot) const
    {
        std::optional<Error> problem;
        const auto shapeOf = [&](const std::string &name) -> std::optional<std::vector<int64_t>> {
            const auto tensor = find(m_catalog, name);
            if (!tensor)
                return std::nullopt;
            auto shape = logicalShape(m_catalog, *tensor, m_files);
            if (shape)
                return *shape;
            problem = shape.error();
            return std::vector<int64_t>{};
        };
        const auto source = findSource(m_spec, slot, m_gguf, shapeOf);
        if (problem)
            return tl::unexpected(*problem);
        if (!source)
            return failure(ErrorCode::TensorMissing, {missingName(slot)});
        MatchedWeight out{std::move(slot), {}};
        std::vector<TensorSource> all = source->rest;
        all.insert(all.begin(), *source);
        for (const TensorSource &piece : all) {
            const auto tensor = find(m_catalog, piece.name);
            if (!tensor)
                return failure(ErrorCode::TensorMissing, {piece.name});
            const std::vector<int64_t> shape = *shapeOf(piece.name);
            if (!sameShape(shape, piece.shape))
                return failure(ErrorCode::TensorShapeWrong, {piece.name, Shape(shape).text(), Shape(piece.shape).text()});
            out.pieces.push_back({piece, *tensor});
        }
        return out;
    }

private:
    std::string missingName(const TensorSlot &slot) const
    {
        const auto sources = sourcesOf(m_spec, slot, m_gguf);
        return sources.empty() ? std::string("?") : sources.front().name;
    }

    const DecoderSpec &m_spec;
    const WeightCatalog &m_catalog;
    const FileSet &m_files;
    bool m_gguf;
};

} // namespace

Result<std::vector<MatchedWeight>> matchWeights(const DecoderSpec &spec, const WeightCatalog &catalog, const FileSet &files, bool gguf,
                                                const std::stop_token &stop)
{
    const Matcher matcher(spec, catalog, files, gguf);
    std::vector<MatchedWeight> out;
    for (TensorSlot &slot : spec.tensors()) {
        if (stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        auto match = matcher.match(std::move(slot));
        if (!match)
            return tl::unexpected(match.error());
        out.push_back(std::move(*match));
    }
    return out;
}

void forgetMissingPooler(DecoderSpec &spec, const WeightCatalog &catalog, bool gguf)
{
    if (!spec.pooled || spec.task != Task::Encoding)
        return;
    for (const TensorSlot &slot : spec.tensors()) {
        if (slot.part != Part::Pooler)
            continue;
        for (const TensorSource &source : sourcesOf(spec, slot, gguf)) {
            if (find(catalog, source.name))
                return;
        }
    }
    spec.pooled = false;
}

Result<void> readRopeTables(DecoderSpec &spec, const WeightCatalog &catalog, const FileSet &files, bool gguf)
{
    const Matcher matcher(spec, catalog, files, gguf);
    for (const TensorSlot &slot : spec.ropeTables()) {
        const auto match = matcher.match(slot);
        if (!match)
            return tl::unexpected(match.error());
        auto weight = openWeight(catalog, match->pieces.front().tensor, files);
        if (!weight)
            return tl::unexpected(weight.error());
        std::vector<float> values(size_t(slot.shape.front()));
        if (auto read = weight->read(0, values); !read)
            return read;
        spec.setRopeTable(slot.part, {values.begin(), values.end()});
    }
    return {};
}

} // namespace assay::engine
