// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/indexcheck.h"

#include "core/base/textids.h"

namespace assay {
namespace {

/// Finds an index' entries by name.
class EntryFinder
{
public:
    explicit EntryFinder(const ShardIndex &index) : m_entries(index.entries) {}

    /// The entry's place; nothing when there is none.
    std::optional<size_t> find(std::string_view name)
    {
        // Most indices list the tensors as the files do: the entry after the last one is tried first.
        if (m_next < m_entries.size() && m_entries[m_next].tensor == name)
            return m_next++;
        if (m_names.texts().empty())
            fill();
        const auto number = m_names.find(name);
        if (!number)
            return std::nullopt;
        m_next = m_places[*number] + size_t(1);
        return m_places[*number];
    }

private:
    void fill()
    {
        m_names.reserve(m_entries.size());
        m_places.resize(m_entries.size());
        for (size_t place = 0; place < m_entries.size(); ++place)
            m_places[m_names.add(m_entries[place].tensor)] = uint32_t(place);
    }

    const std::vector<ShardIndex::Entry> &m_entries;
    TextIds m_names;
    std::vector<uint32_t> m_places; ///< of the names
    size_t m_next = 0;
};

} // namespace

IndexDifferences compareWithIndex(const Checkpoint &checkpoint, const ShardIndex &index)
{
    const size_t files = checkpoint.files.size();
    IndexDifferences out{std::vector<uint64_t>(files), std::vector<uint64_t>(files), std::vector<uint64_t>(files)};
    for (const ShardIndex::Entry &entry : index.entries)
        ++out.named[entry.file];
    out.absent = out.named;
    EntryFinder finder(index);
    std::vector<bool> seen(index.entries.size());
    for (const TensorRecord &tensor : checkpoint.tensors) {
        const auto place = finder.find(tensor.name);
        if (!place) {
            ++out.orphans[tensor.file];
        } else if (index.entries[*place].file == tensor.file && !seen[*place]) {
            seen[*place] = true;
            --out.absent[tensor.file];
        }
    }
    return out;
}

} // namespace assay
