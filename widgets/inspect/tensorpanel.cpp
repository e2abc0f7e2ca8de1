// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/tensorpanel.h"

#include "core/base/units.h"
#include "core/model/partroles.h"
#include "core/service/background.h"
#include "core/service/translation.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/statepage.h"
#include "widgets/inspect/alltensors.h"
#include "widgets/inspect/heatmapview.h"
#include "widgets/inspect/statisticsview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace assay {
namespace {

/// What is read without being asked for: well under a second from a warm disk.
constexpr uint64_t kReadAtOnce = 512u * 1024 * 1024;

QLabel *makeNote(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

TensorPanel::TensorPanel(QWidget *parent)
    : QWidget(parent), m_name(new ElidedLabel({}, this)), m_place(new QFormLayout), m_stack(new QStackedWidget(this)),
      m_state(new StatePage(this)), m_all(new AllTensors(this)), m_back(new QPushButton(tr("All tensors"), this)),
      m_tabs(new QTabWidget(this))
{
    setAccessibleName(tr("The chosen tensor"));
    // One for the statistics, one for the picture.
    m_threads.setMaxThreadCount(2);
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_name->setElideMode(Qt::ElideMiddle);
    m_place->setContentsMargins(0, 0, 0, 0);
    m_place->setVerticalSpacing(1);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Views of the tensor"));
    m_tabs->addTab(makeValues(), tr("Values"));
    m_tabs->addTab(makeHistogram(), tr("Histogram"));
    m_tabs->addTab(makeNorms(), tr("Norms"));
    m_tabs->addTab(makePicture(), tr("Picture"));
    m_stack->addWidget(m_state);
    m_stack->addWidget(m_tabs);
    m_stack->addWidget(m_all);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 0, 0, 0);
    auto *head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    head->addWidget(m_back);
    layout->addLayout(head);
    layout->addLayout(m_place);
    layout->addWidget(m_stack, 1);
    connect(m_state, &StatePage::buttonClicked, this, &TensorPanel::startReading);
    connect(m_back, &QPushButton::clicked, this, [this] { setTensor(-1); });
    connect(m_all, &AllTensors::computeRequested, this, &TensorPanel::statisticsRequested);
    connect(m_all, &AllTensors::tensorChosen, this, &TensorPanel::setTensor);
    connect(m_tabs, &QTabWidget::currentChanged, this, &TensorPanel::askPicture);
    setTensor(-1);
}

TensorPanel::~TensorPanel()
{
    m_stop.request_stop();
    m_pictureStop.request_stop();
}

QWidget *TensorPanel::makeValues()
{
    m_statistics = new StatisticsModel(this);
    QTreeView *view = makeTreeView(tr("Statistics of the tensor"), false, m_tabs);
    view->setModel(m_statistics);
    view->header()->setStretchLastSection(true);
    connect(m_statistics, &QAbstractItemModel::modelReset, view, [view] { fitColumns(view, 200); });
    return view;
}

QWidget *TensorPanel::makeHistogram()
{
    auto *page = new QWidget(m_tabs);
    m_histogram = new ProfileView(page);
    m_logarithmic = new QCheckBox(tr("Logarithmic counts"), page);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_logarithmic);
    layout->addWidget(m_histogram, 1);
    connect(m_logarithmic, &QCheckBox::toggled, this,
            [this](bool on) { m_histogram->setProfile(histogramProfile(m_shownHistogram, on)); });
    return page;
}

QWidget *TensorPanel::makeNorms()
{
    auto *page = new QWidget(m_tabs);
    m_rows = new ProfileView(page);
    m_columns = new ProfileView(page);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_rows, 1);
    layout->addWidget(m_columns, 1);
    return page;
}

QWidget *TensorPanel::makePicture()
{
    auto *page = new QWidget(m_tabs);
    m_picture = new HeatMapView(page);
    m_pictureValue = new QComboBox(page);
    m_pictureValue->setAccessibleName(tr("What the colour of a cell stands for"));
    m_pictureValue->addItems({tr("mean of a cell"), tr("least value"), tr("greatest value"), tr("root mean square")});
    auto *whole = new QPushButton(tr("Whole"), page);
    whole->setToolTip(tr("Shows the whole tensor again (0, or double click)"));
    m_pictureNote = makeNote(page);
    m_readout = makeNote(page);
    m_readout->setMinimumHeight(2 * m_readout->fontMetrics().height());
    m_readout->setAlignment(Qt::AlignTop);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_pictureValue, 1);
    bar->addWidget(whole);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_picture, 1);
    layout->addWidget(m_pictureNote);
    layout->addWidget(m_readout);
    connect(m_pictureValue, &QComboBox::currentIndexChanged, this,
            [this](int value) { m_picture->setValue(HeatMapView::Value(value)); });
    connect(whole, &QPushButton::clicked, m_picture, &HeatMapView::reset);
    connect(m_picture, &HeatMapView::regionWanted, this, &TensorPanel::askPicture);
    connect(m_picture, &HeatMapView::readoutChanged, m_readout, &QLabel::setText);
    return page;
}

void TensorPanel::setInspection(std::shared_ptr<const Inspection> inspection)
{
    m_inspection = std::move(inspection);
    if (m_access) // its catalog may hold half a million entries: taking them down kept the window for 60 ms
        inBackground([old = std::move(m_access)]() mutable { old.reset(); });
    m_access = m_inspection ? std::make_shared<const WeightAccess>(m_inspection) : nullptr;
    m_ownNorm.reset();
    setTensor(-1);
    if (!m_inspection)
        return;
    // A model whose layers do not fold has half a million groups to go through.
    inBackground(
        this, [read = m_inspection] { return hasOwnMlpNorm(leafGroups(read->tree, read->directory.checkpoint)); },
        [this, read = m_inspection](bool own) {
            if (read != m_inspection)
                return;
            m_ownNorm = own;
            showPlace();
        });
}

void TensorPanel::setTensor(qint64 tensor)
{
    m_stop.request_stop();
    m_stop = {};
    const bool any = m_access && tensor >= 0 && size_t(tensor) < m_access->checkpoint().tensors.size();
    m_tensor = any ? tensor : -1;
    m_reading = false;
    clearValues();
    showPlace();
    m_back->setVisible(any);
    if (!any) {
        m_stack->setCurrentWidget(m_all);
        return;
    }
    const TensorRecord &record = m_access->record(size_t(tensor));
    const QString size = toQString(formatBytes(double(record.bytes)));
    if (record.file < m_access->checkpoint().files.size() && !m_access->checkpoint().files[record.file].present)
        m_state->showFailed(tr("No values"), tr("The file of this tensor is missing or cannot be read."), {});
    else if (readsAtOnce())
        startReading();
    else if (m_access->remote())
        m_state->showEmpty(tr("The values are on a server: %1 would be fetched.").arg(size), tr("Fetch the values"));
    else
        m_state->showEmpty(tr("The tensor is large: %1 would be read.").arg(size), tr("Read the values"));
}

void TensorPanel::setStatistics(StatisticsStore *store, bool running)
{
    if (m_inspection)
        m_all->setState(*m_inspection, store, running);
}

bool TensorPanel::readsAtOnce() const
{
    return !m_access->remote() && m_access->record(size_t(m_tensor)).bytes <= kReadAtOnce;
}

void TensorPanel::clearValues()
{
    m_pictureStop.request_stop();
    m_stack->setCurrentWidget(m_state);
    m_statistics->setStatistics(nullptr);
    m_shownHistogram = {};
    m_histogram->setProfile({});
    m_rows->setProfile({});
    m_columns->setProfile({});
    m_picture->setMatrix(0, 0);
    m_pictureNote->clear();
    m_readout->clear();
}

QString TensorPanel::roleText() const
{
    if (!m_ownNorm)
        return {};
    // Told by the name, so a checkpoint of this tensor alone is enough.
    Checkpoint single;
    single.arena = m_access->checkpoint().arena;
    single.tensors.push_back(m_access->record(size_t(m_tensor)));
    const LayerNode tree = buildLayerTree(single);
    const std::vector<LeafGroup> groups = leafGroups(tree, single);
    if (groups.empty())
        return {};
    return QCoreApplication::translate("Part", definitionOf(partRoleOf(groups.front(), *m_ownNorm)).label);
}

void TensorPanel::showPlace()
{
    while (m_place->rowCount() > 0)
        m_place->removeRow(0);
    m_name->setText(m_tensor < 0 ? QString() : toQString(validUtf8(m_access->record(size_t(m_tensor)).name)));
    m_name->setVisible(m_tensor >= 0);
    if (m_tensor < 0)
        return;
    const TensorRecord &record = m_access->record(size_t(m_tensor));
    const auto add = [this](const QString &name, const QString &value) {
        auto *label = new ElidedLabel(value, this);
        label->setElideMode(Qt::ElideMiddle);
        label->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
        m_place->addRow(name, label);
    };
    add(tr("Shape"), toQString(record.shape.text()));
    const QString type = record.dtype == Dtype::Unknown ? toQString(validUtf8(std::string(record.dtypeText)))
                                                        : QString::fromLatin1(dtypeName(record.dtype));
    add(tr("Dtype"), type);
    add(tr("Bytes"), QStringLiteral("%1 (%2)").arg(toQString(formatBytes(double(record.bytes))),
                                                   toQString(groupedDigits(int64_t(record.bytes)))));
    const auto &files = m_access->checkpoint().files;
    const QString file = record.file < files.size() ? toQString(validUtf8(files[record.file].name)) : QString();
    add(tr("File"), file);
    add(tr("Offset"), record.offset == kNoOffset ? tr("cannot be read in place")
                                                 : toQString(groupedDigits(int64_t(record.offset))));
    if (const QString role = roleText(); !role.isEmpty())
        add(tr("Role"), role);
}

void TensorPanel::startReading()
{
    if (m_tensor < 0 || m_reading)
        return;
    m_reading = true;
    m_state->showLoading(tr("Reading the values"));
    computeStatistics();
}

void TensorPanel::computeStatistics()
{
    const std::stop_token stop = m_stop.get_token();
    const auto work = [access = m_access, tensor = size_t(m_tensor), stop] {
        return access->open(tensor).and_then([&](WeightReader reader) {
            return assay::computeStatistics(reader, {stop, {}});
        });
    };
    inBackground(
        this, work,
        [this, stop](const Result<TensorStatistics> &statistics) {
            if (stop.stop_requested())
                return;
            if (statistics)
                showStatistics(*statistics);
            else
                showFailure(statistics.error());
        },
        &m_threads);
}

void TensorPanel::showStatistics(const TensorStatistics &statistics)
{
    m_statistics->setStatistics(&statistics);
    m_shownHistogram = statistics.histogram;
    m_histogram->setProfile(histogramProfile(m_shownHistogram, m_logarithmic->isChecked()));
    m_rows->setProfile(normProfile(statistics.rows, true));
    m_columns->setProfile(normProfile(statistics.columns, false));
    m_tabs->setTabVisible(2, statistics.rows.count > 0 || statistics.columns.count > 0);
    m_stack->setCurrentWidget(m_tabs);
    askPicture();
}

void TensorPanel::showFailure(const Error &error)
{
    m_state->showFailed(tr("No values"), errorText(error), {});
    m_stack->setCurrentWidget(m_state);
}

void TensorPanel::askPicture()
{
    if (m_tensor < 0 || m_tabs->currentIndex() != m_tabs->count() - 1 || m_stack->currentWidget() != m_tabs)
        return;
    readPicture(PictureDetail::Preview);
}

void TensorPanel::readPicture(PictureDetail detail)
{
    m_pictureStop.request_stop();
    m_pictureStop = {};
    const std::stop_token stop = m_pictureStop.get_token();
    const bool whole = m_picture->region().row1 == 0; // the matrix is not known yet
    const WeightRegion region = whole ? WeightRegion{0, ~uint64_t(0), 0, ~uint64_t(0)} : m_picture->region();
    struct Answer
    {
        Result<std::shared_ptr<const WeightPicture>> picture;
        uint64_t rows = 0, columns = 0;
    };
    const auto work = [access = m_access, tensor = size_t(m_tensor), region, cells = m_picture->cells(), detail, stop] {
        Answer answer{failure(ErrorCode::Cancelled), 0, 0};
        Result<WeightReader> reader = access->open(tensor);
        if (!reader) {
            answer.picture = tl::unexpected<Error>(reader.error());
            return answer;
        }
        answer.rows = reader->rows();
        answer.columns = reader->columns();
        auto picture = pictureOf(*reader, region, uint32_t(cells.width()), uint32_t(cells.height()), detail, {stop, {}});
        if (picture)
            answer.picture = std::make_shared<const WeightPicture>(std::move(*picture));
        else
            answer.picture = tl::unexpected<Error>(picture.error());
        return answer;
    };
    const auto show = [this, stop, detail, whole](const Answer &answer) {
        if (stop.stop_requested())
            return;
        if (!answer.picture) {
            m_pictureNote->setText(errorText(answer.picture.error()));
            return;
        }
        if (whole)
            m_picture->setMatrix(answer.rows, answer.columns);
        showPicture(*answer.picture, detail);
    };
    inBackground(this, work, show, &m_threads);
}

void TensorPanel::showPicture(std::shared_ptr<const WeightPicture> picture, PictureDetail detail)
{
    const bool preview = picture->sampled;
    m_picture->setPicture(std::move(picture));
    const QString cells = m_picture->cellText();
    m_pictureNote->setText(preview ? tr("%1; a preview from one row of each, all are being read").arg(cells) : cells);
    if (preview && detail == PictureDetail::Preview)
        readPicture(PictureDetail::Exact);
}

} // namespace assay
