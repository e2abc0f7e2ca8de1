// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/machines/machinespage.h"

#include "core/service/background.h"
#include "core/service/jobqueue.h"
#include "core/service/translation.h"
#include "widgets/common/itemviews.h"
#include "widgets/machines/machinedialog.h"
#include "widgets/machines/machinejob.h"
#include "widgets/machines/machinerows.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace assay {
namespace {

constexpr int kWidestColumn = 360;

bool isThis(const Machine &machine)
{
    return machine.name == QLatin1String(kThisMachine);
}

} // namespace

MachinesPage::MachinesPage(JobQueue *jobs, QWidget *parent)
    : QWidget(parent), m_jobs(jobs), m_rows(new GroupedRows(machineColumns(), this)), m_view(makeTreeView(tr("Machines"), true, this))
{
    setAccessibleName(tr("Machines"));
    m_view->setModel(m_rows);
    auto *hint = new QLabel(tr("Speeds are judged by what each device was measured to do here. Open a model there as NAME:/path."), this);
    hint->setWordWrap(true);
    auto *bar = new QHBoxLayout;
    const auto button = [&](const QString &text, const QString &tip, auto handler) {
        auto *made = new QPushButton(text, this);
        made->setToolTip(tip);
        bar->addWidget(made);
        connect(made, &QPushButton::clicked, this, handler);
        return made;
    };
    button(tr("Add..."), tr("A machine that a command such as ssh leads to"), [this] { askMachine(); });
    m_measure = button(tr("Measure"), tr("Read bandwidth and products of matrices of each device; takes some seconds a device"), [this] { measureCurrent(); });
    m_remove = button(tr("Remove"), tr("Takes the machine off the list, with what was measured of it"), [this] { removeCurrent(); });
    bar->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 8);
    layout->addWidget(hint);
    layout->addWidget(m_view, 1);
    layout->addLayout(bar);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &MachinesPage::showButtons);
    connect(jobs, &JobQueue::finished, this, [this](Job *job) {
        if (qobject_cast<MachineJob *>(job))
            reload();
    });
    showButtons();
    reload();
}

void MachinesPage::reload()
{
    inBackground(this, [] { return readMachines(machinesFile()); }, [this](Result<std::vector<Machine>> machines) {
        if (!machines)
            emit failed(machines.error());
        showMachines(machines ? std::move(*machines) : std::vector<Machine>());
    });
}

void MachinesPage::showMachines(std::vector<Machine> machines)
{
    const Machine *before = current();
    const QString chosen = before ? before->name : QString::fromLatin1(kThisMachine);
    const auto local = std::ranges::find_if(machines, isThis);
    if (local == machines.end())
        machines.insert(machines.begin(), Machine{QString::fromLatin1(kThisMachine), {}, {}, {}});
    else
        std::rotate(machines.begin(), local, local + 1);
    m_machines = std::move(machines);
    m_rows->setGroups(machineRows(m_machines));
    m_view->expandAll();
    for (int group = 0; group < m_rows->rowCount(); ++group)
        m_view->setFirstColumnSpanned(group, {}, true);
    fitColumns(m_view, kWidestColumn);
    const auto again = std::ranges::find(m_machines, chosen, &Machine::name);
    m_view->setCurrentIndex(m_rows->index(again == m_machines.end() ? 0 : int(again - m_machines.begin()), 0));
    showButtons();
}

const Machine *MachinesPage::current() const
{
    const QModelIndex index = m_view->currentIndex();
    const int row = index.parent().isValid() ? index.parent().row() : index.row();
    return index.isValid() && size_t(row) < m_machines.size() ? &m_machines[size_t(row)] : nullptr;
}

void MachinesPage::showButtons()
{
    const Machine *machine = current();
    m_measure->setEnabled(machine);
    m_remove->setEnabled(machine && !isThis(*machine));
}

void MachinesPage::askMachine()
{
    m_dialog = new MachineDialog(this);
    connect(m_dialog, &MachineDialog::chosen, this, [this] { add(m_dialog->machine()); });
    m_dialog->open();
}

void MachinesPage::add(const Machine &machine)
{
    inBackground(this, [machine] { return addMachine(machinesFile(), machine); }, [this](const Result<void> &added) {
        if (added && m_dialog)
            m_dialog->accept();
        else if (m_dialog)
            m_dialog->showProblem(errorText(added.error()));
        reload();
    });
}

void MachinesPage::removeCurrent()
{
    const Machine *machine = current();
    if (!machine || isThis(*machine))
        return;
    inBackground(this, [name = machine->name] { return removeMachine(machinesFile(), name); }, [this](const Result<void> &removed) {
        if (!removed)
            emit failed(removed.error());
        reload();
    });
}

void MachinesPage::measureCurrent()
{
    if (const Machine *machine = current()) {
        m_jobs->add(std::make_unique<MachineJob>(*machine));
        emit measuring();
    }
}

} // namespace assay
