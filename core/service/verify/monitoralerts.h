// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchrecord.h"

#include <stop_token>

namespace assay {

/// What became of telling somebody of a change.
struct AlertDelivery
{
    bool delivered = false; ///< to the webhook, where there is one
    std::vector<Told> told; ///< what went where, or why not
};

/// What is sent: schema "assay-alert/1", the endpoint's name, the check, when, since when, the sentence. No address, no key.
nlohmann::json alertJson(const WatchFile &file, const WatchRecord &change);
/// POSTs it to the webhook of the file and to no other address, and gives it to the command on its standard input at the first try.
/// No key is sent, and the command's environment holds none of the variables that the file names for keys. Each has the file's time.
AlertDelivery deliverAlert(const WatchFile &file, const WatchRecord &change, std::stop_token stop);

} // namespace assay
