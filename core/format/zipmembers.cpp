// SPDX-License-Identifier: GPL-3.0-or-later
// Holds the local headers of an archive against its directory, and unpacks members.
#include "core/base/text.h"
#include "core/format/partsource.h"
#include "core/format/pathcheck.h"
#include "core/format/ziparchive.h"
#include "core/format/zipfields.h"

#include <algorithm>
#include <unordered_set>
#include <zlib.h>

namespace assay {
namespace {

constexpr size_t kLocalBytes = 30;
constexpr uint16_t kEncrypted = 1, kDescriptor = 8, kDeflated = 8;
constexpr uint64_t kDescriptorBytes = 24; // at most: signature, CRC and two 64-bit sizes
constexpr uint64_t kLargestRatio = 1032;  // of deflate
constexpr size_t kPiece = 64u << 10;

std::string lowerCase(std::string_view name)
{
    std::string out(name);
    for (char &c : out)
        c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return out;
}

/// Unpacks a raw deflate stream of a known size; an error's reason otherwise.
tl::expected<std::string, const char *> inflated(const ByteSource &packed, uint64_t size)
{
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return tl::unexpected<const char *>(ASSAY_TEXT("Reason", "there is not enough memory"));
    std::string out;
    std::vector<std::byte> piece(kPiece), unpacked(kPiece);
    int state = Z_OK;
    for (uint64_t at = 0; at < packed.size() && state == Z_OK;) {
        const auto bytes = size_t(std::min<uint64_t>(kPiece, packed.size() - at));
        if (!packed.readAt(at, std::span(piece).first(bytes)))
            break;
        at += bytes;
        stream.next_in = reinterpret_cast<Bytef *>(piece.data());
        stream.avail_in = uInt(bytes);
        do {
            stream.next_out = reinterpret_cast<Bytef *>(unpacked.data());
            stream.avail_out = uInt(kPiece);
            state = ::inflate(&stream, Z_NO_FLUSH);
            out.append(reinterpret_cast<const char *>(unpacked.data()), kPiece - stream.avail_out);
        } while (stream.avail_out == 0 && state == Z_OK && out.size() <= size);
        if (out.size() > size)
            break;
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || out.size() != size)
        return tl::unexpected<const char *>(ASSAY_TEXT("Reason", "a packed member is damaged"));
    return out;
}

} // namespace

void ZipArchive::readLocalHeaders()
{
    for (ZipEntry &entry : m_entries)
        readLocalHeader(entry);
}

void ZipArchive::readLocalHeader(ZipEntry &entry)
{
    const uint64_t size = m_source->size();
    const auto header = entry.headerOffset <= size && size - entry.headerOffset >= kLocalBytes
                            ? m_source->readText(entry.headerOffset,
                                                 std::min<uint64_t>(size - entry.headerOffset, kLocalBytes + entry.name.size()))
                            : Result<std::string>(std::string());
    if (!header || !header->starts_with("PK\x03\x04")) {
        contradiction(ASSAY_TEXT("Reason", "a member is not where the directory says"), entry.name);
        return;
    }
    const ZipFields fields(*header);
    entry.dataOffset = entry.headerOffset + kLocalBytes + fields.u16(26) + fields.u16(28);
    compareLocal(entry, *header);
    if (entry.dataOffset > size || entry.packed > size - entry.dataOffset) {
        contradiction(ASSAY_TEXT("Reason", "a member reaches beyond the end of the file"), entry.name);
        entry.dataOffset = 0;
    }
}

void ZipArchive::compareLocal(ZipEntry &entry, std::string_view header)
{
    const ZipFields fields(header);
    bool agree = fields.u16(26) == entry.name.size() && header.substr(kLocalBytes) == entry.name
                 && fields.u16(8) == entry.method && fields.u16(6) == entry.flags;
    if ((fields.u16(6) & kDescriptor) == 0) {
        uint64_t packed = fields.u32(18), size = fields.u32(22);
        if (packed == 0xffffffff || size == 0xffffffff) {
            const auto extra = m_source->readText(entry.headerOffset + kLocalBytes + fields.u16(26), fields.u16(28));
            readZip64(extra ? std::string_view(*extra) : std::string_view(), {&size, &packed});
        }
        agree = agree && fields.u32(14) == entry.crc && packed == entry.packed && size == entry.size;
    }
    if (!agree)
        contradiction(ASSAY_TEXT("Reason", "a member's header and the directory disagree"), entry.name);
}

void ZipArchive::checkNames()
{
    // PyTorch looks its members up without regard to case.
    std::unordered_set<std::string> names;
    for (const ZipEntry &entry : m_entries) {
        if (!names.insert(lowerCase(entry.name)).second)
            contradiction(ASSAY_TEXT("Reason", "two members have the same name"), entry.name);
        if (leavesItsFolder(entry.name))
            contradiction(ASSAY_TEXT("Reason", "a member's name is a path out of the archive"), entry.name);
        if (entry.flags & kEncrypted)
            contradiction(ASSAY_TEXT("Reason", "a member is encrypted"), entry.name);
        if (entry.size / kLargestRatio > entry.packed || (entry.method == 0 && entry.size != entry.packed))
            contradiction(ASSAY_TEXT("Reason", "a member claims a size that its packed bytes cannot have"), entry.name);
    }
}

void ZipArchive::checkRanges(uint64_t directoryOffset)
{
    std::vector<const ZipEntry *> placed;
    for (const ZipEntry &entry : m_entries) {
        if (entry.dataOffset > 0)
            placed.push_back(&entry);
    }
    std::sort(placed.begin(), placed.end(),
              [](const ZipEntry *a, const ZipEntry *b) { return a->headerOffset < b->headerOffset; });
    uint64_t end = 0, slack = 0;
    for (const ZipEntry *entry : placed) {
        if (entry->headerOffset < end)
            contradiction(ASSAY_TEXT("Reason", "two members share bytes"), entry->name);
        else if (entry->headerOffset > end + slack)
            contradiction(ASSAY_TEXT("Reason", "bytes between its members belong to none"), entry->name);
        end = std::max(end, entry->dataOffset + entry->packed);
        slack = entry->flags & kDescriptor ? kDescriptorBytes : 0;
    }
    if (directoryOffset < end)
        contradiction(ASSAY_TEXT("Reason", "two members share bytes"), {});
    else if (directoryOffset > end + slack)
        contradiction(ASSAY_TEXT("Reason", "bytes between its members belong to none"), {});
}

Result<std::shared_ptr<const ByteSource>> ZipArchive::content(const ZipEntry &entry, uint64_t unpackedLimit) const
{
    const std::string label = m_source->label() + "/" + validUtf8(entry.name);
    const auto refused = [&](const char *reason) { return failure(ErrorCode::ZipDamaged, {reason}, label); };
    if (entry.dataOffset == 0)
        return refused(ASSAY_TEXT("Reason", "a member is not where the directory says"));
    if (entry.flags & kEncrypted)
        return refused(ASSAY_TEXT("Reason", "a member is encrypted"));
    auto packed = std::make_shared<const PartSource>(m_source, label, entry.dataOffset, entry.packed);
    if (entry.method == 0)
        return packed;
    if (entry.method != kDeflated)
        return refused(ASSAY_TEXT("Reason", "a member is packed in a way that is not known here"));
    if (entry.size > unpackedLimit || entry.size / kLargestRatio > entry.packed)
        return refused(ASSAY_TEXT("Reason", "a packed member is too large to be unpacked"));
    auto unpacked = inflated(*packed, entry.size);
    if (!unpacked)
        return refused(unpacked.error());
    return std::make_shared<const MemorySource>(std::move(*unpacked), label);
}

bool ZipArchive::checksumRight(const ZipEntry &entry, const ByteSource &content) const
{
    std::vector<std::byte> piece(kPiece);
    uLong sum = crc32(0, nullptr, 0);
    for (uint64_t at = 0; at < content.size();) {
        const auto bytes = size_t(std::min<uint64_t>(kPiece, content.size() - at));
        if (!content.readAt(at, std::span(piece).first(bytes)))
            return false;
        sum = crc32(sum, reinterpret_cast<const Bytef *>(piece.data()), uInt(bytes));
        at += bytes;
    }
    return sum == entry.crc;
}

} // namespace assay
