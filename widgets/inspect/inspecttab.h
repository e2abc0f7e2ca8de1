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
    /// fingerprint: of the subject's weights; what people say of its findings is kept under it.
    void setInspection(std::shared_ptr<const Inspection> inspection, std::string fingerprint = {})
    {
        m_inspection = std::move(inspection);
        m_fingerprint = std::move(fingerprint);
        m_read = false;
        readWhenVisible();
    }
    virtual void focusFilter() {}

signals:
    void tabWanted(const QString &objectName); ///< "findings": the reader asked for more

protected:
    /// The inspection is there and the tab is seen.
    virtual void read(const std::shared_ptr<const Inspection> &inspection) = 0;
    const std::string &fingerprint() const { return m_fingerprint; }
    const std::shared_ptr<const Inspection> &inspection() const { return m_inspection; }
    /// Reads once more, now or when the tab is seen.
    void readAgain()
    {
        m_read = false;
        readWhenVisible();
    }
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
    std::string m_fingerprint;
    bool m_read = false;
};

} // namespace assay
