// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/layerkinds.h"

#include <algorithm>

namespace assay {
namespace {

// More layers than any model has; a forged config must not make the list long.
constexpr int64_t kMostLayers = 10'000;

/// A word in layer_types and its like, and what such a layer keeps.
struct KindWord
{
    std::string_view part;
    CacheKind kind;
};
// The first that is found in the word counts: "sliding_attention" holds "attention", too.
constexpr KindWord kWords[] = {
    {"sliding", CacheKind::Window}, {"chunked", CacheKind::Window}, {"local", CacheKind::Window},
    {"linear", CacheKind::State},   {"mamba", CacheKind::State},    {"conv", CacheKind::State},
    {"recurrent", CacheKind::State}, {"rwkv", CacheKind::State},    {"hybrid", CacheKind::Full},
    {"attention", CacheKind::Full},  {"global", CacheKind::Full},   {"full", CacheKind::Full},
};

/// Families whose every so many-th layer attends to everything, the others to the window, when the config does not
/// say otherwise.
struct WindowFamily
{
    std::string_view modelType;
    int64_t pattern;
};
constexpr WindowFamily kAlternating[] = {{"gemma2", 2},      {"gpt_oss", 2},     {"gemma3", 6},
                                         {"gemma3_text", 6}, {"cohere2", 4},     {"gemma3n_text", 5},
                                         {"olmo3", 4}};
// max_window_layers counts the layers below the windows.
constexpr std::string_view kUpperWindows[] = {"qwen2", "qwen2_moe", "qwen3", "qwen3_moe"};
constexpr std::string_view kAllState[] = {"mamba", "mamba2", "falcon_mamba", "rwkv", "rwkv6", "rwkv7", "xlstm"};

class KindReader
{
public:
    explicit KindReader(const ModelConfig &config) : m_config(config), m_pattern(config.layerPattern) {}

    LayerKind of(int64_t layer) const
    {
        const size_t at = size_t(layer);
        if (at < m_config.layerTypes.size())
            return byWord(m_config.layerTypes[at]);
        if (!m_pattern.blocks.empty()) {
            // RecurrentGemma's attention layers have the window; its list is repeated over the layers.
            const LayerKind kind = byWord(m_pattern.blocks[at % m_pattern.blocks.size()]);
            return kind.kind == CacheKind::Full ? windowed() : kind;
        }
        if (at < m_pattern.letters.size())
            return byLetter(m_pattern.letters[at]);
        if (contains(kAllState))
            return {CacheKind::State, 0};
        if (m_pattern.fullInterval.value_or(0) > 0)
            return (layer + 1) % *m_pattern.fullInterval == 0 ? full() : LayerKind{CacheKind::State, 0};
        if (m_pattern.attentionPeriod.value_or(0) > 0)
            return layer % *m_pattern.attentionPeriod == m_pattern.attentionOffset.value_or(0)
                       ? full()
                       : LayerKind{CacheKind::State, 0};
        if (m_pattern.chunk && at < m_pattern.chunkedLayers.size())
            return m_pattern.chunkedLayers[at] != 0 ? window(m_pattern.chunk) : full();
        return byWindow(layer);
    }

private:
    LayerKind full() const { return {CacheKind::Full, 0}; }
    LayerKind window(std::optional<int64_t> tokens) const
    {
        return tokens.value_or(0) > 0 ? LayerKind{CacheKind::Window, *tokens} : full();
    }
    LayerKind windowed() const { return window(m_config.slidingWindow); }

    template <size_t N> bool contains(const std::string_view (&types)[N]) const
    {
        return std::find(std::begin(types), std::end(types), m_config.modelType) != std::end(types);
    }

    LayerKind byWord(const std::string &word) const
    {
        for (const KindWord &row : kWords) {
            if (word.find(row.part) == std::string::npos)
                continue;
            if (row.kind != CacheKind::Window)
                return {row.kind, 0};
            return window(row.part == "chunked" ? m_pattern.chunk : m_config.slidingWindow);
        }
        return full();
    }

    LayerKind byLetter(char letter) const
    {
        if (letter == 'M')
            return {CacheKind::State, 0};
        return letter == '*' ? full() : LayerKind{std::nullopt, 0};
    }

    LayerKind byWindow(int64_t layer) const
    {
        if (contains(kUpperWindows))
            return layer >= m_pattern.maxWindowLayers.value_or(0) ? windowed() : full();
        auto every = m_config.slidingWindowPattern;
        for (const WindowFamily &family : kAlternating) {
            if (!every && m_config.modelType == family.modelType)
                every = family.pattern;
        }
        return every.value_or(0) > 0 && (layer + 1) % *every == 0 ? full() : windowed();
    }

    const ModelConfig &m_config;
    const LayerPattern &m_pattern;
};

} // namespace

std::vector<LayerKind> layerKinds(const ModelConfig &config, int64_t layers)
{
    std::vector<LayerKind> out;
    const KindReader reader(config);
    for (int64_t layer = 0; layer < std::clamp<int64_t>(layers, 0, kMostLayers); ++layer)
        out.push_back(reader.of(layer));
    return out;
}

} // namespace assay
