// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/format/torchfile.h"
#include "core/format/torchobject.h"
#include "core/format/ziparchive.h"

namespace assay {

/// Notes how many tensors of a TorchScript archive are parameters, buffers, other attributes and constants, as the
/// classes in its code folder declare them (__parameters__, __buffers__). `top` is the archive's own folder.
void noteScriptKinds(const TorchFile &file, const ZipArchive &archive, const std::string &top,
                     const std::vector<TorchTensor> &tensors);

} // namespace assay
