// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/facts.h"

#include <QWidget>

#include <memory>

namespace assay {

/// One tab of the Inspect page. It reads an inspection only once it is looked at.
class InspectTab : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    void setInspection(std::shared_ptr<const Inspection> inspection)
    {
        m_inspection = std::move(inspection);
        m_read = false;
        readWhenVisible();
    }
    virtual void focusFilter() {}

signals:
    void tabWanted(const QString &objectName); ///< "findings": the reader asked for more

protected:
    /// The inspection is there and the tab is seen.
    virtual void read(const std::shared_ptr<const Inspection> &inspection) = 0;
    void showEvent(QShowEvent *event) override
    {
        QWidget::showEvent(event);
        readWhenVisible();
    }

private:
    void readWhenVisible()
    {
        if (m_read || !m_inspection || !isVisible())
            return;
        m_read = true;
        read(m_inspection);
    }
    std::shared_ptr<const Inspection> m_inspection;
    bool m_read = false;
};

} // namespace assay
