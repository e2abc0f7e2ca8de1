// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytesource.h"
#include "core/base/finding.h"
#include "core/format/pickletree.h"

#include <optional>

namespace assay {

/// What one pickle may cost. Beyond it the pickle is not analysable. The defaults let a state dict of 300,000 tensors
/// pass and hold a hostile pickle below 400 MB.
struct PickleLimits
{
    uint64_t opcodes = 40'000'000;
    size_t nodes = 4'000'000;
    size_t items = 8'000'000;
    size_t memo = 6'000'000;
    size_t stack = 4'000'000;
    size_t textBytes = 64u << 20; ///< kept in all
    size_t keptText = 64u << 10;  ///< of one text; longer ones are only measured
    size_t lineBytes = 1u << 20;  ///< of one line of the opcodes that are lines
    size_t globals = 100'000;
};

/// One pickle, read without resolving or running anything.
struct Pickle
{
    PickleTree tree;
    PickleRef root = kNoPickle;
    bool complete = false;          ///< STOP was reached
    bool marked = false;            ///< it begins with PROTO, as all pickles since protocol 2 do
    bool calls = false;             ///< Python would call something
    uint64_t opcodes = 0;           ///< that were read
    uint64_t end = 0;               ///< the byte after STOP, or where reading ended
    const char *problem = nullptr;  ///< why it is not complete; context "Reason"
    bool analysable = true;         ///< false when the problem is ours: an unknown opcode, a limit, a computed global
    std::vector<std::string> globals; ///< in the order of first use
};

/// Reads the pickle that begins at this byte of the source and ends at `end` at the latest. Protocols 0 to 5
/// (Python's pickletools); problems are told in the result.
Pickle readPickle(const ByteSource &source, uint64_t begin, uint64_t end, const PickleLimits &limits = {});

/// Whether looking up this global and calling it does nothing but rebuild data. `script`: within a TorchScript archive,
/// whose own classes are described in the archive.
bool isHarmlessGlobal(std::string_view global, bool script);
/// What loading the pickle would do; `name` is what people call it: the file and the archive's member.
PickleReport judgePickle(const Pickle &pickle, std::string name, bool script);
/// The judgement as a finding.
Finding pickleFinding(const PickleReport &report);

} // namespace assay
