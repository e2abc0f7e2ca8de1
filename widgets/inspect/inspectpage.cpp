// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspect/inspectpage.h"

#include "core/service/acknowledgements.h"
#include "core/service/fetchtext.h"
#include "core/service/translation.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/statepage.h"
#include "widgets/inspect/configtab.h"
#include "widgets/inspect/endpointview.h"
#include "widgets/inspect/facttile.h"
#include "widgets/inspect/filestab.h"
#include "widgets/inspect/findingstab.h"
#include "widgets/inspect/layerstab.h"
#include "widgets/inspect/memorytab.h"
#include "widgets/inspect/overviewtab.h"
#include "widgets/inspect/subjectchecks.h"
#include "widgets/inspect/tensorpanel.h"
#include "widgets/inspect/tilefacts.h"
#include "widgets/inspect/tokenizertab.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

namespace assay {
namespace {
constexpr int kChipSide = 28, kFetchedMilliseconds = 500;
}

InspectPage::InspectPage(Workspace *workspace, SubjectChecks *checks, Acknowledgements *acknowledgements,
                         QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_checks(checks), m_acknowledgements(acknowledgements), m_stack(new QStackedWidget(this)),
      m_state(new StatePage(this)), m_content(new QWidget(this))
{
    setAccessibleName(tr("Inspect"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->addWidget(m_stack);
    m_stack->addWidget(m_state);
    m_scroll = new QScrollArea(m_stack); // for low windows and large text
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_stack->addWidget(m_scroll);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    createHeader();
    createTabs();
    connect(m_state, &StatePage::buttonClicked, this, &InspectPage::answerButton);
    connect(m_workspace, &Workspace::progressed, this, [this](int id) {
        if (id == m_id)
            showProgress();
    });
    connect(m_workspace, &Workspace::changed, this, [this](int id) {
        if (id == m_id)
            refresh();
    });
    connect(m_workspace, &Workspace::closed, this, [this](int id) {
        if (id == m_id)
            setSubject(0);
    });
    connect(m_acknowledgements, &Acknowledgements::changed, this, &InspectPage::countFindings);
    connect(m_checks, &SubjectChecks::changed, this, [this](int id) {
        if (id == m_id && m_shown)
            showChecks();
    });
    m_fetching.setInterval(kFetchedMilliseconds);
    connect(&m_fetching, &QTimer::timeout, this, &InspectPage::showFetched);
    refresh();
}

void InspectPage::createHeader()
{
    m_role = new QLabel(m_content);
    m_name = new ElidedLabel({}, m_content);
    QFont bold = m_name->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.2);
    m_name->setFont(bold);
    m_path = new ElidedLabel({}, m_content);
    m_path->setElideMode(Qt::ElideMiddle);
    m_path->setMuted(true);
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(m_name);
    titles->addWidget(m_path);
    auto *head = new QHBoxLayout;
    head->addWidget(m_role);
    head->addLayout(titles, 1);
    m_fetched = new QLabel(m_content);
    m_fetched->setToolTip(tr("Only headers and what you look at are fetched, not the weights as a whole"));
    head->addWidget(m_fetched);
    m_cancel = new QPushButton(tr("Cancel"), m_content);
    m_cancel->setToolTip(tr("Stops reading again; what is shown stays"));
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_workspace->cancel(m_id); });
    head->addWidget(m_cancel);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(6);
    for (FactTile *&tile : m_tiles) {
        tile = new FactTile(m_content);
        tiles->addWidget(tile, 1);
    }
    auto *layout = static_cast<QVBoxLayout *>(m_content->layout());
    layout->addLayout(head);
    layout->addLayout(tiles);
}

void InspectPage::createTabs()
{
    m_tabs = new QTabWidget(m_content);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Views of the subject"));
    addTab(new OverviewTab(m_acknowledgements, m_tabs), "overview", tr("Overview"));
    addTab(new ConfigTab(m_tabs), "config", tr("Config"));
    auto *layers = new LayersTab(m_tabs);
    m_tensor = new TensorPanel(layers);
    layers->setDetail(m_tensor);
    connect(layers, &LayersTab::currentTensorChanged, m_tensor, &TensorPanel::setTensor);
    addTab(layers, "layers", tr("Layers"));
    addTab(new TokenizerTab(m_tabs), "tokenizer", tr("Tokenizer"));
    addTab(new MemoryTab(m_tabs), "memory", tr("Memory"));
    m_findings = new FindingsTab(m_acknowledgements, m_tabs);
    addTab(m_findings, "findings", tr("Findings"));
    m_files = new FilesTab(m_tabs);
    addTab(m_files, "files", tr("Files"));
    connect(m_files, &FilesTab::hashesRequested, this, [this] { m_checks->startHashes(m_id); });
    connect(m_tensor, &TensorPanel::statisticsRequested, this, [this] { m_checks->startStatistics(m_id); });
    m_endpoint = new EndpointView(m_content);
    for (QWidget *views : {static_cast<QWidget *>(m_tabs), static_cast<QWidget *>(m_endpoint)})
        static_cast<QVBoxLayout *>(m_content->layout())->addWidget(views, 1);
    m_endpoint->hide(); // only one of the two is shown: together they ask for more height than a small window has
}

void InspectPage::addTab(InspectTab *tab, const char *objectName, const QString &title)
{
    tab->setObjectName(QLatin1String(objectName));
    tab->setAccessibleName(title);
    m_tabs->addTab(tab, title);
    connect(tab, &InspectTab::tabWanted, this, &InspectPage::showTab);
}

void InspectPage::setRuns(const RunLibrary *runs)
{
    auto *memory = m_tabs->findChild<MemoryTab *>();
    memory->setRunSource([this, runs]() -> std::shared_ptr<const BenchRun> {
        const Subject *subject = m_workspace->find(m_id);
        return subject ? runs->latestBench(subject->reference()) : nullptr;
    });
    connect(runs, &RunLibrary::runChanged, memory, &MemoryTab::refreshMeasured);
    connect(runs, &RunLibrary::loaded, memory, &MemoryTab::refreshMeasured);
}

void InspectPage::setSubject(int id)
{
    if (id == m_id)
        return;
    m_id = id;
    refresh();
}

void InspectPage::showTab(const QString &objectName)
{
    if (auto *tab = m_tabs->findChild<InspectTab *>(objectName))
        m_tabs->setCurrentWidget(tab);
}

InspectTab *InspectPage::currentTab() const
{
    return static_cast<InspectTab *>(m_tabs->currentWidget());
}

void InspectPage::focusFilter()
{
    if (m_stack->currentWidget() != m_scroll || !m_tabs->isVisible())
        return;
    if (currentTab()->objectName() == QLatin1String("overview"))
        showTab(QStringLiteral("layers"));
    currentTab()->focusFilter();
}

void InspectPage::refresh()
{
    const Subject *subject = m_workspace->find(m_id);
    if (!subject) {
        m_state->showEmpty(tr("Choose a subject on the left, or open a model's folder."),
                           tr("Open a model..."));
    } else if (subject->state == SubjectState::Failed) {
        const bool cancelled = subject->error && subject->error->code == ErrorCode::Cancelled;
        m_state->showFailed(cancelled ? tr("Opening %1 was cancelled").arg(subject->name) : tr("%1 could not be opened").arg(subject->name),
                            subject->error && !cancelled ? errorText(*subject->error) : QString(), tr("Try again"));
    } else if (subject->inspection) {
        showReady(*subject); // also while it is read again: what was there stays
        m_stack->setCurrentWidget(m_scroll);
        return;
    } else {
        m_state->showLoading(tr("Reading %1").arg(subject->name), tr("Cancel"));
        showProgress();
    }
    m_shown.reset();
    m_stack->setCurrentWidget(m_state);
}

void InspectPage::answerButton()
{
    const Subject *subject = m_workspace->find(m_id);
    if (!subject)
        emit openRequested();
    else if (subject->state == SubjectState::Loading)
        m_workspace->cancel(m_id);
    else
        m_workspace->reload(m_id);
}

/// What has come from the server, in the middle of the page or, when there is something to see meanwhile, above it.
void InspectPage::showProgress()
{
    const Subject *subject = m_workspace->find(m_id);
    if (!subject || !subject->fetching)
        return;
    const QString fetched = fetchedText(subject->fetching->fetched);
    m_state->setProgress(fetched + u'\n' + fetchingText(*subject->fetching));
    if (subject->inspection)
        m_fetched->setText(fetched);
}

void InspectPage::showReady(const Subject &subject)
{
    m_role->setPixmap(roleIcon(subject.role).pixmap(kChipSide, kChipSide));
    m_role->setAccessibleName(roleText(subject.role));
    m_role->setToolTip(roleText(subject.role));
    m_name->setText(subject.name);
    m_path->setText(subject.path);
    m_cancel->setVisible(subject.state == SubjectState::Loading);
    if (subject.inspection == m_shown)
        return;
    m_shown = subject.inspection;
    m_tabs->setVisible(!subject.endpoint);
    m_endpoint->setVisible(bool(subject.endpoint));
    for (FactTile *tile : m_tiles)
        tile->setVisible(!subject.endpoint);
    m_endpoint->setEndpoint(subject.endpoint);
    if (subject.endpoint) {
        m_fetched->hide();
        m_fetching.stop();
        return;
    }
    const std::array<TileFact, 6> facts = tileFacts(m_shown->facts);
    for (size_t i = 0; i < facts.size(); ++i)
        m_tiles[i]->setFact(facts[i]);
    m_tensor->setInspection(m_shown);
    for (int i = 0; i < m_tabs->count(); ++i)
        static_cast<InspectTab *>(m_tabs->widget(i))->setInspection(m_shown, subject.fingerprint);
    showChecks();
    showFetched();
}

void InspectPage::showChecks()
{
    const Checks *checks = m_checks->find(m_id);
    m_tensor->setStatistics(checks ? checks->statistics.data() : nullptr, checks && checks->computesStatistics());
    m_files->showHashes(checks ? checks->hashes : std::vector<FileVerification>(), checks && checks->checksHashes());
    m_findings->setMeasured(checks ? checks->findings() : std::vector<Finding>());
    countFindings();
}

void InspectPage::countFindings()
{
    const Subject *subject = m_workspace->find(m_id);
    if (!subject || !subject->inspection)
        return;
    std::vector<Finding> all = subject->inspection->facts.findings;
    if (const Checks *checks = m_checks->find(m_id)) {
        const std::vector<Finding> measured = checks->findings();
        all.insert(all.end(), measured.begin(), measured.end());
    }
    const size_t findings = m_acknowledgements->open(subject->fingerprint, all).size();
    const int tab = m_tabs->indexOf(m_tabs->findChild<InspectTab *>(QStringLiteral("findings")));
    m_tabs->setTabText(tab, findings ? tr("Findings (%1)").arg(findings) : tr("Findings"));
}

void InspectPage::showFetched()
{
    const Subject *subject = m_workspace->find(m_id);
    if (subject && subject->fetching)
        return; // what is read again says how far it is
    const auto fetched = m_shown && m_shown->directory.files ? m_shown->directory.files->fetched() : std::nullopt;
    m_fetched->setVisible(fetched.has_value());
    if (!fetched) {
        m_fetching.stop();
        return;
    }
    m_fetched->setText(fetchedText(*fetched));
    if (!m_fetching.isActive())
        m_fetching.start();
}

} // namespace assay
