// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/checkpoint.h"
#include "core/format/torchobject.h"

#include <functional>
#include <set>

namespace assay {

/// Where a storage's bytes are.
struct StoragePlace
{
    uint64_t offset = kNoOffset; ///< kNoOffset when they are missing or packed
    uint64_t bytes = 0;          ///< there; 0 when missing
    bool present = false;
};

/// Gives a pickle's tensors their places in the file, holds their numbers against the storages, and tells what is odd.
class TorchPlaces
{
public:
    using FindStorage = std::function<StoragePlace(const TorchStorage &)>;

    TorchPlaces(Checkpoint &checkpoint, uint32_t file) : m_checkpoint(checkpoint), m_file(file) {}
    /// `inlineBase` is where the pickle's own bytes begin in the file; kNoOffset when it is packed.
    void add(const TorchObject &object, const FindStorage &find, uint64_t inlineBase);
    void tell();

private:
    /// Tensors of one oddity, told by their number and an example.
    struct Odd
    {
        uint64_t count = 0;
        std::string example;
        void note(std::string_view name);
    };
    struct Stored
    {
        StoragePlace place;
        uint64_t declared = 0; ///< bytes, as numel and class say; 0 when unknown
        uint64_t used = 0;     ///< by different tensors
        std::set<std::pair<int64_t, uint64_t>> parts; ///< offset and elements of those counted
    };
    void addTensor(const TorchTensor &tensor, std::vector<Stored> &storages, uint64_t inlineBase);
    void placeInStorage(TensorRecord &record, const TorchTensor &tensor, Stored &stored);

    Checkpoint &m_checkpoint;
    uint32_t m_file;
    Odd m_missing, m_packed, m_encoded, m_wrong, m_beyond;
    uint64_t m_storedBytes = 0, m_usedBytes = 0;
};

} // namespace assay
