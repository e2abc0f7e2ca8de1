// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QApplication;

namespace assay {

/// Names the application, and applies style, colours and language as the settings say. Before any widget is
/// made.
void prepareApplication(QApplication &application);

} // namespace assay
