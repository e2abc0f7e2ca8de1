// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a byte for the dialect, a byte for the length of reads (0: all at once), then the body of an answer.
#include "core/endpoint/streamreader.h"

#include <algorithm>
#include <cstdlib>

namespace {

assay::RequestRecord readOf(assay::EventReader &events, std::string_view body, size_t step)
{
    assay::StreamReader reader(events, {uint64_t(1) << 20, 5000, true});
    assay::RequestRecord record;
    uint32_t read = 0;
    for (size_t at = 0; at < body.size(); at += step, ++read)
        if (!reader.read(body.substr(at, step), read, read, record))
            break;
    reader.finish(read, read, record);
    return record;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const assay::Dialect &dialect = assay::dialects()[data[0] % assay::dialects().size()];
    const std::string_view body(reinterpret_cast<const char *>(data) + 2, size - 2);
    assay::EventReader events(dialect);
    const assay::RequestRecord cut = readOf(events, body, std::max<size_t>(data[1], 1));
    // What a piece says of itself is in the text, and what is shown can be shown.
    size_t bytes = 0;
    for (const assay::ChunkRecord &chunk : cut.chunks)
        bytes += chunk.bytes;
    if (bytes != cut.text.size() || assay::shortWords(cut.detail) != cut.detail || assay::shortWords(cut.finish) != cut.finish)
        std::abort();
    // Where reads end changes nothing, but for the words of what is known to be wrong at its first bytes.
    const assay::RequestRecord whole = readOf(events, body, std::max<size_t>(body.size(), 1));
    if (whole.failure != cut.failure || whole.text != cut.text || whole.usage != cut.usage || whole.finish != cut.finish)
        std::abort();
    return 0;
}
