// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

namespace assay {

/// A token at one position and how likely the reference holds it.
struct BundleChance
{
    int64_t id = 0;
    double logProbability = 0; ///< natural logarithm
    std::string piece = {};    ///< as the vocabulary spells it
    bool operator==(const BundleChance &) const = default;
};

/// What the reference writes at temperature 0, each token held by the reference itself under teacher forcing.
struct BundleGreedy
{
    std::string text;
    std::vector<int64_t> ids;     ///< empty where the subject tells none
    std::vector<double> margins;  ///< one each of ids: log-probability of the likeliest token less that of the one written; 0 where it wrote the likeliest
    bool operator==(const BundleGreedy &) const = default;
};

struct BundlePrompt
{
    std::string text;
    std::vector<int64_t> ids = {};         ///< with the template and special tokens; empty where the subject tells none
    std::vector<BundleChance> first = {};  ///< the likeliest first tokens, the likeliest first
    std::vector<std::string> samples = {}; ///< at the bundle's temperature
    std::optional<BundleGreedy> greedy = {};
    bool operator==(const BundlePrompt &) const = default;
};

/// A question with its right answers, and how often the reference had it right.
struct BundleItem
{
    std::string id, group; ///< "knowledge", "reasoning" or "context"
    std::string suite, suiteFingerprint; ///< where it comes from: the question itself is asked of the suite
    int64_t right = 0, asked = 0;
    bool first = false;    ///< whether the first answer was right: the one that is paired
    bool operator==(const BundleItem &) const = default;
};

/// With what it was computed.
struct BundleStack
{
    std::string engine, device, dtype;
    int64_t batch = 1;
    bool operator==(const BundleStack &) const = default;
};

/// The same weights on another honest stack: how far serving alone moves the answers.
struct BundleHonest
{
    BundleStack stack;
    double greedyMargin = 0; ///< mean over prompts: margin a token of what it writes at temperature 0, less the reference's own; nats
    double mmd = 0;          ///< of its samples against the reference's
    bool operator==(const BundleHonest &) const = default;
};

/// A model that is no honest service of this one, measured when the bundle was recorded: what power is told against.
struct BundleAlternative
{
    std::string name; ///< "distilled", "int4"
    double greedyMargin = 0, greedySpread = 0, mmd = 0, mmdSpread = 0; ///< margin beyond the reference's own: mean and standard deviation over prompts; likewise MMD
    std::map<std::string, double> rates = {}; ///< share of right answers by item
    std::vector<double> greedyDifferences = {}; ///< margin beyond the reference's own by prompt; empty in older bundles
    bool operator==(const BundleAlternative &) const = default;
};

/// How answers were drawn.
struct BundleSampling
{
    double temperature = 1, topP = 1;
    int64_t maxTokens = 50, greedyTokens = 100;
    uint64_t seed = 0;
    bool operator==(const BundleSampling &) const = default;
};

/// What a model does, recorded once from trusted weights, so that an endpoint can be held against it where no weights are (docs/IDENTITY.md).
struct ReferenceBundle
{
    std::string title, subject, profile; ///< profile: id of the known model; may be empty
    std::string recorded;                ///< UTC, "2026-11-22T21:38:50Z"
    std::string weights;                 ///< SHA-256 over the hashes of all weight files; empty: an endpoint was recorded
    std::string structure;               ///< fingerprint of names and shapes
    std::string tokenizer;               ///< family of token counts
    std::string templateHash;            ///< SHA-256 of the chat template; empty: prompts go as they stand
    BundleStack stack;
    BundleSampling sampling;
    std::vector<BundlePrompt> prompts;
    std::vector<BundleItem> items;
    std::vector<BundleHonest> honest;
    std::vector<BundleAlternative> alternatives;
    bool operator==(const ReferenceBundle &) const = default;
};

/// A bundle as a file holds it.
struct ReadBundle
{
    ReferenceBundle bundle;
    std::string hash; ///< SHA-256 of the content in canonical form (sorted names, no white space), in hexadecimal
};

/// Most bytes of a bundle file.
inline constexpr uint64_t kMostBundleBytes = uint64_t(256) << 20;

/// {"schema": "assay-reference/1", "content": ..., "sha256": ...}, one line.
std::string bundleText(const ReferenceBundle &bundle);
std::string bundleHash(const ReferenceBundle &bundle);
/// Errors: BundleDamaged (no bundle, a field, a hash that is not its content's).
Result<ReadBundle> readBundle(std::string_view text, const std::string &name);
Result<ReadBundle> readBundle(const std::filesystem::path &file);

/// A detached signature of a bundle, of the form assay-signature/1: who holds the secret key vouches for this hash.
struct BundleSignature
{
    std::string hash, key, signature; ///< hexadecimal; key: the open one (Ed25519)
};
/// Nothing where the secret key is none.
std::optional<BundleSignature> signBundle(const std::string &hash, const std::string &secretKey);
std::string signatureText(const BundleSignature &signature);
/// Errors: BundleDamaged where it is no signature, or not of this hash, or is none by its own key; BundleUnfit where another key
/// than the trusted one made it.
Result<BundleSignature> checkSignature(std::string_view text, const std::string &name, const std::string &hash, const std::string &trustedKey);

/// What a verification needs of a bundle. Errors: BundleUnfit (no samples, another tokenizer, another template, ...).
struct BundleNeeds
{
    bool samples = false, greedy = false, items = false;
    std::string tokenizer = {}, templateHash = {}; ///< empty: any
    std::optional<double> temperature = {};
};
Result<void> checkFit(const ReferenceBundle &bundle, const BundleNeeds &needs, const std::string &name);

} // namespace assay
