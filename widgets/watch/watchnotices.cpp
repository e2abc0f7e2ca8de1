// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/watch/watchnotices.h"

#include "core/service/translation.h"
#include "core/service/verify/watchdesk.h"
#include "widgets/common/settings.h"
#include "widgets/common/svgicon.h"

#include <QSystemTrayIcon>

namespace assay {
namespace {

class TrayChannel final : public AlertChannel
{
public:
    bool isThere() const override { return QSystemTrayIcon::isSystemTrayAvailable() && QSystemTrayIcon::supportsMessages(); }
    void show(const QString &title, const QString &text) override
    {
        if (!m_icon) {
            m_icon = std::make_unique<QSystemTrayIcon>(assayIcon());
            const auto choose = [this] {
                if (onChosen)
                    onChosen();
            };
            QObject::connect(m_icon.get(), &QSystemTrayIcon::messageClicked, m_icon.get(), choose);
            QObject::connect(m_icon.get(), &QSystemTrayIcon::activated, m_icon.get(), choose);
        }
        m_icon->setToolTip(title);
        m_icon->show();
        m_icon->showMessage(title, text, QSystemTrayIcon::Warning);
    }
    void clear() override
    {
        if (m_icon)
            m_icon->hide();
    }

private:
    std::unique_ptr<QSystemTrayIcon> m_icon;
};

} // namespace

std::unique_ptr<AlertChannel> trayChannel()
{
    return std::make_unique<TrayChannel>();
}

WatchNotices::WatchNotices(WatchDesk *desk, std::unique_ptr<AlertChannel> channel, QObject *parent)
    : QObject(parent), m_desk(desk), m_channel(std::move(channel))
{
    m_channel->onChosen = [this] { emit chosen(m_last); };
    connect(desk, &WatchDesk::alarmed, this, &WatchNotices::tell);
}

WatchNotices::~WatchNotices() = default;

void WatchNotices::tell(const QString &path, const WatchRecord &record)
{
    const OpenWatch *watch = m_desk->find(path.toStdString());
    const QString name = watch ? toQString(watch->name()) : path;
    const QString text = QStringLiteral("%1: %2").arg(toQString(record.endpoint), toQString(record.what.sentence(qtTranslate())));
    m_last = path;
    emit alarm(path, QStringLiteral("%1, %2").arg(name, text));
    if (settings::kTrayAlerts.get() && m_channel->isThere())
        m_channel->show(tr("Assay: %1").arg(name), text);
}

void WatchNotices::seen()
{
    m_channel->clear();
}

} // namespace assay
