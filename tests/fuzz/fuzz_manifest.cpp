// SPDX-License-Identifier: GPL-3.0-or-later
// A list of checksums: what is read is bounded, sorted and inside the folder, and its own entries match it.
#include "core/format/filetree.h"
#include "core/identify/weights/manifest.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const auto manifest = readManifest(std::string_view(reinterpret_cast<const char *>(data), size), "list");
    if (!manifest) {
        const std::string sentence = manifest.error().sentence();
        if (manifest.error().code != ErrorCode::ManifestDamaged || validUtf8(sentence) != sentence)
            std::abort();
        return 0;
    }
    std::vector<HashedFile> files;
    for (const ManifestEntry &entry : manifest->entries) {
        if (entry.sha256.size() != 64 || !staysInside(entry.file) || validUtf8(entry.file) != entry.file)
            std::abort();
        if (!files.empty() && files.back().file >= entry.file)
            std::abort();
        files.push_back({entry.file, entry.sha256, entry.bytes, true, true, {}});
    }
    if (!checkManifest(*manifest, files).whole())
        std::abort();
    files.front().sha256 = std::string(64, files.front().sha256[0] == '0' ? '1' : '0');
    if (checkManifest(*manifest, files).whole() || manifestEvidence(checkManifest(*manifest, files)).front().kind == Evidence::Kind::Match)
        std::abort();
    return 0;
}
