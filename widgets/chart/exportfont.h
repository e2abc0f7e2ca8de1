// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace assay {

/// A sans-serif font that is installed and has every character of this text (for Chinese a CJK font); the one
/// that has most of them when none has all. Letters are not joined or exchanged, so that text copied from a PDF is
/// what was written.
QFont exportFont(const QString &text);

} // namespace assay
