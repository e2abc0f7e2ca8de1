// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/devices.h"

namespace assay {

/// The devices that come with Assay (resources/devices.json), read once. Errors of reading and of parseDevices.
const Result<DeviceTable> &deviceTable();

} // namespace assay
