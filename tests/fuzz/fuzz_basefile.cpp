// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a base file of fidelity; and the same bytes as the columns of a stored comparison.
#include "core/evaluate/fidelity/fidelity.h"
#include "core/format/basefile.h"
#include "core/format/partsource.h"

#include <cstdlib>

namespace {

void demandShown(const assay::Error &error)
{
    const std::string sentence = error.sentence();
    if (assay::validUtf8(sentence) != sentence)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string bytes(reinterpret_cast<const char *>(data), size);
    if (const auto columns = assay::decodeColumns(bytes); columns && assay::encodeColumns(*columns) != bytes)
        std::abort();
    const auto base = assay::BaseFile::read(std::make_shared<const assay::MemorySource>(bytes, "base"));
    if (!base) {
        demandShown(base.error());
        return 0;
    }
    const assay::BaseHeader &header = base->header();
    if (int64_t(header.tokens.size()) != header.chunks * header.context)
        std::abort();
    const auto rows = base->rows(header.chunks - 1, header.positions() - 1, 1);
    if (!rows || rows->size() != assay::rowBytes(header.layout))
        std::abort();
    std::vector<float> values(size_t(header.layout.vocabulary));
    if (header.layout.form == assay::BaseForm::SixteenBit) {
        assay::readSixteenBitRow(*rows, values);
    } else {
        std::vector<int32_t> ids(size_t(header.layout.top));
        values.resize(ids.size());
        assay::TopRow row{0, 0, values, ids};
        assay::readTopRow(*rows, row);
    }
    return 0;
}
