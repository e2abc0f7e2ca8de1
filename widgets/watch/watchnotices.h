// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/identify/watch/watchrecord.h"

#include <QObject>

#include <functional>
#include <memory>

namespace assay {

class WatchDesk;

/// Where alerts are shown outside the window; tests put their own in the desktop's place.
class AlertChannel
{
public:
    virtual ~AlertChannel() = default;
    virtual bool isThere() const = 0; ///< many desktops have none
    virtual void show(const QString &title, const QString &text) = 0;
    virtual void clear() = 0;         ///< somebody has seen them
    std::function<void()> onChosen;   ///< somebody clicked on one
};
/// The desktop's system tray. An icon stands there while an alert was not seen.
std::unique_ptr<AlertChannel> trayChannel();

/// Tells of alarms of open watches: always by a signal for the window, and by the channel where there is one and the settings allow it.
class WatchNotices : public QObject
{
    Q_OBJECT
public:
    WatchNotices(WatchDesk *desk, std::unique_ptr<AlertChannel> channel, QObject *parent);
    ~WatchNotices() override;
    void seen();

signals:
    void alarm(const QString &path, const QString &text); ///< watch, endpoint, what
    void chosen(const QString &path);                     ///< the last one told of was clicked on

private:
    void tell(const QString &path, const WatchRecord &record);
    WatchDesk *m_desk;
    std::unique_ptr<AlertChannel> m_channel;
    QString m_last;
};

} // namespace assay
