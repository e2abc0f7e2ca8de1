// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/devicetable.h"

#include "core/base/file.h"
#include "core/service/resources.h"

namespace assay {
namespace {

constexpr uint64_t kMostBytes = 1 << 20;

Result<DeviceTable> readTable()
{
    const std::string path = resourcePath(QStringLiteral("devices.json")).toStdString();
    const auto text = readWholeFile(path, kMostBytes);
    return text ? parseDevices(*text, path) : tl::unexpected(text.error());
}

} // namespace

const Result<DeviceTable> &deviceTable()
{
    static const Result<DeviceTable> kTable = readTable();
    return kTable;
}

} // namespace assay
