// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a pickle.
#include "core/format/partsource.h"
#include "core/format/pickle.h"
#include "core/format/torchobject.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::MemorySource source(std::string(reinterpret_cast<const char *>(data), size), "file");
    const assay::Pickle pickle = assay::readPickle(source, 0, source.size());
    const assay::PickleReport report = assay::judgePickle(pickle, "file", false);
    // A pickle that Python would not finish is never called clean, nor one that names what is not known.
    if (report.verdict == assay::PickleVerdict::Clean && (!pickle.complete || !report.suspicious.empty()))
        std::abort();
    if (pickle.end > size)
        std::abort();
    const std::string sentence = assay::pickleFinding(report).sentence();
    if (assay::validUtf8(sentence) != sentence)
        std::abort();
    if (pickle.root != assay::kNoPickle)
        assay::collectTensors(pickle.tree, pickle.root);
    return 0;
}
