// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/weights/weightpicture.h"
#include "core/weights/statistics.h"
#include "core/service/statisticsjob.h"
#include "widgets/inspect/weightaccess.h"

#include <QThreadPool>
#include <QWidget>

class QComboBox;
class QCheckBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace assay {

class AllTensors;
class ElidedLabel;
class HeatMapView;
class ProfileView;
class StatePage;
class StatisticsModel;

/// Everything about one tensor, beside the layer tree: where it lies, statistics, histogram, norms of its channels and
/// a picture of its values. Values are read on threads of its own, and only as far as they are looked at; what is large
/// or on a server is read when asked for.
class TensorPanel : public QWidget
{
    Q_OBJECT
public:
    explicit TensorPanel(QWidget *parent = nullptr);
    ~TensorPanel() override; ///< stops what is being read
    void setInspection(std::shared_ptr<const Inspection> inspection);
    void setTensor(qint64 tensor); ///< -1: none; the statistics of all are shown then
    void setStatistics(StatisticsStore *store, bool running);
    qint64 tensor() const { return m_tensor; }

signals:
    void statisticsRequested(); ///< of all tensors

private:
    QWidget *makeValues();
    QWidget *makeHistogram();
    QWidget *makeNorms();
    QWidget *makePicture();
    void showPlace();
    QString roleText() const;
    void clearValues();
    bool readsAtOnce() const;
    void startReading();
    void computeStatistics();
    void showStatistics(const TensorStatistics &statistics);
    void askPicture();
    void readPicture(PictureDetail detail);
    void showPicture(std::shared_ptr<const WeightPicture> picture, PictureDetail detail);
    void showFailure(const Error &error);

    std::shared_ptr<const Inspection> m_inspection;
    std::shared_ptr<const WeightAccess> m_access;
    std::optional<bool> m_ownNorm; ///< whether feed-forwards have norms of their own; found out in the background
    qint64 m_tensor = -1;
    ElidedLabel *m_name;
    QFormLayout *m_place;
    QStackedWidget *m_stack;
    StatePage *m_state;
    AllTensors *m_all;
    QPushButton *m_back;
    QTabWidget *m_tabs;
    StatisticsModel *m_statistics = nullptr;
    ProfileView *m_histogram = nullptr, *m_rows = nullptr, *m_columns = nullptr;
    QCheckBox *m_logarithmic = nullptr;
    Histogram m_shownHistogram;
    HeatMapView *m_picture = nullptr;
    QComboBox *m_pictureValue = nullptr;
    QLabel *m_pictureNote = nullptr, *m_readout = nullptr;
    QThreadPool m_threads;
    std::stop_source m_stop, m_pictureStop;
    bool m_reading = false; ///< the user, or the size, lets the values be read
};

} // namespace assay
