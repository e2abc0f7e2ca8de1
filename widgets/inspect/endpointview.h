// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/endpointfacts.h"

#include <QWidget>

#include <memory>

class QLabel;
class QPlainTextEdit;
class QTreeView;
class QTreeWidget;

namespace assay {

class FactModel;

/// What an endpoint tells of itself: every claim with its source, what contradicts itself, what nothing tells, and the raw
/// answers.
class EndpointView : public QWidget
{
    Q_OBJECT
public:
    explicit EndpointView(QWidget *parent = nullptr);
    void setEndpoint(std::shared_ptr<const EndpointFacts> facts);

private:
    QWidget *makeClaims();
    QWidget *makeAnswers();
    void showHead();
    void showAnswers();
    void showAnswer(int row);

    std::shared_ptr<const EndpointFacts> m_facts;
    FactModel *m_claims;
    QTreeView *m_claimView = nullptr;
    QLabel *m_head = nullptr, *m_contradictions = nullptr, *m_untold = nullptr;
    QTreeWidget *m_answers = nullptr;
    QPlainTextEdit *m_body = nullptr;
};

} // namespace assay
