// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/ggufpatterns.h"

#include "core/tokenizer/splitpatterns.h"

#include <algorithm>

namespace assay {
namespace {

using namespace splitpattern;

constexpr std::string_view kSeed =
    R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|)"
    R"(\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kTekken =
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|)"
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kKimi =
    R"([\p{Han}]+|)"
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|)"
    R"([^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|)"
    R"(\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view kHanToHangul = "[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+";
constexpr std::string_view kWordsOfBloom = " ?[^(\\s|.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c)]+";
constexpr std::string_view kMarks = "[\\p{P}\\$\\+<=>\\^~\\|`]+", kNumbers = R"(\p{N}+)",
                           kTriples = "[0-9][0-9][0-9]", kLine = "[\r\n]",
                           kBlankLetters = R"(\s?\p{L}+)", kBlankMarks = R"(\s?\p{P}+)", kEndBlanks = R"(\s+$)",
                           kOldMarks = "[\\p{P}\\$\\+<=>\\^~\\|]+",
                           kWideMarks = "\\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+";

struct Family
{
    std::vector<std::string_view> names;
    GgufCutting cutting;
};

const std::vector<Family> &families()
{
    static const std::vector<Family> list{
        {{"default", ""}, {{kOldMarks, kGpt2, kNumbers, kTriples}, false, false}},
        {{"gpt-2", "phi-2", "mpt", "olmo", "jais", "jina-es", "jina-de", "jina-v1-en", "jina-v2-es", "jina-v2-de",
          "jina-v2-code", "roberta-bpe", "gigachat", "exaone4", "trillion", "granite-docling", "modern-bert"},
         {{kGpt2}, false, false}},
        {{"starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b", "granite"},
         {{kNumber, kGpt2}, false, false}},
        {{"llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2"},
         {{kThreeDigits}, true, true}},
        {{"dbrx", "smaug-bpe", "chatglm-bpe", "glm4", "grok-2"}, {{kThreeDigits}, false, false}},
        {{"qwen2", "stablelm2", "hunyuan", "deepseek-r1-qwen", "megrez"}, {{kOneDigit}, false, false}},
        {{"gpt-4o", "llama4", "kanana2", "minimax-m2"}, {{kO200k}, false, false}},
        {{"tekken"}, {{kTekken}, true, true}},
        {{"kimi-k2"}, {{kKimi}, true, false}},
        {{"seed-coder"}, {{kSeed}, false, false}},
        {{"deepseek-llm"}, {{kLine, kBlankLetters, kWideMarks, kEndBlanks, kHanToHangul, kNumbers}, false, false}},
        {{"deepseek-coder"}, {{kLine, kBlankLetters, kBlankMarks, kHanToHangul, kNumber}, false, false}},
        {{"deepseek-v3"}, {{kUpToThreeNumbers, kHanAndKana, kDeepseekWords}, false, false}},
        {{"falcon"}, {{kMarks, kGpt2, kTriples}, false, false}},
        {{"bloom", "poro-chat", "gpt3-finnish"}, {{kWordsOfBloom}, false, false}},
        {{"viking"}, {{kWordsOfBloom, kNumber}, false, false}},
    };
    return list;
}

} // namespace

std::optional<GgufCutting> ggufCutting(std::string_view name)
{
    for (const Family &family : families()) {
        if (std::find(family.names.begin(), family.names.end(), name) != family.names.end())
            return family.cutting;
    }
    return std::nullopt;
}

} // namespace assay
