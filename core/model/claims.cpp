// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/claims.h"

#include "core/base/units.h"
#include "core/model/checks.h"
#include "core/model/fieldnames.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return out;
}

/// A word in a name, the word as its makers write it, and the beginnings of the model types that bear it rightly.
struct NameWord
{
    std::string_view word;
    const char *shown;
    std::string_view types[6];
};
// Longer words first where one holds another. Models of other makers built with Llama's structure bear their own names
// rightly: only names that are one structure's are listed.
constexpr NameWord kWords[] = {
    {"deepseek-r1", "DeepSeek-R1", {"deepseek_v3"}},
    {"deepseek-v3.2", "DeepSeek-V3.2", {"deepseek_v3"}}, // deepseek_v32 begins so, too
    {"deepseek-v3", "DeepSeek-V3", {"deepseek_v3"}},
    {"deepseek-v2", "DeepSeek-V2", {"deepseek_v2"}},
    {"kimi-k2", "Kimi-K2", {"kimi", "deepseek_v3"}},
    {"mixtral", "Mixtral", {"mixtral"}},
    {"mistral", "Mistral", {"mistral", "mixtral", "ministral", "pixtral", "llama"}},
    {"gemma", "Gemma", {"gemma", "paligemma", "recurrent_gemma", "shieldgemma", "t5gemma"}},
    {"qwen", "Qwen", {"qwen", "llama"}},
    {"llama", "Llama", {"llama", "mllama", "llava", "deci", "nemotron"}},
    {"starcoder2", "StarCoder2", {"starcoder2"}},
    {"gpt-oss", "gpt-oss", {"gpt_oss"}},
    {"gpt2", "GPT-2", {"gpt2"}},
    {"bloom", "BLOOM", {"bloom"}},
    {"phi-3", "Phi-3", {"phi"}},
};

/// Sizes of the distilled versions of DeepSeek-R1 and their bases (identity.md 2.1).
struct DistilledSize
{
    std::string_view type;
    int64_t layers, hidden;
    const char *base;
};
constexpr DistilledSize kDistilled[] = {
    {"qwen2", 28, 1536, "Qwen2.5 1.5B"}, {"qwen2", 28, 3584, "Qwen2.5 7B"},  {"llama", 32, 4096, "Llama 3.1 8B"},
    {"qwen2", 48, 5120, "Qwen2.5 14B"},  {"qwen2", 64, 5120, "Qwen2.5 32B"}, {"llama", 80, 8192, "Llama 3.3 70B"},
    {"qwen3", 36, 4096, "Qwen3 8B"},
};

/// What the model is, for people: "Qwen2.5 7B" where layers and width are a known one's, else "Qwen2, 7.62 B".
std::string isText(const ModelFacts &facts, const ArchitectureFamily &family)
{
    for (const DistilledSize &size : kDistilled) {
        if (family.modelType == size.type && facts.layers == size.layers && facts.hiddenSize.value == size.hidden)
            return size.base;
    }
    const uint64_t parameters = facts.parameters.main;
    return std::string(family.classStem) + (parameters ? ", " + formatCount(double(parameters)) : std::string());
}

bool bears(const NameWord &word, std::string_view type)
{
    return std::any_of(std::begin(word.types), std::end(word.types), [&](std::string_view beginning) {
        return !beginning.empty() && type.starts_with(beginning);
    });
}

MatchReason evidenceOf(const ModelFacts &facts)
{
    return {ASSAY_TEXT("Reason", "%1 %2, %3 {3:layer|layers}, hidden size %4, %5 {5:parameter|parameters}"),
            {fieldNames("model_type", facts.config), facts.config.modelType, std::to_string(facts.layers),
             std::to_string(facts.hiddenSize.value.value_or(0)), groupedDigits(int64_t(facts.parameters.main))}};
}

/// The name's first word of a family unless another word in it is borne rightly: "R1-Distill-Qwen" is honest.
const NameWord *wrongWord(const std::string &name, std::string_view type, bool gguf)
{
    // Early files of V3 and R1 lack the key that tells them from V2.
    if (gguf && type.starts_with("deepseek"))
        return nullptr;
    const NameWord *first = nullptr;
    for (const NameWord &word : kWords) {
        if (name.find(word.word) == std::string::npos)
            continue;
        if (bears(word, type))
            return nullptr;
        first = first ? first : &word;
    }
    return first;
}

std::optional<Finding> checkFamily(const ModelFacts &facts, const StructureMatch &structure)
{
    std::string name = lower(facts.name);
    std::replace(name.begin(), name.end(), '_', '-');
    // What the tensors are wins; a family that is not known here proves nothing.
    const ArchitectureFamily *family = structure.family;
    if (!family || name.find("distill") != std::string::npos || name.find("draft") != std::string::npos)
        return std::nullopt;
    const std::string type = structure.disagrees || facts.config.modelType.empty() ? family->modelType
                                                                                  : facts.config.modelType;
    const NameWord *word = wrongWord(name, type, facts.format == "gguf");
    if (!word)
        return std::nullopt;
    const auto told = [&](FindingCode code, MatchReason evidence) {
        return Finding{code, {word->shown, isText(facts, *family)}, facts.name, std::move(evidence.pattern), std::move(evidence.arguments)};
    };
    const bool full = word->word == "deepseek-r1" || word->word == "deepseek-v3";
    const bool small = type == "qwen2" || type == "qwen3" || type == "llama";
    if (full && small && !structure.disagrees)
        return told(FindingCode::DistilledName, evidenceOf(facts));
    return told(FindingCode::FamilyNameDisagrees, structure.disagrees ? structure.evidence : evidenceOf(facts));
}

} // namespace

std::vector<Finding> checkName(const ModelFacts &facts, const StructureMatch &structure, const CountedModel &model,
                               bool complete)
{
    std::vector<Finding> out;
    if (complete && !model.groups.empty()) {
        if (auto size = checkNameSize(facts.name, facts.parameters))
            out.push_back(*size);
    }
    if (auto family = checkFamily(facts, structure))
        out.push_back(*family);
    return out;
}

} // namespace assay
