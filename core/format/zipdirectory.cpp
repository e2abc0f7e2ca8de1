// SPDX-License-Identifier: GPL-3.0-or-later
// Finds and reads the central directory of an archive.
#include "core/format/ziparchive.h"

#include "core/base/text.h"
#include "core/format/zipfields.h"

#include <algorithm>

namespace assay {
namespace {

constexpr uint64_t kEndBytes = 22, kLocatorBytes = 20, kEnd64Bytes = 56, kCommentLimit = 65535;
constexpr uint64_t kDirectoryLimit = 32u << 20; // some 300,000 members

tl::unexpected<Error> damagedZip(const ByteSource &source, const char *reason)
{
    return failure(ErrorCode::ZipDamaged, {reason}, source.label());
}

} // namespace

Result<ZipArchive> ZipArchive::open(std::shared_ptr<const ByteSource> source)
{
    ZipArchive archive;
    archive.m_source = std::move(source);
    const auto directory = archive.findDirectory();
    if (!directory)
        return tl::unexpected(directory.error());
    if (directory->bytes > kDirectoryLimit)
        return damagedZip(*archive.m_source, ASSAY_TEXT("Reason", "its directory is larger than any checkpoint needs"));
    auto text = archive.m_source->readText(directory->offset, directory->bytes);
    if (!text)
        return damagedZip(*archive.m_source, ASSAY_TEXT("Reason", "its directory is not where it should be"));
    archive.m_directory = std::make_shared<std::string>(std::move(*text));
    archive.readEntries();
    if (archive.m_entries.empty())
        return damagedZip(*archive.m_source, ASSAY_TEXT("Reason", "its directory lists nothing"));
    if (archive.m_entries.size() != directory->entries)
        archive.contradiction(ASSAY_TEXT("Reason", "its directory holds another number of members than it says"), {});
    if (directory->end != archive.m_source->size())
        archive.contradiction(ASSAY_TEXT("Reason", "bytes follow its end"), {});
    archive.readLocalHeaders();
    archive.checkNames();
    archive.checkRanges(directory->offset);
    return archive;
}

Result<ZipArchive::Directory> ZipArchive::findDirectory()
{
    const uint64_t size = m_source->size();
    const uint64_t tailBytes = std::min(size, kEndBytes + kCommentLimit);
    const auto tail = m_source->readText(size - tailBytes, tailBytes);
    if (!tail)
        return tl::unexpected(tail.error());
    const size_t at = tail->rfind("PK\x05\x06");
    if (at == std::string::npos || tail->size() - at < kEndBytes)
        return damagedZip(*m_source, ASSAY_TEXT("Reason", "it has no directory at its end"));
    const ZipFields end(std::string_view(*tail).substr(at, kEndBytes));
    const uint64_t position = size - tailBytes + at;
    Directory directory{end.u32(16), end.u32(12), end.u16(10), position + kEndBytes + end.u16(20)};
    uint64_t directoryEnd = position;
    if (position >= kLocatorBytes) {
        const auto locator = m_source->readText(position - kLocatorBytes, kLocatorBytes);
        if (locator && locator->starts_with("PK\x06\x07")) {
            const uint64_t record = ZipFields(*locator).u64(8);
            auto larger = readDirectory64(directory, record);
            if (!larger)
                return larger;
            directory = *larger;
            directoryEnd = std::min(record, position - kLocatorBytes);
        }
    }
    if (directory.bytes > directoryEnd)
        return damagedZip(*m_source, ASSAY_TEXT("Reason", "its directory is not where it should be"));
    // The directory ends where its end record begins; something put before the archive shifts it.
    if (directory.offset != directoryEnd - directory.bytes) {
        contradiction(ASSAY_TEXT("Reason", "its directory is not where it should be"), {});
        const auto signature = directory.offset < size ? m_source->readText(directory.offset, 4) : Result<std::string>();
        if (!signature || *signature != "PK\x01\x02")
            directory.offset = directoryEnd - directory.bytes;
    }
    return directory;
}

Result<ZipArchive::Directory> ZipArchive::readDirectory64(Directory directory, uint64_t record)
{
    const auto text = record <= m_source->size() ? m_source->readText(record, kEnd64Bytes) : Result<std::string>();
    if (!text || !text->starts_with("PK\x06\x06"))
        return damagedZip(*m_source, ASSAY_TEXT("Reason", "its directory is not where it should be"));
    const ZipFields fields(*text);
    const auto take = [&](uint64_t &small, uint64_t largest, uint64_t large) {
        if (small != largest && small != large)
            contradiction(ASSAY_TEXT("Reason", "its two end records disagree"), {});
        small = large;
    };
    take(directory.entries, 0xffff, fields.u64(32));
    take(directory.bytes, 0xffffffff, fields.u64(40));
    take(directory.offset, 0xffffffff, fields.u64(48));
    return directory;
}

void ZipArchive::readEntries()
{
    std::string_view rest = *m_directory;
    while (readEntry(rest)) {
    }
    if (!rest.empty())
        contradiction(ASSAY_TEXT("Reason", "its directory holds more than members"), {});
    for (size_t i = 0; i < m_entries.size(); ++i)
        m_byName.try_emplace(m_entries[i].name, i);
}

bool ZipArchive::readEntry(std::string_view &rest)
{
    constexpr size_t kFixed = 46;
    if (rest.size() < kFixed || !rest.starts_with("PK\x01\x02"))
        return false;
    const ZipFields fields(rest);
    const size_t nameBytes = fields.u16(28), extraBytes = fields.u16(30), all = kFixed + nameBytes + extraBytes + fields.u16(32);
    if (rest.size() < all)
        return false;
    ZipEntry entry;
    entry.name = rest.substr(kFixed, nameBytes);
    entry.flags = fields.u16(8);
    entry.method = fields.u16(10);
    entry.crc = fields.u32(16);
    entry.packed = fields.u32(20);
    entry.size = fields.u32(24);
    entry.headerOffset = fields.u32(42);
    readZip64(rest.substr(kFixed + nameBytes, extraBytes), {&entry.size, &entry.packed, &entry.headerOffset});
    rest.remove_prefix(all);
    m_entries.push_back(entry);
    return true;
}

const ZipEntry *ZipArchive::find(std::string_view name) const
{
    const auto place = m_byName.find(name);
    return place == m_byName.end() ? nullptr : &m_entries[place->second];
}

void ZipArchive::contradiction(const char *reason, std::string_view member)
{
    m_contradictions.try_emplace(reason, validUtf8(member));
}

} // namespace assay
