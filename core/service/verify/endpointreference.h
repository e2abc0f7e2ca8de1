// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/target.h"
#include "core/identify/verification.h"
#include "core/service/backend.h"
#include "core/service/suiteprompts.h"
#include "core/service/verify/questionnaire.h"

#include <functional>
#include <memory>
#include <optional>

namespace assay {

struct EndpointVerificationPlan;

/// Makes what runs a model directory: `assay-worker`, behind whatever command the user names.
using ModelMaker = std::function<std::unique_ptr<Backend>(const std::string &directory)>;

/// What a user names for an endpoint to be held against.
struct ReferenceChoice
{
    std::string place;      ///< a bundle's file, a model's directory, or an endpoint: "http://host:8000/v1#model"
    std::string trustedKey; ///< Ed25519, in hexadecimal: a bundle counts only with a signature (FILE.sig) of this key. Empty: nobody's is checked
    std::string weights;    ///< beside a bundle: a directory with its model, which reads the endpoint's answers. Empty: nobody reads them
    bool sameStack = false; ///< the user says that the endpoint is served as the reference is (engine, device, dtype)
    Secret key;             ///< of a reference that is an endpoint; never the subject's
    std::string dialect;    ///< of it; empty: found by asking
    std::string device = "cpu", dtype = "auto"; ///< of a directory
    ModelMaker model;       ///< where place or weights is a directory
    std::vector<std::pair<std::string, std::string>> alternatives; ///< name and directory: measured beside a directory, so that power is told against them
    std::string knowledge = "recall", reasoning = "reasoning"; ///< suites that questions are drawn from, by name or file; not of a bundle
};

/// A reference that was looked at and is fit: nothing was asked of anybody yet, and no weights were loaded.
struct EndpointReference
{
    enum class Kind : uint8_t { Bundle, Files, Endpoint };
    Kind kind = Kind::Bundle;
    ReferenceChoice choice;
    std::string name;      ///< for people and for the verification: a file's or a folder's name, or the address
    std::shared_ptr<const ReferenceBundle> bundle; ///< Kind::Bundle: as much of it as the size asks. Else null: it is recorded by the run
    std::string hash;      ///< of the whole bundle
    std::string signedBy;  ///< the open key that vouches for it; empty: nobody's signature was checked
    std::string structure; ///< fingerprint of the weights' names and shapes; empty: unknown
    std::vector<std::filesystem::path> weightFiles; ///< of a directory
    SuitePrompts prompts;  ///< what becomes of a prompt before a directory reads it: the endpoint's own template is not here
    std::vector<std::shared_ptr<const Suite>> suites; ///< of the questions
    std::vector<Told> notes; ///< what is to be told with the verification
};

/// Looks at what the choice names, for this plan (its size, claim and endpoint). Blocks on files, so not on the window's thread.
/// Errors: BundleDamaged, BundleUnfit (also: signed by another key, another tokenizer than the claimed one, nothing that the size asks
/// for), FileUnreadable (no signature), BadUsage (the quick size asks nothing of a reference; the subject itself), SuiteMissing and
/// those of opening a directory.
Result<EndpointReference> openReference(ReferenceChoice choice, const EndpointVerificationPlan &plan);

/// What each size asks against a reference (identity.md, section 10); nothing of the quick one.
const QuestionCounts &questionCounts(VerificationSize size);
/// So much of a bundle as is asked: its first prompts, samples and questions.
ReferenceBundle partOf(const ReferenceBundle &bundle, const QuestionCounts &counts);
/// What the subject is asked against it. seed: of the run, where the reference is recorded by it.
Questionnaire questionsAgainst(const EndpointReference &reference, VerificationSize size, uint64_t seed);

/// The signature beside a bundle's file (FILE.sig), checked; gives the key. Errors: as checkSignature(); FileUnreadable.
Result<std::string> signerOf(const std::filesystem::path &bundleFile, const std::string &hash, const std::string &trustedKey);

} // namespace assay
