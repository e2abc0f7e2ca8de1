// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

namespace assay {

/// Calls back in the event loop when the user presses Ctrl+C or the process is asked to end.
class Interrupt : public QObject
{
    Q_OBJECT
public:
    explicit Interrupt(std::function<void()> handler, QObject *parent = nullptr);
    ~Interrupt() override;
    static bool happened();
};

} // namespace assay
