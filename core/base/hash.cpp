// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include "core/base/crypto.h"

#include <array>
#include <openssl/evp.h>

namespace assay {
namespace {

EVP_MD_CTX *contextOf(void *context)
{
    return static_cast<EVP_MD_CTX *>(context);
}

} // namespace

void Hasher::Free::operator()(void *context) const
{
    EVP_MD_CTX_free(contextOf(context));
}

Hasher::Hasher(HashKind kind, uint64_t contentBytes) : m_context(EVP_MD_CTX_new())
{
    startCrypto();
    EVP_DigestInit_ex(contextOf(m_context.get()), kind == HashKind::Sha256 ? EVP_sha256() : EVP_sha1(), nullptr);
    if (kind == HashKind::GitBlob) {
        const std::string header = "blob " + std::to_string(contentBytes);
        EVP_DigestUpdate(contextOf(m_context.get()), header.c_str(), header.size() + 1);
    }
}

void Hasher::add(std::span<const std::byte> bytes)
{
    EVP_DigestUpdate(contextOf(m_context.get()), bytes.data(), bytes.size());
}

std::string Hasher::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned int bytes = 0;
    EVP_DigestFinal_ex(contextOf(m_context.get()), sum.data(), &bytes);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (unsigned int i = 0; i < bytes; ++i)
        out.append({kDigits[sum[i] >> 4], kDigits[sum[i] & 15]});
    return out;
}

std::string sha256(std::string_view bytes)
{
    Hasher hasher(HashKind::Sha256);
    hasher.add(std::as_bytes(std::span(bytes)));
    return hasher.finish();
}

} // namespace assay
