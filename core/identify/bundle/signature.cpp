// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/signature.h"

#include "core/identify/bundle/bundle.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

constexpr const char *kSchema = "assay-signature/1";

/// What is signed: the hash with its purpose, so that no signature made for something else will do.
std::string messageOf(const std::string &hash)
{
    return "assay-reference/1 sha256 " + hash;
}

std::string word(const json &value, const char *name)
{
    const auto found = value.find(name);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::optional<BundleSignature> signBundle(const std::string &hash, const std::string &secretKey)
{
    const auto key = signingKeyFrom(secretKey);
    const auto signature = key ? sign(messageOf(hash), secretKey) : std::nullopt;
    return signature ? std::optional(BundleSignature{hash, key->open, *signature}) : std::nullopt;
}

std::string signatureText(const BundleSignature &signature)
{
    return json{{"schema", kSchema}, {"sha256", signature.hash}, {"key", signature.key}, {"ed25519", signature.signature}}.dump() + "\n";
}

Result<BundleSignature> checkSignature(std::string_view text, const std::string &name, const std::string &hash, const std::string &trustedKey)
{
    const json value = json::parse(text, nullptr, false);
    if (!value.is_object() || word(value, "schema") != kSchema)
        return failure(ErrorCode::BundleDamaged, {name, "it is no signature"});
    BundleSignature signature{word(value, "sha256"), word(value, "key"), word(value, "ed25519")};
    if (signature.hash != hash)
        return failure(ErrorCode::BundleDamaged, {name, "it signs another content"});
    if (!isSignedBy(messageOf(hash), signature.signature, signature.key))
        return failure(ErrorCode::BundleDamaged, {name, "the signature does not fit its key"});
    if (signature.key != trustedKey)
        return failure(ErrorCode::BundleUnfit, {name, "it is signed with the key " + signature.key + ", which is not the trusted one"});
    return signature;
}

} // namespace assay
