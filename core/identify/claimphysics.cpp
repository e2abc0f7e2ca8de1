// SPDX-License-Identifier: GPL-3.0-or-later
// What arithmetic rules out (identity.md, 7.12): weights that do not fit, tokens that come faster than weights can be read.
// One-sided: of every doubt the claim has the benefit.
#include "core/identify/claimrules.h"
#include "core/identify/tokenfloor.h"

#include "core/base/units.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace assay {
namespace claims {
namespace {

using nlohmann::json;

/// Below the smallest block type in use (IQ1_S, 1.5625 bits a weight): nothing that people run is stored in less.
constexpr double kFewestBits = 1.5;

std::string lower(std::string_view text)
{
    std::string out;
    for (const char c : text)
        out += char(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

/// The most favourable reading of what the text names: the largest and the fastest device that fits it, how many.
struct Hardware
{
    double memory = 0, bandwidth = 0; ///< of all of them together; 0: not known
    std::string name;
    int64_t count = 1; ///< of the fastest
};

bool wordIn(std::string_view text, std::string_view word)
{
    const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const size_t end = at + word.size();
        // "8xa100": what stands before may be a count.
        const bool begins = at == 0 || !letter(text[at - 1]) || (text[at - 1] == 'x' && at > 1 && std::isdigit(static_cast<unsigned char>(text[at - 2])));
        if (begins && (end == text.size() || !letter(text[end])))
            return true;
    }
    return false;
}

/// The word of a device's name that nobody else's has in common: with a digit, and no size ("a100" of "NVIDIA A100 80GB SXM").
std::string modelWord(const std::string &name)
{
    const std::string text = lower(name);
    for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        const bool digit = std::any_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
        const bool starts = !word.empty() && std::isalpha(static_cast<unsigned char>(word.front()));
        if (digit && starts)
            return word;
        begin = end + 1;
    }
    return {};
}

/// "8x", "8 x" or "16 " before the device's name; else one.
int64_t countBefore(const std::string &text, const std::string &word)
{
    size_t at = text.find(word);
    if (at == std::string::npos)
        return 1;
    const auto skip = [&](auto fits) {
        while (at > 0 && fits(text[at - 1]))
            --at;
    };
    skip([](char c) { return c == ' ' || c == 'x' || c == '*'; });
    const size_t end = at;
    skip([](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    int64_t count = 1;
    if (at < end && end - at <= 5 && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '_' || text[at - 1] == '('))
        std::from_chars(text.data() + at, text.data() + end, count);
    return std::max<int64_t>(count, 1);
}

Hardware hardwareIn(const std::string &named, const DeviceTable *devices)
{
    Hardware best;
    const std::string text = lower(named);
    for (const Device &device : devices ? devices->devices : std::vector<Device>()) {
        const std::string word = modelWord(device.name);
        if (word.empty() || !wordIn(text, word))
            continue;
        const double count = double(countBefore(text, word));
        best.memory = std::max(best.memory, count * double(device.memory.value_or(0)));
        if (count * device.bandwidth >= best.bandwidth)
            best.count = int64_t(count);
        best.bandwidth = std::max(best.bandwidth, count * device.bandwidth);
        best.name = device.name;
    }
    return best;
}

/// The smallest of what is true of the model.
std::optional<double> least(const FoundFacts &facts, const char *field)
{
    std::optional<double> out;
    const auto [begin, end] = facts.fields.equal_range(std::string(field));
    for (auto it = begin; it != end; ++it) {
        const auto number = numberIn(it->second.value);
        if (number && *number > 0 && (!out || *number < *out))
            out = number;
    }
    return out;
}

/// What weights take at least, and as they are stored.
struct Weights
{
    std::optional<double> fewest, stored;
    std::optional<double> read, readStored; ///< of a token
};

Weights weightsOf(const FoundFacts &facts)
{
    Weights out;
    const auto total = least(facts, "parameters.total"), active = least(facts, "parameters.active"), bytes = least(facts, "weights.bytes");
    if (total)
        out.fewest = *total * kFewestBits / 8;
    out.stored = bytes;
    if (active)
        out.read = *active * kFewestBits / 8;
    if (active && total && bytes)
        out.readStored = *bytes / *total * *active;
    return out;
}

/// What the sheet itself says of the parameters of that version.
std::optional<double> claimedParameters(const ClaimSheet &sheet, const std::string &version)
{
    for (const Claim &claim : sheet.claims) {
        const ClaimField *field = findClaimField(claim.field);
        if (field && std::string_view(field->id) == "parameters.total" && claim.version == version) {
            if (const auto amount = amountOf(claim.claimed, claim.unit, *field))
                return amount->low;
        }
    }
    return std::nullopt;
}

std::vector<Found> basis(const FoundFacts &facts, std::initializer_list<const char *> fields)
{
    std::vector<Found> out;
    for (const char *field : fields) {
        if (const Found *found = facts.best(field))
            out.push_back(*found);
    }
    return out;
}

/// Memory that is said to be enough against what the weights take.
Judged fits(double given, const Weights &weights, std::vector<Found> found)
{
    if (weights.fewest && given < *weights.fewest)
        return {ClaimVerdict::Impossible, std::move(found),
                {ASSAY_TEXT("Identity", "%1 cannot hold the weights: at 1.5 bits each, fewer than anything in use, they take %2."),
                 {formatBytes(given), formatBytes(*weights.fewest)}}};
    if (weights.stored && given < *weights.stored)
        return {ClaimVerdict::Contradicted, std::move(found),
                {ASSAY_TEXT("Identity", "The weights as they are stored take %1; in %2 they would have to be stored smaller."),
                 {formatBytes(*weights.stored), formatBytes(given)}}};
    return {ClaimVerdict::NotTested, std::move(found),
            {ASSAY_TEXT("Identity", "The weights would fit; what running them takes has to be measured (assay bench)."), {}}};
}

Judged fast(double seconds, const Hardware &hardware, const Weights &weights, std::vector<Found> found)
{
    if (weights.fewest && hardware.memory > 0 && hardware.memory < *weights.fewest)
        return fits(hardware.memory, weights, std::move(found));
    if (hardware.bandwidth <= 0 || !weights.read)
        return {ClaimVerdict::NotTested, std::move(found), {ASSAY_TEXT("Identity", "No hardware is named whose figures are known here."), {}}};
    const double floor = *weights.read / hardware.bandwidth;
    if (seconds < floor)
        return {ClaimVerdict::Impossible, std::move(found),
                {ASSAY_TEXT("Identity", "%1 a token is less than the %2 that reading the active weights takes on %3, at 1.5 bits each."),
                 {formatSeconds(seconds), formatSeconds(floor), hardware.name}}};
    if (weights.readStored && seconds < *weights.readStored / hardware.bandwidth)
        return {ClaimVerdict::Contradicted, std::move(found),
                {ASSAY_TEXT("Identity", "%1 a token is less than the %2 that reading the active weights takes on %3, as they are stored."),
                 {formatSeconds(seconds), formatSeconds(*weights.readStored / hardware.bandwidth), hardware.name}}};
    return {ClaimVerdict::NotTested, std::move(found), {ASSAY_TEXT("Identity", "Arithmetic allows it; only measuring decides (assay bench)."), {}}};
}

} // namespace

Figure figureOf(const Claim &claim)
{
    Figure out;
    out.field = findClaimField(claim.field);
    out.hardware = claim.hardware;
    if (out.field || claim.field.size() > 200)
        return out;
    const std::string name = lower(claim.field);
    const size_t first = name.find('_');
    const ClaimField *field = first == std::string::npos ? nullptr : findClaimField(name.substr(0, first));
    if (!field || (field->kind != ClaimField::Kind::AtMost && field->kind != ClaimField::Kind::AtLeast))
        return out;
    std::string rest = name.substr(first + 1);
    double tokens = 0;
    const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), tokens, std::chars_format::fixed);
    const std::string_view after(end, size_t(rest.data() + rest.size() - end));
    if (problem == std::errc() && tokens >= 1 && tokens <= 1e9 && after.starts_with("_tokens")) {
        out.tokens = tokens;
        rest = std::string(after.substr(after.starts_with("_tokens_") ? 8 : 7));
    }
    if (out.hardware.empty())
        out.hardware = rest;
    out.field = field;
    return out;
}

Judged checkPhysics(const json &claimed, const Claim &claim, const Figure &figure, const FoundFacts &facts, const Context &context)
{
    const std::string_view id = figure.field->id;
    Weights weights = weightsOf(facts);
    if (id == "hardware") {
        const Hardware hardware = hardwareIn(claimed.is_string() ? claimed.get_ref<const std::string &>() : std::string(), context.devices);
        if (hardware.memory <= 0)
            return {ClaimVerdict::NotTested, {}, {ASSAY_TEXT("Identity", "No hardware is named whose figures are known here."), {}}};
        return fits(hardware.memory, weights, basis(facts, {"parameters.total", "weights.bytes"}));
    }
    const auto amount = amountOf(claimed, claim.unit, *figure.field);
    if (!amount)
        return {ClaimVerdict::NotTested, {}, {ASSAY_TEXT("Identity", "No number can be read from what is claimed."), {}}};
    if (id == "weights.bytes" || id == "vram") {
        const Judged own = fits(amount->high, weights, basis(facts, {"parameters.total", "weights.bytes"}));
        if (own.verdict == ClaimVerdict::Impossible)
            return own;
        const auto said = claimedParameters(context.sheet, claim.version);
        if (said && amount->high < *said * kFewestBits / 8)
            return {ClaimVerdict::Impossible, {},
                    {ASSAY_TEXT("Identity", "%1 cannot hold the weights that the sheet itself claims: at 1.5 bits each, fewer than anything in use, they take %2."),
                     {formatBytes(amount->high), formatBytes(*said * kFewestBits / 8)}}};
        return id == "vram" ? own : checkNumber(claimed, claim.unit, *figure.field, facts);
    }
    const Hardware hardware = hardwareIn(figure.hardware, context.devices);
    std::vector<Found> found = basis(facts, {"parameters.active", "weights.bytes"});
    if (id == "latency")
        return fast(amount->high / figure.tokens.value_or(1), hardware, weights, std::move(found));
    // Of many requests at once, tokens a second say nothing of one; what remains is whether the weights are there at all.
    if (hardware.memory > 0 && weights.fewest && hardware.memory < *weights.fewest)
        return fits(hardware.memory, weights, std::move(found));
    return {ClaimVerdict::NotTested, std::move(found), {ASSAY_TEXT("Identity", "Arithmetic allows it; only measuring decides (assay bench)."), {}}};
}

} // namespace claims

namespace {

/// "3350 GB/s", "3.35 TB/s" in bytes a second.
std::optional<double> bandwidthIn(const std::string &text)
{
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    std::string unit(end, size_t(text.data() + text.size() - end));
    std::erase(unit, ' ');
    const double scale = unit == "GB/s" ? 1e9 : unit == "TB/s" ? 1e12 : 0;
    return problem == std::errc() && number > 0 && scale > 0 ? std::optional(number * scale) : std::nullopt;
}

} // namespace

std::optional<TokenFloor> tokenFloor(const FoundFacts &facts, const std::string &hardware, const DeviceTable *devices)
{
    const claims::Weights weights = claims::weightsOf(facts);
    const auto read = weights.readStored ? weights.readStored : weights.read;
    if (!read || hardware.empty())
        return std::nullopt;
    if (const auto bandwidth = bandwidthIn(hardware))
        return TokenFloor{*read / *bandwidth, hardware};
    const claims::Hardware named = claims::hardwareIn(hardware, devices);
    if (named.bandwidth <= 0)
        return std::nullopt;
    return TokenFloor{*read / named.bandwidth, std::to_string(named.count) + " x " + named.name};
}

std::string statedHardware(const ClaimSheet &sheet, const std::string &version)
{
    std::string beside;
    for (const Claim &claim : sheet.claims) {
        if (claim.version != version && !claim.version.empty())
            continue;
        const ClaimField *field = findClaimField(claim.field);
        if (field && std::string_view(field->id) == "hardware" && claim.claimed.is_string())
            return claim.claimed.get<std::string>();
        if (beside.empty())
            beside = claims::figureOf(claim).hardware;
    }
    return beside;
}

} // namespace assay
