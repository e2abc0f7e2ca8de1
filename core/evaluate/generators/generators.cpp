// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/generators/generators.h"

#include "core/base/hash.h"
#include "core/evaluate/generators/itemmakers.h"

#include <algorithm>
#include <charconv>

namespace assay {
namespace {

using namespace makers;

constexpr int64_t kMostItems = 100'000;
constexpr int64_t kLongestContext = 1'000'000; // words
constexpr int64_t kMostWords = 50'000'000;     // of a whole suite: more is no suite that anybody asks

uint64_t seedOf(const Generator &generator, uint64_t seed)
{
    const std::string digits = sha256(std::string(generator.name) + ":" + std::to_string(seed)).substr(0, 16);
    uint64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
    return out;
}

std::optional<std::string> whyNot(const Generator &generator, const GeneratorSettings &settings)
{
    if (settings.items < 0 || settings.items > kMostItems)
        return fillIn(ASSAY_TEXT("Reason", "a suite has 1 to %1 items"), {std::to_string(kMostItems)});
    for (const int64_t difficulty : settings.difficulties) {
        if (generator.easiest == generator.hardest)
            return fillIn(ASSAY_TEXT("Reason", "%1 has no difficulty"), {generator.name});
        if (difficulty < generator.easiest || difficulty > generator.hardest)
            return fillIn(ASSAY_TEXT("Reason", "the difficulty of %1 goes from %2 to %3"), {generator.name, std::to_string(generator.easiest), std::to_string(generator.hardest)});
    }
    if (!settings.contexts.empty() && generator.contexts.empty())
        return fillIn(ASSAY_TEXT("Reason", "%1 has no context length"), {generator.name});
    if (std::ranges::any_of(settings.contexts, [](int64_t words) { return words < 1 || words > kLongestContext; }))
        return fillIn(ASSAY_TEXT("Reason", "a context has 1 to %1 words"), {std::to_string(kLongestContext)});
    return std::nullopt;
}

std::string numbered(const char *name, size_t number)
{
    const std::string digits = std::to_string(number);
    return std::string(name) + "-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

Suite headOf(const Generator &generator, uint64_t seed)
{
    Suite suite;
    suite.name = std::string(generator.name) + "-" + std::to_string(seed);
    suite.title = generator.title;
    suite.form = "generated";
    suite.origin = "Assay " ASSAY_VERSION ", generator " + std::string(generator.name) + ", seed " + std::to_string(seed);
    suite.licence = "GPL-3.0-or-later";
    suite.scorer.name = generator.scorer;
    suite.scorer.extract = generator.extract;
    suite.stop = {};
    suite.maxTokens = generator.maxTokens;
    if (*generator.difficulty)
        suite.axes["difficulty"] = generator.difficulty;
    if (!generator.contexts.empty())
        suite.axes["context"] = "words";
    return suite;
}

} // namespace

const std::vector<Generator> &generators()
{
    static const std::vector<Generator> kGenerators{
        {"needle", ASSAY_TEXT("Generator", "A number hidden in a long text"), "other needles", 0, 64, {0, 4}, {250, 1000, 4000}, 120, "number", {}, 512, needle},
        {"tracking", ASSAY_TEXT("Generator", "Names that pass a value on, scattered over a text"), "steps", 1, 32, {1, 2, 4}, {250, 1000}, 120, "ruler_all", {}, 512, tracking},
        {"arithmetic", ASSAY_TEXT("Generator", "Arithmetic in many steps"), "steps", 1, 64, {2, 4, 8, 16}, {}, 120, "number", {}, 2048, arithmetic},
        {"sorting", ASSAY_TEXT("Generator", "Numbers to be sorted"), "numbers", 2, 200, {4, 8, 16, 32}, {}, 120, "quasi_exact_match", {"Answer:", "\n"}, 2048, sorting},
        {"code", ASSAY_TEXT("Generator", "Small programs with tests"), "steps", 1, 12, {1, 2, 4, 6}, {}, 80, "code", {}, 2048, program},
        {"proof", ASSAY_TEXT("Generator", "Is n\xC2\xB2+n+41 always prime?"), "", 0, 0, {}, {}, 10, "number", {}, 8192, proof},
        {"programming", ASSAY_TEXT("Generator", "Quicksort, and files with the right exceptions"), "", 0, 0, {}, {}, 3, "code", {}, 4096, handiwork},
        {"summary", ASSAY_TEXT("Generator", "A long report to be summarised, with facts to be told"), "facts", 1, 40, {12}, {15000}, 5, "facts", {}, 2048, summary},
    };
    return kGenerators;
}

const Generator *findGenerator(const std::string &name)
{
    const auto &all = generators();
    const auto it = std::ranges::find(all, name, [](const Generator &one) { return std::string(one.name); });
    return it == all.end() ? nullptr : &*it;
}

Result<Suite> generateSuite(const std::string &name, const GeneratorSettings &settings)
{
    const Generator *generator = findGenerator(name);
    if (!generator)
        return failure(ErrorCode::BadUsage, {fillIn(ASSAY_TEXT("Reason", "there is no generator %1"), {name})});
    if (const auto why = whyNot(*generator, settings))
        return failure(ErrorCode::BadUsage, {*why});
    std::vector<int64_t> difficulties = settings.difficulties.empty() ? generator->difficulties : settings.difficulties;
    std::vector<int64_t> contexts = settings.contexts.empty() ? generator->contexts : settings.contexts;
    if (difficulties.empty())
        difficulties = {0};
    if (contexts.empty())
        contexts = {0};
    const int64_t items = settings.items > 0 ? settings.items : generator->items;
    if (items * *std::ranges::max_element(contexts) > kMostWords)
        return failure(ErrorCode::BadUsage, {fillIn(ASSAY_TEXT("Reason", "the suite would have more than %1 words"), {std::to_string(kMostWords)})});
    Suite suite = headOf(*generator, settings.seed);
    RandomDraw random(seedOf(*generator, settings.seed));
    const auto cells = int64_t(difficulties.size() * contexts.size());
    for (int64_t i = 0; i < items; ++i) {
        const int64_t cell = i * cells / items; // what belongs together stands together
        const ItemPlace place{difficulties[size_t(cell) / contexts.size()], contexts[size_t(cell) % contexts.size()], i - (cell * items + cells - 1) / cells};
        SuiteItem item = generator->make(place, random);
        item.id = numbered(generator->name, size_t(i) + 1);
        if (item.task.empty())
            item.task = generator->name;
        if (*generator->difficulty)
            item.axes["difficulty"] = double(place.difficulty);
        if (!generator->contexts.empty())
            item.axes["context"] = double(place.context);
        if (item.axes.contains("depth"))
            suite.axes["depth"] = "%";
        suite.items.push_back(std::move(item));
    }
    settle(suite);
    return suite;
}

} // namespace assay
