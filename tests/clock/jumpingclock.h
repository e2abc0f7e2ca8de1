// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// How often somebody asked for the time of day and got another hour.
uint64_t clockJumps();
