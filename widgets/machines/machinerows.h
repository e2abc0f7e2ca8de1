// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/machines.h"
#include "widgets/runs/groupedrows.h"

namespace assay {

/// The columns of a device: device, name, memory, read bandwidth, products of matrices, driver, when.
std::span<const ColumnDefinition> machineColumns();
/// A group a machine, a row a device; one that was not measured says so.
std::vector<RowGroup> machineRows(const std::vector<Machine> &machines);

} // namespace assay
