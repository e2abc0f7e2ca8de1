// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/columns.h"

#include <cmath>

namespace assay {

QString shareText(double share)
{
    if (!std::isfinite(share))
        return QStringLiteral("-");
    // One place for all rows, so that the eye can compare them down the column.
    if (share > 0 && share < 0.0005)
        return QStringLiteral("< 0.1 %");
    return QStringLiteral("%1 %").arg(share * 100, 0, 'f', 1);
}

} // namespace assay
