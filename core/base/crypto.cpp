// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/crypto.h"

#include <openssl/crypto.h>

namespace assay {

void startCrypto()
{
    static const int kStarted = OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    static_cast<void>(kStarted);
}

} // namespace assay
