// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/gguf.h"

namespace assay {

/// Turns the offsets of a header's tensors, told from the beginning of the data, into places in the file; tells how
/// many bytes a tensor of unknown type takes (up to the next one); holds the layout against the size of the file:
/// tensors beyond its end, shared bytes, holes, rows that do not fill blocks.
void layOutGguf(GgufHeader &header, uint64_t fileBytes, const std::string &file);

} // namespace assay
