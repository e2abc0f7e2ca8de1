// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/torchfile.h"

#include "core/base/text.h"
#include "core/format/torchplaces.h"
#include "core/format/torchscript.h"
#include "core/format/ziparchive.h"

#include <algorithm>
#include <set>

namespace assay {
namespace {

constexpr uint64_t kUnpackedLimit = 64u << 20; // of one member
constexpr uint64_t kUnpackedTotal = 512u << 20;
constexpr uint64_t kNoteBytes = 64; // of "version" and "byteorder"

/// One archive while it is read.
class TorchZip
{
public:
    TorchZip(TorchFile &file, ZipArchive archive) : m_file(file), m_archive(std::move(archive)) {}
    Result<void> read();

private:
    void tellContradictions();
    void findTop();
    void readNotes();
    Result<void> readMembers();
    void readMember(const ZipEntry &entry);
    void collect(const Pickle &pickle, const ZipEntry &entry, const std::string &folder, const std::string &prefix);
    std::optional<std::string> shortText(const std::string &member) const;
    bool holds(std::string_view ending) const { return m_archive.find(m_top + std::string(ending)) != nullptr; }

    TorchFile &m_file;
    ZipArchive m_archive;
    std::string m_top; ///< "archive/"
    std::set<std::string> m_storages; ///< members that are tensors' storages
    std::vector<TorchTensor> m_owned; ///< of the module tree
    uint64_t m_unpacked = 0;
    PickleLimits m_limits; ///< opcodes count for the whole archive
    bool m_export = false;
};

Result<void> TorchZip::read()
{
    findTop();
    m_file.script = holds("constants.pkl") || std::any_of(m_archive.entries().begin(), m_archive.entries().end(),
                                                          [this](const ZipEntry &entry) {
                                                              return entry.name.starts_with(m_top + "code/");
                                                          });
    readNotes();
    const size_t before = m_file.checkpoint.pickles.size();
    if (auto members = readMembers(); !members)
        return members;
    tellContradictions();
    m_file.checkpoint.files[m_file.file].headerBytes += m_archive.directoryBytes();
    if (m_file.checkpoint.pickles.size() > before || m_export)
        return {};
    return failure(ErrorCode::TorchDamaged, {ASSAY_TEXT("Reason", "the archive holds no pickle")}, m_file.name());
}

void TorchZip::tellContradictions()
{
    for (const auto &[reason, member] : m_archive.contradictions())
        m_file.tell(FindingCode::ArchiveIrregular, {m_file.name(), reason},
                    member.empty() ? m_file.name() : m_file.name() + "/" + member);
}

/// PyTorch takes the folder of the first member for the archive's own.
void TorchZip::findTop()
{
    const std::string_view first = m_archive.entries().front().name;
    m_top = std::string(first.substr(0, first.find('/') + 1));
    if (holds("data.pkl"))
        return;
    for (const ZipEntry &entry : m_archive.entries()) {
        if (entry.name == "data.pkl" || entry.name.ends_with("/data.pkl")) {
            m_top = std::string(entry.name.substr(0, entry.name.size() - std::string_view("data.pkl").size()));
            return;
        }
    }
}

std::optional<std::string> TorchZip::shortText(const std::string &member) const
{
    const ZipEntry *entry = m_archive.find(m_top + member);
    const auto content = entry && entry->size <= kNoteBytes ? m_archive.content(*entry, kNoteBytes)
                                                            : Result<std::shared_ptr<const ByteSource>>(nullptr);
    if (!content || !*content)
        return std::nullopt;
    auto text = (*content)->readText(0, (*content)->size());
    if (!text)
        return std::nullopt;
    while (!text->empty() && (text->back() == '\n' || text->back() == ' '))
        text->pop_back();
    return validUtf8(*text);
}

void TorchZip::readNotes()
{
    if (const auto order = shortText("byteorder"); order == "big") {
        m_file.checkpoint.files[m_file.file].bigEndian = true;
        m_file.tell(FindingCode::BigEndianFile, {m_file.name()}, m_file.name());
    }
    for (const char *member : {"version", ".format_version", "archive_version"}) {
        if (const auto version = shortText(member)) {
            m_file.note("archive version", "str", *version);
            break;
        }
    }
    // torch.export: archive_format says so since 2.7, before that its programs' names do.
    m_export = shortText("archive_format") == "pt2" || holds("serialized_exported_program.json")
               || m_archive.find("serialized_exported_program.json");
    if (m_export) {
        m_file.note("archive format", "str", std::string("torch.export (pt2)"));
        m_file.tell(FindingCode::PickleNotAnalysable,
                    {m_file.name(), ASSAY_TEXT("Reason", "it is an archive of torch.export, whose weights are not read")},
                    m_file.name());
    }
}

Result<void> TorchZip::readMembers()
{
    // The pickles that hold the tensors come first: then it is known which members are mere storages.
    const ZipEntry *data = m_archive.find(m_top + "data.pkl"), *constants = m_archive.find(m_top + "constants.pkl");
    for (const ZipEntry *entry : {data, constants}) {
        if (entry)
            readMember(*entry);
    }
    for (const ZipEntry &entry : m_archive.entries()) {
        if (m_file.stop.stop_requested())
            return failure(ErrorCode::Cancelled);
        if (&entry != data && &entry != constants)
            readMember(entry);
    }
    if (m_limits.opcodes == 0) {
        // What was not scanned is not known to be harmless.
        Pickle rest;
        rest.analysable = false;
        rest.problem = ASSAY_TEXT("Reason", "it is larger than any checkpoint needs");
        m_file.judge(rest, {});
    }
    if (m_file.script)
        noteScriptKinds(m_file, m_archive, m_top, m_owned);
    return {};
}

void TorchZip::readMember(const ZipEntry &entry)
{
    const std::string name = validUtf8(entry.name);
    const bool named = name.ends_with(".pkl") || name.ends_with(".debug_pkl") || name.ends_with(".pickle");
    if (entry.size == 0)
        return;
    const uint64_t limit = entry.method == 0 ? 0 : std::min(kUnpackedLimit, kUnpackedTotal - m_unpacked);
    const auto content = m_archive.content(entry, limit);
    if (!content) {
        Pickle unread;
        unread.analysable = false;
        unread.problem = ASSAY_TEXT("Reason", "it cannot be read");
        if (!m_storages.contains(name))
            m_file.judge(unread, name);
        return;
    }
    const ByteSource &source = **content;
    m_unpacked += entry.method == 0 ? 0 : source.size();
    const Pickle pickle = readPickles(source, 0, source.size(), m_limits);
    m_limits.opcodes -= std::min(m_limits.opcodes, pickle.opcodes);
    // A member is a pickle by its content: texts and numbers that begin like one neither name a global and call it
    // nor come to an end.
    const bool calls = pickle.calls && !pickle.globals.empty();
    const bool ends = pickle.root != kNoPickle && (pickle.marked || !pickle.globals.empty());
    if (!named && !calls && !ends && (!pickle.marked || m_storages.contains(name)))
        return;
    if (!m_archive.checksumRight(entry, source))
        m_archive.contradiction(ASSAY_TEXT("Reason", "a member's checksum is wrong"), entry.name);
    m_file.judge(pickle, name);
    if (name == m_top + "data.pkl")
        collect(pickle, entry, "data/", {});
    else if (name == m_top + "constants.pkl")
        collect(pickle, entry, "constants/", "constants");
}

void TorchZip::collect(const Pickle &pickle, const ZipEntry &entry, const std::string &folder, const std::string &prefix)
{
    m_file.checkpoint.files[m_file.file].headerBytes += entry.packed;
    if (pickle.root == kNoPickle)
        return;
    TorchObject object = collectTensors(pickle.tree, pickle.root, prefix);
    if (object.truncated)
        m_file.tell(FindingCode::PickleNotAnalysable,
                    {m_file.name(), ASSAY_TEXT("Reason", "it is larger than any checkpoint needs")}, m_file.name());
    const auto find = [&](const TorchStorage &storage) {
        const std::string member = m_top + folder + storage.key;
        const ZipEntry *stored = m_archive.find(member);
        if (!stored)
            return StoragePlace();
        m_storages.insert(member);
        return StoragePlace{stored->stored() ? stored->dataOffset : kNoOffset, stored->size, stored->dataOffset > 0};
    };
    TorchPlaces places(m_file.checkpoint, m_file.file);
    places.add(object, find, entry.stored() ? entry.dataOffset : kNoOffset);
    places.tell();
    if (m_file.file == 0)
        std::move(object.metadata.begin(), object.metadata.end(), std::back_inserter(m_file.checkpoint.metadata));
    for (TorchTensor &tensor : object.tensors)
        m_owned.push_back(std::move(tensor));
}

} // namespace

Result<void> readTorchZip(TorchFile &file)
{
    auto archive = ZipArchive::open(file.source);
    if (!archive)
        return tl::unexpected(archive.error());
    return TorchZip(file, std::move(*archive)).read();
}

} // namespace assay
