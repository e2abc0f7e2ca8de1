// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/fidelity/meanerrors.h"

#include <numbers>

namespace assay {

WrittenFigures figuresOf(std::span<const WrittenText> texts)
{
    WrittenFigures out;
    std::vector<double> reference, other, difference, bytes;
    for (const WrittenText &text : texts) {
        if (text.bytes <= 0 || !std::isfinite(text.nllReference) || !std::isfinite(text.nllOther))
            continue;
        reference.push_back(text.nllReference / std::numbers::ln2);
        other.push_back(text.nllOther / std::numbers::ln2);
        difference.push_back(other.back() - reference.back());
        bytes.push_back(double(text.bytes));
        out.bytes += text.bytes;
    }
    out.texts = bytes.size();
    if (out.texts == 0)
        return out;
    out.reference = ratioOverParts(reference, bytes);
    out.other = ratioOverParts(other, bytes);
    out.difference = ratioOverParts(difference, bytes);
    return out;
}

} // namespace assay
