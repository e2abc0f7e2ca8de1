// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/finding.h"

#include <QFrame>

#include <functional>

class QVBoxLayout;

namespace assay {

/// Something to tell, in the window and without stopping anybody.
struct Message
{
    Severity severity = Severity::Info;
    QString text;
    QString details;    ///< what "Copy details" copies; the text when empty
    QString actionText; ///< a button, when not empty
    std::function<void()> action;
    QString key; ///< a later message with the same key takes the place of the earlier
};

/// The strip above the page where messages stand until dismissed; the oldest gives way.
class MessageBar : public QWidget
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);
    void show(const Message &message);
    void dismiss(const QString &key);
    int count() const;
    QStringList texts() const;

private:
    QFrame *makeRow(const Message &message);
    QVBoxLayout *m_rows;
};

} // namespace assay
