// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/signature.h"

#include "core/base/crypto.h"

#include <array>
#include <memory>
#include <openssl/evp.h>

namespace assay {
namespace {

struct FreeKey
{
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
};
struct FreeContext
{
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;
using Bytes = std::basic_string<unsigned char>;

constexpr size_t kKeyBytes = 32, kSignatureBytes = 64;

std::string hexOf(const unsigned char *bytes, size_t count)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (size_t i = 0; i < count; ++i)
        out.append({kDigits[bytes[i] >> 4], kDigits[bytes[i] & 15]});
    return out;
}

int valueOf(char digit)
{
    return digit >= '0' && digit <= '9' ? digit - '0' : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

/// Of so many bytes and no others; empty where the text is something else.
Bytes bytesOf(std::string_view hex, size_t count)
{
    Bytes out;
    if (hex.size() != 2 * count)
        return out;
    for (size_t i = 0; i < hex.size(); i += 2) {
        const int high = valueOf(hex[i]), low = valueOf(hex[i + 1]);
        if (high < 0 || low < 0)
            return {};
        out.push_back(static_cast<unsigned char>(high * 16 + low));
    }
    return out;
}

Key secretKey(std::string_view hex)
{
    startCrypto();
    const Bytes bytes = bytesOf(hex, kKeyBytes);
    return Key(bytes.empty() ? nullptr : EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
}

Key openKey(std::string_view hex)
{
    startCrypto();
    const Bytes bytes = bytesOf(hex, kKeyBytes);
    return Key(bytes.empty() ? nullptr : EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes.data(), bytes.size()));
}

SigningKey keyOf(const EVP_PKEY *key)
{
    std::array<unsigned char, kKeyBytes> secret{}, open{};
    size_t secretBytes = secret.size(), openBytes = open.size();
    EVP_PKEY_get_raw_private_key(key, secret.data(), &secretBytes);
    EVP_PKEY_get_raw_public_key(key, open.data(), &openBytes);
    return {hexOf(secret.data(), secretBytes), hexOf(open.data(), openBytes)};
}

const unsigned char *dataOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

} // namespace

SigningKey makeSigningKey()
{
    startCrypto();
    const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    return key ? keyOf(key.get()) : SigningKey();
}

std::optional<SigningKey> signingKeyFrom(std::string_view secret)
{
    const Key key = secretKey(secret);
    return key ? std::optional(keyOf(key.get())) : std::nullopt;
}

std::optional<std::string> sign(std::string_view message, std::string_view secret)
{
    const Key key = secretKey(secret);
    const Context context(EVP_MD_CTX_new());
    std::array<unsigned char, kSignatureBytes> out{};
    size_t size = out.size();
    if (!key || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), out.data(), &size, dataOf(message), message.size()) != 1)
        return std::nullopt;
    return hexOf(out.data(), size);
}

bool isSignedBy(std::string_view message, std::string_view signature, std::string_view open)
{
    const Key key = openKey(open);
    const Bytes bytes = bytesOf(signature, kSignatureBytes);
    const Context context(EVP_MD_CTX_new());
    return key && !bytes.empty() && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), bytes.data(), bytes.size(), dataOf(message), message.size()) == 1;
}

} // namespace assay
