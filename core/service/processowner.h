// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace assay {

/// This process, told from every other one that this machine has had: number, moment of its start, start of the machine.
const std::string &thisProcess();
/// Whether the process of this name still runs here. A name that cannot be read is nobody's.
bool isAlive(const std::string &process);

} // namespace assay
