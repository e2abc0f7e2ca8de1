// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/tracefield.h"

#include "core/service/background.h"
#include "core/service/tracefile.h"
#include "core/service/translation.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QToolButton>

namespace assay {
namespace {

constexpr int kPause = 200; // ms

/// A pipe might never end, so only a file will do.
Result<std::vector<double>> traceOf(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return failure(ErrorCode::FileMissing, {path.toStdString()});
    return readTrace(path);
}

/// Of a line that cannot be read the reason and the line: the rest of the error's sentence is for a command line.
QString sentenceOf(const Error &error)
{
    if (error.code != ErrorCode::BadUsage || error.arguments.empty())
        return errorText(error);
    return TraceField::tr("%1 (line %2)").arg(QCoreApplication::translate("Reason", error.arguments.front().c_str()), toQString(error.where));
}

} // namespace

TraceField::TraceField(QWidget *parent)
    : QWidget(parent), m_path(new CheckedField(tr("Trace of arrivals"),
                                               tr("A file with a number of seconds on each line, or CSV or JSON lines with a column of them."), this))
{
    auto *chooser = new QToolButton(this);
    chooser->setText(tr("Choose..."));
    chooser->setAccessibleName(tr("Choose a trace of arrivals"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_path, 1, Qt::AlignTop);
    layout->addWidget(chooser, 0, Qt::AlignTop);
    setFocusProxy(m_path);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &TraceField::read);
    connect(m_path, &CheckedField::changed, this, &TraceField::forget);
    connect(chooser, &QToolButton::clicked, this, &TraceField::choose);
}

std::vector<double> TraceField::moments()
{
    if (m_read && *m_read) {
        m_path->setProblem({});
        return **m_read;
    }
    m_path->setProblem(m_read                    ? sentenceOf(m_read->error())
                       : m_path->text().isEmpty() ? tr("Choose a file of arrivals.")
                                                  : tr("Reading..."));
    return {};
}

void TraceField::forget()
{
    ++m_asked;
    m_read.reset();
    if (!m_path->text().isEmpty())
        m_pause.start();
    emit changed();
}

void TraceField::read()
{
    inBackground(this, [path = m_path->text()] { return traceOf(path); }, [this, asked = m_asked](Result<std::vector<double>> read) {
        if (asked != m_asked)
            return; // another one is meant by now
        m_read = std::move(read);
        emit changed();
    });
}

void TraceField::choose()
{
    auto *dialog = new QFileDialog(this, tr("Trace of arrivals"), settings::kLastFolder.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) { m_path->setText(QDir::toNativeSeparators(file)); });
    dialog->open();
}

} // namespace assay
