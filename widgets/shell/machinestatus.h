// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTimer>

#include <cstdint>
#include <optional>

namespace assay {

/// Bytes that programs can still take (MemAvailable of /proc/meminfo); nothing where there is no such file.
std::optional<uint64_t> availableMemory();
/// The machine's load average over a minute.
std::optional<double> loadAverage();

/// The status bar's line: machine, free memory, load; foreign load spoils measurements.
class MachineStatus : public QLabel
{
    Q_OBJECT
public:
    explicit MachineStatus(QWidget *parent = nullptr);

private:
    void refresh();
    QTimer m_timer;
};

} // namespace assay
