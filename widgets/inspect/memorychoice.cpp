// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/memorychoice.h"

#include "core/base/units.h"
#include "core/service/devicetable.h"
#include "core/service/translation.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr int kMostBatch = 4096, kMostDevicesHere = 1024;
constexpr int kSteps = 40;              // of a slider for each doubling
constexpr int kLeastContext = 128;      // where the context's slider begins
constexpr int kUsualContext = 131072;   // where it ends, unless the model was made for more
constexpr const char *kFirstDevice = "NVIDIA H100 80GB SXM";

/// Sliders go by doublings: between 128 and a million tokens each step means the same.
int sliderOf(int value, int least)
{
    return int(std::lround(std::log2(double(std::max(value, least)) / least) * kSteps));
}

int valueOf(int slider, int least)
{
    const double value = least * std::exp2(double(slider) / kSteps);
    const double step = std::exp2(std::floor(std::log2(value)) - 4); // round figures
    return int(std::max(1.0, std::round(value / std::max(step, 1.0)) * std::max(step, 1.0)));
}

} // namespace

MemoryChoice::MemoryChoice(QWidget *parent) : QWidget(parent), m_form(new QFormLayout(this))
{
    m_form->setContentsMargins(0, 0, 8, 0);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_form->setVerticalSpacing(3);
    m_device = addChoice("memoryDevice", tr("Device"), tr("What the model is to run on; figures of the makers"));
    m_deviceNote = new QLabel(this);
    m_deviceNote->setWordWrap(true);
    m_deviceNote->setEnabled(false);
    m_form->addRow(m_deviceNote);
    QSlider *none = nullptr;
    m_devices = addNumber("memoryDevices", tr("Number of devices"), tr("Weights and cache are divided evenly among them"),
                          kMostDevicesHere, none);
    m_runtime = addChoice("memoryRuntime", tr("Runtime"), tr("The program that runs the model: what it keeps and pads"));
    m_weights = addChoice("memoryWeights", tr("Weights"), tr("As they are stored, or converted"));
    m_cache = addChoice("memoryCache", tr("KV cache"), tr("The dtype of keys and values"));
    m_context = addNumber("memoryContext", tr("Context (tokens)"), tr("Tokens in each sequence, prompt and answer"),
                          std::numeric_limits<int>::max(), m_contextSlider);
    m_batch = addNumber("memoryBatch", tr("Sequences at a time"), tr("How many are worked on together"), kMostBatch, m_batchSlider);
    m_nextToken = new QCheckBox(tr("Load multi-token prediction"), this);
    m_nextToken->setObjectName(QStringLiteral("memoryNextToken"));
    m_nextToken->setToolTip(tr("For speculative decoding, where the runtime can"));
    m_form->addRow(m_nextToken);
    connect(m_nextToken, &QCheckBox::toggled, this, &MemoryChoice::changed);
    fillDevices();
    for (const Runtime &runtime : runtimes())
        m_runtime->addItem(QString::fromLatin1(runtime.name), QString::fromLatin1(runtime.id));
    for (const WeightFormatChoice &format : weightFormatChoices())
        m_weights->addItem(QCoreApplication::translate("Runtime", format.name), QString::fromLatin1(format.id));
    for (const CacheFormat &format : cacheFormats())
        m_cache->addItem(QString::fromLatin1(format.id).toUpper(), QString::fromLatin1(format.id));
    m_context->setValue(8192);
    setContextLength({});
    tellDevice();
    connect(m_runtime, &QComboBox::currentIndexChanged, this, [this] { m_runtimeChosen = true; });
    for (QComboBox *box : {m_device, m_runtime, m_weights, m_cache})
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            tellDevice();
            emit changed();
        });
}

QComboBox *MemoryChoice::addChoice(const char *objectName, const QString &label, const QString &tip)
{
    auto *box = new QComboBox(this);
    box->setObjectName(QLatin1String(objectName));
    box->setAccessibleName(label);
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(16);
    m_form->addRow(label, box);
    return box;
}

QSpinBox *MemoryChoice::addNumber(const char *objectName, const QString &label, const QString &tip, int most, QSlider *&slider)
{
    const bool slides = objectName != std::string_view("memoryDevices");
    const int least = objectName == std::string_view("memoryContext") ? kLeastContext : 1;
    auto *number = new QSpinBox(this);
    number->setObjectName(QLatin1String(objectName));
    number->setAccessibleName(label);
    number->setToolTip(tip);
    number->setRange(1, most);
    number->setGroupSeparatorShown(true);
    number->setAlignment(Qt::AlignRight);
    m_form->addRow(label, number);
    if (slides) {
        slider = new QSlider(Qt::Horizontal, this);
        slider->setAccessibleName(label);
        slider->setToolTip(tip);
        slider->setRange(0, sliderOf(std::min(most, kUsualContext), least));
        m_form->addRow(slider);
        QSlider *own = slider;
        connect(own, &QSlider::valueChanged, number, [number, least](int value) { number->setValue(valueOf(value, least)); });
        connect(number, &QSpinBox::valueChanged, own, [own, least](int value) {
            const QSignalBlocker blocker(own);
            own->setValue(sliderOf(value, least));
        });
    }
    connect(number, &QSpinBox::valueChanged, this, &MemoryChoice::changed);
    return number;
}

void MemoryChoice::fillDevices()
{
    m_device->addItem(tr("none: only what is needed"));
    const auto &table = deviceTable();
    if (!table) {
        m_device->setToolTip(errorText(table.error()));
        return;
    }
    for (const Device &device : table->devices)
        m_device->addItem(toQString(device.name), toQString(device.name));
    m_device->setCurrentIndex(std::max(0, m_device->findData(QLatin1String(kFirstDevice))));
}

void MemoryChoice::tellDevice()
{
    const Device *device = request().device;
    QString text;
    if (device) {
        text = device->memory ? toQString(memoryEvidence(*device, false, qtTranslate())) : tr("its memory depends on the machine");
        text += tr("; %1 GB/s").arg(toQString(threeDigits(device->bandwidth / 1e9)));
        QStringList sources;
        for (const std::string &source : device->sources)
            sources << toQString(source);
        // Sources and notes are the table's own, in English.
        QStringList lines{tr("Sources: %1; confidence %2").arg(sources.join(QStringLiteral(", ")), toQString(device->confidence))};
        for (const std::string &line : {device->memorySource, device->note}) {
            if (!line.empty())
                lines << toQString(line);
        }
        m_deviceNote->setToolTip(lines.join(u'\n'));
    }
    m_deviceNote->setText(text);
    m_deviceNote->setVisible(!text.isEmpty());
    fitNote();
}

/// A form does not ask a wrapped text how high it is at this width, and would cut it.
void MemoryChoice::fitNote()
{
    m_deviceNote->setMinimumHeight(0); // what is asked next includes it
    m_deviceNote->setMinimumHeight(m_deviceNote->heightForWidth(width() - m_form->contentsMargins().right()));
}

void MemoryChoice::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitNote();
}

void MemoryChoice::suggestRuntime(const char *id)
{
    if (m_runtimeChosen)
        return;
    const QSignalBlocker blocker(m_runtime);
    m_runtime->setCurrentIndex(std::max(0, m_runtime->findData(QLatin1String(id))));
}

MemoryRequest MemoryChoice::request() const
{
    MemoryRequest out;
    const auto id = [](const QComboBox *box) { return box->currentData().toString().toStdString(); };
    if (const Runtime *runtime = findRuntime(id(m_runtime)))
        out.runtime = runtime;
    if (const WeightFormatChoice *format = findWeightFormat(id(m_weights)))
        out.weights = format;
    if (const CacheFormat *format = findCacheFormat(id(m_cache)))
        out.cache = format;
    const std::string device = id(m_device);
    if (const auto &table = deviceTable(); table && !device.empty())
        out.device = table->find(device);
    out.context = m_context->value();
    out.batch = m_batch->value();
    out.devices = m_devices->value();
    out.nextToken = m_nextToken->isChecked();
    return out;
}

void MemoryChoice::setContextLength(std::optional<int64_t> tokens)
{
    const int64_t most = std::clamp<int64_t>(tokens.value_or(kUsualContext), kUsualContext, 1 << 24);
    const QSignalBlocker blocker(m_contextSlider);
    m_contextSlider->setRange(0, sliderOf(int(most), kLeastContext));
    m_contextSlider->setValue(sliderOf(m_context->value(), kLeastContext));
}

void MemoryChoice::setHasNextToken(bool has)
{
    m_nextToken->setVisible(has);
}

void MemoryChoice::focusFirst()
{
    m_device->setFocus();
}

} // namespace assay
