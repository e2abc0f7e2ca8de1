// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"

#include <map>
#include <unordered_map>
#include <vector>

namespace assay {

/// One member as the central directory lists it.
struct ZipEntry
{
    std::string_view name;    ///< lives in the archive; may hold any bytes
    uint64_t headerOffset = 0; ///< of its local header
    uint64_t dataOffset = 0;  ///< of its first byte in the file; 0 when the local header cannot be read
    uint64_t packed = 0, size = 0;
    uint32_t crc = 0;
    uint16_t flags = 0, method = 0;

    bool stored() const { return method == 0 && (flags & 1) == 0 && packed == size && dataOffset > 0; }
};

/// A ZIP or ZIP64 archive (PKWARE's APPNOTE 6.3). Read here rather than by a library, because libraries stop where an
/// archive contradicts itself, and PyTorch's own reader does not: contradictions are noted, and what the central
/// directory says counts, as it does for PyTorch.
class ZipArchive
{
public:
    /// Errors: ZipDamaged when there is no directory that can be read.
    static Result<ZipArchive> open(std::shared_ptr<const ByteSource> source);
    static bool recognises(std::string_view head) { return head.starts_with("PK\x03\x04"); }

    const std::vector<ZipEntry> &entries() const { return m_entries; }
    const ZipEntry *find(std::string_view name) const; ///< the first of this name
    /// The bytes of a member, unpacked when they are packed. Errors: ZipDamaged (what is packed unpacks to more than
    /// the limit, is encrypted, or is damaged).
    Result<std::shared_ptr<const ByteSource>> content(const ZipEntry &entry, uint64_t unpackedLimit) const;
    /// What contradicts itself (context "Reason"), each with the first member it was seen at.
    const std::map<std::string, std::string> &contradictions() const { return m_contradictions; }
    /// Notes a further one.
    void contradiction(const char *reason, std::string_view member);
    /// Whether the member's bytes have the declared checksum; only small ones are worth it.
    bool checksumRight(const ZipEntry &entry, const ByteSource &content) const;
    uint64_t directoryBytes() const { return m_directory->size(); }

private:
    struct Directory
    {
        uint64_t offset = 0, bytes = 0, entries = 0;
        uint64_t end = 0; ///< of the whole archive
    };
    Result<Directory> findDirectory();
    Result<Directory> readDirectory64(Directory directory, uint64_t locator);
    void readEntries();
    bool readEntry(std::string_view &rest);
    void readLocalHeaders();
    void readLocalHeader(ZipEntry &entry);
    void compareLocal(ZipEntry &entry, std::string_view header);
    void checkNames();
    void checkRanges(uint64_t directoryOffset);

    std::shared_ptr<const ByteSource> m_source;
    std::shared_ptr<std::string> m_directory; ///< the names live here
    std::vector<ZipEntry> m_entries;
    std::unordered_map<std::string_view, size_t> m_byName;
    std::map<std::string, std::string> m_contradictions;
};

} // namespace assay
