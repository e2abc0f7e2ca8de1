// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/memoryplan.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QSlider;
class QSpinBox;

namespace assay {

/// What is asked of the memory planner: device, runtime, dtypes, context and batch.
class MemoryChoice : public QWidget
{
    Q_OBJECT
public:
    explicit MemoryChoice(QWidget *parent = nullptr);
    MemoryRequest request() const;
    /// What the model was made for bounds the slider; the field takes more.
    void setContextLength(std::optional<int64_t> tokens);
    void setHasNextToken(bool has);
    void focusFirst();
    /// The runtime that is meant for the weights' format, until the user chooses one.
    void suggestRuntime(const char *id);

signals:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QComboBox *addChoice(const char *objectName, const QString &label, const QString &tip);
    QSpinBox *addNumber(const char *objectName, const QString &label, const QString &tip, int most, QSlider *&slider);
    void fillDevices();
    void tellDevice();
    void fitNote();
    QFormLayout *m_form;
    QComboBox *m_device, *m_runtime, *m_weights, *m_cache;
    QSpinBox *m_devices, *m_context, *m_batch;
    QSlider *m_contextSlider = nullptr, *m_batchSlider = nullptr;
    QCheckBox *m_nextToken;
    QLabel *m_deviceNote;
    bool m_runtimeChosen = false;
};

} // namespace assay
