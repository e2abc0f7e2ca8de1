// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay {

/// Makes OpenSSL ready; from any thread, before its first use here or in a library. It must not clean up after itself
/// when the program ends: the first thread that used it, of Qt's pool perhaps, may still be on its way out then, and both
/// would free that thread's state.
void startCrypto();

} // namespace assay
