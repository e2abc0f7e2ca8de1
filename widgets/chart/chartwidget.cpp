// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart/chartwidget.h"

#include "core/service/translation.h"
#include "widgets/chart/chartscene.h"
#include "widgets/chart/charttext.h"
#include "widgets/chart/samechart.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedLayout>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace assay {
namespace {

constexpr double kHandleReach = 5;     ///< pixels from a line at which it is taken
constexpr double kLineStep = 1.05;     ///< by which a key moves it
constexpr int kPlotLines = 15;         ///< of the plot with its axes and legend, in lines of text
constexpr double kReach = 14;          ///< pixels from a mark at which it is read out

QLabel *makeLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

/// Four digits; whole numbers (tokens, sequences) in full.
QString plainNumber(double value)
{
    return value == std::floor(value) && std::abs(value) < 1e12 ? QString::number(value, 'f', 0) : QString::number(value, 'g', 4);
}

void setTextOrHide(QLabel *label, const std::string &utf8)
{
    label->setText(toQString(utf8));
    label->setVisible(!utf8.empty());
}

/// A forest's words stand in a line of their own for each of its marks; axes and legend take about eight.
int plotLines(const ChartSpec &spec)
{
    const size_t marks = spec.kind == ChartKind::Forest ? spec.categories.size() * (spec.series.size() + 1) : 0;
    return std::clamp(int(marks) + 8, kPlotLines, 4 * kPlotLines);
}

} // namespace

struct ChartWidget::Private
{
    ChartSpec spec;
    QLabel *title = nullptr, *subtitle = nullptr, *note = nullptr, *missing = nullptr;
    QPushButton *measure = nullptr;
    QCustomPlot *plot = nullptr;
    QStackedLayout *stack = nullptr;
    std::unique_ptr<ChartScene> scene;
    bool zoomed = false, offers = false;
    std::optional<ChartLine> dragged; ///< the line that follows the pointer
    QPoint pressed;                   ///< where the button went down
    std::optional<std::pair<size_t, size_t>> current; ///< series and point of the keyboard's read-out
};

ChartWidget::ChartWidget(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->title = makeLabel(this);
    d->subtitle = makeLabel(this);
    d->note = makeLabel(this);
    d->plot = new QCustomPlot(this);
    d->scene = std::make_unique<ChartScene>(d->plot);
    d->plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    d->plot->setFocusPolicy(Qt::NoFocus);
    d->plot->installEventFilter(this);
    d->plot->setMouseTracking(true);
    d->plot->setMinimumSize(120, 90); // else a legend of many subjects would widen the window

    auto *empty = new QWidget(this);
    auto *emptyLayout = new QVBoxLayout(empty);
    d->missing = makeLabel(empty);
    d->missing->setAlignment(Qt::AlignCenter);
    d->measure = new QPushButton(tr("Measure"), empty);
    emptyLayout->addStretch();
    emptyLayout->addWidget(d->missing);
    emptyLayout->addWidget(d->measure, 0, Qt::AlignHCenter);
    emptyLayout->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(1);
    layout->addWidget(d->title);
    layout->addWidget(d->subtitle);
    d->stack = new QStackedLayout;
    d->stack->addWidget(d->plot);
    d->stack->addWidget(empty);
    layout->addLayout(d->stack, 1);
    layout->addWidget(d->note);
    setFocusPolicy(Qt::StrongFocus);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    connect(d->measure, &QPushButton::clicked, this, &ChartWidget::measureRequested);
    connect(d->plot, &QCustomPlot::mouseDoubleClick, this, &ChartWidget::resetZoom);
    build(false);
}

ChartWidget::~ChartWidget() = default;

void ChartWidget::setSpec(const ChartSpec &spec)
{
    if (sameChart(spec, d->spec))
        return;
    const bool keep = (d->zoomed || d->dragged) && spec.id == d->spec.id && spec.kind == d->spec.kind;
    d->zoomed = d->zoomed && keep;
    d->spec = spec;
    d->current.reset();
    build(keep);
}

const ChartSpec &ChartWidget::spec() const
{
    return d->spec;
}

int ChartWidget::heightFor(int width) const
{
    const QMargins margins = layout()->contentsMargins();
    int height = margins.top() + margins.bottom() + plotLines(d->spec) * fontMetrics().height();
    for (const QLabel *label : {d->title, d->subtitle, d->note}) {
        if (!label->isHidden())
            height += label->heightForWidth(width - margins.left() - margins.right()) + layout()->spacing();
    }
    return height;
}

void ChartWidget::setOffersMeasuring(bool offers)
{
    d->offers = offers;
    d->measure->setVisible(offers);
}

void ChartWidget::build(bool keepRange)
{
    const ChartStyle style = ChartStyle::fromPalette(palette(), font());
    QFont bold = font();
    bold.setBold(true);
    d->title->setFont(bold);
    for (QLabel *label : {d->subtitle, d->note, d->missing}) {
        QPalette muted = palette();
        muted.setColor(QPalette::WindowText, style.muted);
        muted.setColor(QPalette::Text, style.muted); // what selectable labels are drawn with
        label->setPalette(muted);
        label->setFont(label == d->missing ? font() : scaledFont(font(), 0.9));
    }
    setTextOrHide(d->title, d->spec.title);
    setTextOrHide(d->subtitle, d->spec.subtitle);
    setTextOrHide(d->note, d->spec.note);
    setTextOrHide(d->missing, d->spec.missing);
    d->measure->setVisible(d->offers);
    d->stack->setCurrentIndex(d->spec.missing.empty() ? 0 : 1);
    d->scene->build(d->spec, style, keepRange);
    d->scene->fit(d->plot->size());
    describe();
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartWidget::describe()
{
    const QString name = toQString(d->spec.title);
    const QString description = d->spec.missing.empty() ? toldText(d->spec)
                                                        : toQString(d->spec.missing);
    setAccessibleName(name);
    setAccessibleDescription(description);
    d->measure->setAccessibleName(tr("Measure: %1").arg(name));
}

QString ChartWidget::axesText(size_t series, size_t point) const
{
    const ChartPoint &p = d->scene->series()[series]->points()[point];
    const auto named = [](const std::vector<std::string> &names, double at) {
        return at >= 0 && size_t(at) < names.size() ? toQString(names[size_t(at)]) : QString();
    };
    if (d->spec.kind == ChartKind::Matrix)
        return tr("%1: %2").arg(toQString(d->spec.yLabel), named(d->spec.rows, p.y)) + u'\n'
               + tr("%1: %2").arg(toQString(d->spec.xLabel), named(d->spec.categories, p.x));
    if (hasBars(d->spec.kind)) {
        const bool known = p.x >= 0 && size_t(p.x) < d->spec.categories.size();
        return known ? toQString(d->spec.categories[size_t(p.x)]) : QString();
    }
    if (d->spec.kind == ChartKind::Forest)
        return p.y >= 0 && size_t(p.y) < d->spec.categories.size() ? toQString(d->spec.categories[size_t(p.y)]) : QString();
    return tr("%1: %2").arg(toQString(d->spec.xLabel), plainNumber(p.x));
}

QString ChartWidget::readoutOf(size_t series, size_t point) const
{
    const SeriesPlot *plottable = d->scene->series()[series];
    const ChartPoint &p = plottable->points()[point];
    QString value = toQString(p.label);
    if (value.isEmpty()) {
        const double factor = d->spec.percent ? 100 : 1;
        const auto number = [factor](double v) { return QString::number(v * factor, 'g', 4); };
        value = p.low && p.high ? tr("%1 [%2, %3]").arg(number(p.y), number(*p.low), number(*p.high)) : number(p.y);
        if (d->spec.percent)
            value += QStringLiteral(" %");
    }
    QStringList lines{plottable->fullName(), axesText(series, point), value, toQString(p.mark)};
    if (p.n > 0)
        lines << tr("n = %1").arg(p.n);
    lines.removeAll(QString());
    return lines.join(u'\n');
}

QString ChartWidget::readoutAt(const QPoint &position) const
{
    if (!d->spec.missing.empty())
        return {};
    const auto hit = d->scene->hit(d->plot->mapFrom(this, position), kReach);
    return hit ? readoutOf(hit->series, hit->mark.point) : QString();
}

QString ChartWidget::cutTextAt(const QPoint &position) const
{
    return d->spec.missing.empty() ? d->scene->cutTextAt(d->plot->mapFrom(this, position)) : QString();
}

bool ChartWidget::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != d->plot)
        return QWidget::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::Wheel: {
        // A page full of charts must still scroll: the wheel is the page's until the chart was chosen.
        auto *wheel = static_cast<QWheelEvent *>(event);
        if (!hasFocus() && !(wheel->modifiers() & Qt::ControlModifier)) {
            event->ignore();
            return true;
        }
        d->zoomed = true;
        QMetaObject::invokeMethod(this, [this] { d->scene->limitRange(); d->plot->replot(); }, Qt::QueuedConnection);
        break;
    }
    case QEvent::MouseButtonPress:
        setFocus(Qt::MouseFocusReason);
        d->pressed = static_cast<QMouseEvent *>(event)->pos();
        if (dragLine(*static_cast<QMouseEvent *>(event)))
            return true;
        break;
    case QEvent::MouseButtonRelease: {
        const auto *release = static_cast<QMouseEvent *>(event);
        const bool clicked = !d->dragged && release->button() == Qt::LeftButton && (release->pos() - d->pressed).manhattanLength() < kReach / 2;
        d->dragged.reset();
        if (const auto hit = clicked ? d->scene->hit(release->position(), 0) : std::nullopt)
            chooseCell(hit->series, hit->mark.point);
        break;
    }
    case QEvent::MouseMove: {
        auto *move = static_cast<QMouseEvent *>(event);
        if (dragLine(*move))
            return true;
        if (move->buttons() & Qt::LeftButton) {
            d->zoomed = true;
            QMetaObject::invokeMethod(this, [this] { d->scene->limitRange(); }, Qt::QueuedConnection);
        } else {
            const QPoint at = d->plot->mapTo(this, move->pos());
            const QString text = readoutAt(at);
            QToolTip::showText(move->globalPosition().toPoint(), text.isEmpty() ? cutTextAt(at) : text, d->plot);
        }
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

/// A press on a line takes it, moving with the button down drags it. False: the event is none of a line's.
bool ChartWidget::dragLine(const QMouseEvent &event)
{
    const ChartLine *near = d->scene->handleAt(event.position(), kHandleReach);
    if (event.type() == QEvent::MouseButtonPress) {
        if (near && event.button() == Qt::LeftButton)
            d->dragged = *near;
        return d->dragged.has_value();
    }
    if (!(event.buttons() & Qt::LeftButton))
        d->plot->setCursor(near ? (near->vertical ? Qt::SplitHCursor : Qt::SplitVCursor) : Qt::ArrowCursor);
    if (!d->dragged || !(event.buttons() & Qt::LeftButton))
        return false;
    // A line stays on its side of 0.
    const double value = d->scene->lineValue(*d->dragged, event.position());
    emit lineMoved(toQString(d->dragged->handle), d->dragged->at < 0 ? std::min(0.0, value) : std::max(0.0, value));
    return true;
}

/// Alt and an arrow key move the line of that direction by a twentieth.
void ChartWidget::stepLine(bool vertical, double factor)
{
    const auto line = std::find_if(d->spec.lines.begin(), d->spec.lines.end(),
                                   [&](const ChartLine &one) { return one.vertical == vertical && !one.handle.empty(); });
    if (line != d->spec.lines.end())
        emit lineMoved(toQString(line->handle), line->at * factor);
}

void ChartWidget::chooseCell(size_t series, size_t point)
{
    if (d->spec.kind != ChartKind::Matrix)
        return;
    const ChartPoint &cell = d->scene->series()[series]->points()[point];
    emit cellChosen(int(cell.x), int(cell.y));
}

void ChartWidget::zoomBy(double factor)
{
    QCPAxis *y = d->plot->yAxis, *x = d->plot->xAxis;
    y->scaleRange(factor, y->range().lower);
    if (!hasBars(d->spec.kind))
        x->scaleRange(factor);
    d->zoomed = true;
    d->scene->limitRange();
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartWidget::resetZoom()
{
    d->zoomed = false;
    d->scene->showAll();
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

bool ChartWidget::isZoomed() const
{
    return d->zoomed;
}

void ChartWidget::stepReadout(int step)
{
    std::vector<std::pair<size_t, size_t>> marks;
    for (size_t s = 0; s < d->scene->series().size(); ++s) {
        for (size_t p = 0; p < d->scene->series()[s]->points().size(); ++p)
            marks.emplace_back(s, p);
    }
    if (marks.empty() || !d->spec.missing.empty())
        return;
    const auto found = d->current ? std::find(marks.begin(), marks.end(), *d->current) : marks.end();
    auto index = found == marks.end() ? (step > 0 ? 0 : qsizetype(marks.size()) - 1) : found - marks.begin() + step;
    index = std::clamp<qsizetype>(index, 0, qsizetype(marks.size()) - 1);
    d->current = marks[size_t(index)];
    const QPointF position = d->scene->series()[d->current->first]->positionOf(d->current->second);
    const QString text = readoutOf(d->current->first, d->current->second);
    QToolTip::showText(d->plot->mapToGlobal(position.toPoint()), text, d->plot);
    setAccessibleDescription(text);
}

void ChartWidget::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copyData();
    if (event->modifiers() & Qt::AltModifier) {
        switch (event->key()) {
        case Qt::Key_Right: return stepLine(true, kLineStep);
        case Qt::Key_Left: return stepLine(true, 1 / kLineStep);
        case Qt::Key_Up: return stepLine(false, kLineStep);
        case Qt::Key_Down: return stepLine(false, 1 / kLineStep);
        default: return QWidget::keyPressEvent(event);
        }
    }
    switch (event->key()) {
    case Qt::Key_Right: return stepReadout(1);
    case Qt::Key_Left: return stepReadout(-1);
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomBy(0.8);
    case Qt::Key_Minus: return zoomBy(1.25);
    case Qt::Key_0: return resetZoom();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return d->current ? chooseCell(d->current->first, d->current->second) : QWidget::keyPressEvent(event);
    default: QWidget::keyPressEvent(event);
    }
}

void ChartWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    d->scene->fit(d->plot->size());
    d->plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChartWidget::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    const auto type = event->type();
    if (type == QEvent::PaletteChange || type == QEvent::StyleChange || type == QEvent::FontChange)
        build(true);
    if (type == QEvent::LanguageChange) {
        d->measure->setText(tr("Measure"));
        describe();
    }
}

QSize ChartWidget::sizeHint() const
{
    return QSize(460, 340);
}

QSize ChartWidget::minimumSizeHint() const
{
    return QSize(280, 240);
}

} // namespace assay
