// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QAbstractItemView;

namespace assay {

enum class CopyFormat { Tsv, Csv, Markdown };

/// Item data role for text that copies better than what is shown (a whole path instead of its last part).
inline constexpr int kCopyRole = Qt::UserRole + 100;

/// The selected rows, or all rows that are unfolded when none is selected, under their headers, in the
/// columns' order on the screen. Hidden columns stay out.
QString tableText(const QAbstractItemView &view, CopyFormat format);

/// One line of such a text; and the first one or two, `right` telling which columns hold numbers.
QString tableLine(const QStringList &cells, CopyFormat format);
QString tableHead(const QStringList &titles, const QList<bool> &right, CopyFormat format);

/// Gives a table or tree Ctrl+C (TSV with headers) and a context menu: copy, copy cell, copy as CSV, as
/// Markdown. A large table is copied bit by bit while the window goes on.
void installTableCopy(QAbstractItemView *view);

} // namespace assay
