// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAbstractItemView;

namespace assay {

enum class CopyFormat { Tsv, Csv, Markdown };

/// Item data role for text that copies better than what is shown (a whole path instead of its last part).
inline constexpr int kCopyRole = Qt::UserRole + 100;

/// The selected rows, or all rows that are unfolded when none is selected, under their headers, in the
/// columns' order on the screen. Hidden columns stay out.
QString tableText(const QAbstractItemView &view, CopyFormat format);

/// Gives a table or tree Ctrl+C (TSV with headers) and a context menu: copy, copy cell, copy as CSV, as
/// Markdown.
void installTableCopy(QAbstractItemView *view);

} // namespace assay
