// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/httpclient.h"

#include <QString>

namespace assay {

/// "4.20 MiB fetched in 131 requests", and how many had to be repeated.
QString fetchedText(const Fetched &fetched);
/// What is being read, or how long a busy server is left alone, and how many requests are to come; translated.
QString fetchingText(const FetchStatus &status);

} // namespace assay
