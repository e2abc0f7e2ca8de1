// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tablecopy.h"
#include "widgets/inspect/layerview.h"

namespace assay {

/// Every tensor that the view is of, one a line under a header, with what its file's header says. Takes a second for
/// half a million: not for the window's thread.
QString tensorTable(const LayerView &view, CopyFormat format);

} // namespace assay
