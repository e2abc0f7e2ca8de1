// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace assay {

class CheckedField;

/// A file of arrivals, typed or chosen. It is read on a thread of its own; what is wrong with it is said below.
class TraceField : public QWidget
{
    Q_OBJECT
public:
    explicit TraceField(QWidget *parent = nullptr);
    /// The moments in seconds; empty, with the reason said, while there are none.
    std::vector<double> moments();

signals:
    void changed(); ///< also when the file has been read

private:
    void forget();
    void read();
    void choose();

    CheckedField *m_path;
    QTimer m_pause; ///< nobody waits for the half of a name
    std::optional<Result<std::vector<double>>> m_read;
    uint64_t m_asked = 0;
};

} // namespace assay
