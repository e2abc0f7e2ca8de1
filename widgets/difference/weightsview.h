// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compare/weightpairs.h"

#include <QTimer>
#include <QWidget>

#include <atomic>
#include <memory>
#include <stop_token>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeView;

namespace assay {

class WeightsModel;

/// The values of the weights of the first subject against another's, read on request: it may take minutes.
class WeightsView : public QWidget
{
    Q_OBJECT
public:
    explicit WeightsView(QWidget *parent = nullptr);
    ~WeightsView() override; ///< stops what is being read
    void setSubjects(std::vector<DifferenceSubject> subjects);
    bool isRunning() const { return m_running; }

public slots:
    void start();
    void cancel();

signals:
    void finished(); ///< with a result, an error, or cancelled

private:
    struct Progress
    {
        std::atomic<uint64_t> done{0}, total{0};
    };
    void showState();
    void showProgress();
    void take(Result<WeightComparison> result);

    std::vector<DifferenceSubject> m_subjects;
    QComboBox *m_other;
    QPushButton *m_start, *m_cancel;
    QProgressBar *m_bar;
    QLabel *m_text;
    WeightsModel *m_model;
    QTreeView *m_view;
    QTimer m_tick;
    std::stop_source m_stop;
    std::shared_ptr<Progress> m_progress;
    bool m_running = false;
};

} // namespace assay
