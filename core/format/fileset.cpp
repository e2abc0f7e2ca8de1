// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/fileset.h"

#include <algorithm>

namespace assay {

const FileEntry *FileSet::find(std::string_view name) const
{
    const auto &all = files();
    const auto found = std::lower_bound(all.begin(), all.end(), name,
                                        [](const FileEntry &entry, std::string_view wanted) { return entry.name < wanted; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

Result<std::string> FileSet::readText(const std::string &name, uint64_t limit) const
{
    if (!find(name))
        return failure(ErrorCode::FileMissing, {name});
    const auto source = open(name);
    if (!source)
        return tl::unexpected(source.error());
    if ((*source)->size() > limit)
        return failure(ErrorCode::FileTooLarge,
                       {(*source)->label(), std::to_string((*source)->size()), std::to_string(limit)});
    return (*source)->readText(0, (*source)->size());
}

} // namespace assay
