// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/format/pickle.h"
#include "core/format/weightfiles.h"

#include <stop_token>

namespace assay {

/// One file of a PyTorch checkpoint that is being read, and the checkpoint that it goes into.
struct TorchFile
{
    Checkpoint &checkpoint;
    uint32_t file = 0;
    std::shared_ptr<const ByteSource> source;
    const std::stop_token &stop;
    bool script = false; ///< set by the reader: a TorchScript archive
    size_t clean = 0, others = 0; ///< pickles judged so far

    const std::string &name() const { return checkpoint.files[file].name; }
    void tell(FindingCode code, std::vector<std::string> arguments, std::string where) const;
    /// Adds a value to the metadata, when this is the first file.
    void note(const std::string &key, const char *type, decltype(MetadataEntry::value) value) const;
    /// Judges a pickle and tells of it unless it is clean. Of very many only the first ones are kept.
    void judge(const Pickle &pickle, const std::string &member);
};

/// Pickles that follow one another to the end of a part of a source: the first one's tree, and the globals and the
/// first problem of all.
Pickle readPickles(const ByteSource &source, uint64_t begin, uint64_t end, const PickleLimits &limits = {});

/// Since PyTorch 1.6, TorchScript and torch.export (inspectors.md 4d). Errors: ZipDamaged, TorchDamaged, Cancelled.
Result<void> readTorchZip(TorchFile &file);
/// PyTorch before 1.6: pickles one after another, then storages; also a single pickle of whatever.
Result<void> readTorchLegacy(TorchFile &file);
/// PyTorch before 0.2: a tape archive of pickles.
Result<void> readTorchTar(TorchFile &file);

bool looksLikeTorch(std::string_view head);
/// Reads the chosen files, whichever of these they are. In a set a missing or damaged file is a finding; a single file
/// in which nothing can be read is an error. Sets the checkpoint's format to "torch" or "torchscript".
Result<Checkpoint> readTorch(const FileSet &files, const WeightFiles &weights, const std::stop_token &stop);

} // namespace assay
