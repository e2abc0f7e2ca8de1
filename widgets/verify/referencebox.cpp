// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/referencebox.h"

#include "core/service/translation.h"
#include "core/service/workerbackend.h"
#include "core/service/workspace.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/rolechip.h"
#include "widgets/common/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>

namespace assay {
namespace {

constexpr int kCharacters = 30, kKeyLetters = 64; // Ed25519: 32 bytes in hexadecimal

QComboBox *combo(const QString &name, const QString &tip, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kCharacters);
    return box;
}

/// The worker of the settings, else that of this machine.
std::unique_ptr<Backend> runModel(const std::string &directory)
{
    QStringList parts = QProcess::splitCommand(settings::kWorkerCommand.get());
    if (parts.isEmpty())
        return std::make_unique<WorkerBackend>(WorkerCommand::local(), directory);
    const QString program = parts.takeFirst();
    return std::make_unique<WorkerBackend>(WorkerCommand{program, parts}, directory);
}

bool isModel(const Subject &subject)
{
    return subject.state == SubjectState::Ready && subject.inspection && !subject.endpoint;
}

} // namespace

ReferenceBox::ReferenceBox(const Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_places(combo(tr("Reference"), tr("What you trust to be the claimed model"), this)),
      m_weights(combo(tr("Weights beside the bundle"), tr("The bundle's model, opened here: it reads the endpoint's answers word by word, which tells more than texts do"), this)),
      m_bundle(new QPushButton(tr("Bundle..."), this)),
      m_key(new CheckedField(tr("Trusted key"), tr("Ed25519, 64 hexadecimal digits: the bundle counts only with a signature of this key beside it (FILE.sig)"), this)),
      m_same(new QCheckBox(tr("Served as the reference is"), this)), m_keyLabel(new QLabel(tr("Trusted key"), this)),
      m_weightsLabel(new QLabel(tr("Its weights"), this)), m_beside(new QWidget(this))
{
    m_same->setToolTip(tr("The same engine, device and dtype: only then must the distributions be the same, and a difference is one of the model"));
    m_bundle->setToolTip(tr("A file that was recorded from trusted weights (assay reference)"));
    m_key->edit()->setMaxLength(kKeyLetters);
    m_key->setPlaceholder(tr("none: nobody's signature is checked"));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setColumnStretch(0, 1);
    layout->addWidget(m_places, 0, 0);
    layout->addWidget(m_bundle, 0, 1);
    auto *folder = new QPushButton(tr("Folder..."), this);
    folder->setToolTip(tr("The folder of a model that is not open here"));
    layout->addWidget(folder, 0, 2);
    folder->setObjectName(QStringLiteral("folder"));
    auto *beside = new QGridLayout(m_beside);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setColumnStretch(1, 1);
    beside->addWidget(m_keyLabel, 0, 0, Qt::AlignTop);
    beside->addWidget(m_key, 0, 1);
    beside->addWidget(m_weightsLabel, 1, 0);
    beside->addWidget(m_weights, 1, 1);
    layout->addWidget(m_beside, 1, 0, 1, 3);
    layout->addWidget(m_same, 2, 0, 1, 3);
    connect(m_places, &QComboBox::currentIndexChanged, this, [this] {
        showFields();
        emit changed();
    });
    connect(m_weights, &QComboBox::currentIndexChanged, this, &ReferenceBox::changed);
    connect(m_same, &QCheckBox::toggled, this, &ReferenceBox::changed);
    connect(m_key, &CheckedField::changed, this, [this] {
        static const QRegularExpression kKey(QStringLiteral("^[0-9a-fA-F]{64}$"));
        const QString text = m_key->text();
        m_key->setProblem(text.isEmpty() || kKey.match(text).hasMatch() ? QString() : tr("A key has 64 hexadecimal digits; here are %n characters.", nullptr, int(text.size())));
        emit changed();
    });
    const auto chooser = [this](bool bundle) {
        auto *dialog = new QFileDialog(this, bundle ? tr("Choose a Reference Bundle") : tr("Choose the Folder of a Model"), {}, bundle ? tr("Bundles (*.json)") : QString());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(bundle ? QFileDialog::ExistingFile : QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, this, &ReferenceBox::choose);
        dialog->open();
    };
    connect(m_bundle, &QPushButton::clicked, this, [chooser] { chooser(true); });
    connect(folder, &QPushButton::clicked, this, [chooser] { chooser(false); });
    setSubject(nullptr);
}

void ReferenceBox::setSubject(const Subject *subject)
{
    const QSignalBlocker quiet(m_places), quieter(m_weights);
    const bool endpoint = m_ofEndpoint = subject && subject->endpoint;
    m_places->clear();
    m_weights->clear();
    m_places->addItem(tr("none"));
    m_weights->addItem(tr("not here: only its record is used"));
    for (const auto &other : m_workspace.subjects()) {
        if (other.get() == subject || other->state != SubjectState::Ready)
            continue;
        if (isModel(*other) || (endpoint && other->endpoint))
            m_places->addItem(roleIcon(other->role), other->name, other->id);
        if (isModel(*other))
            m_weights->addItem(roleIcon(other->role), other->name, toQString(other->reference().path));
    }
    m_bundle->setVisible(endpoint);
    findChild<QPushButton *>(QStringLiteral("folder"))->setVisible(endpoint); // files are compared with what is open: its tensors are known
    showFields();
}

const Subject *ReferenceBox::chosenSubject() const
{
    const QVariant chosen = m_places->currentData();
    return chosen.typeId() == QMetaType::Int ? m_workspace.find(chosen.toInt()) : nullptr;
}

ReferenceBox::Kind ReferenceBox::kind() const
{
    if (const Subject *subject = chosenSubject())
        return subject->endpoint ? Kind::Endpoint : Kind::Files;
    const QString place = m_places->currentData().toString();
    return place.isEmpty() ? Kind::None : QFileInfo(place).isDir() ? Kind::Files : Kind::Bundle;
}

void ReferenceBox::showFields()
{
    m_beside->setVisible(kind() == Kind::Bundle);
    m_same->setVisible(kind() != Kind::None && m_ofEndpoint);
}

void ReferenceBox::choose(const QString &place)
{
    m_places->insertItem(1, QFileInfo(place).fileName(), place);
    m_places->setItemData(1, place, Qt::ToolTipRole);
    m_places->setCurrentIndex(1);
}

std::optional<ReferenceChoice> ReferenceBox::choice() const
{
    if (kind() == Kind::None)
        return std::nullopt;
    ReferenceChoice out;
    const Subject *subject = chosenSubject();
    out.place = subject ? subject->reference().path : m_places->currentData().toString().toStdString();
    out.sameStack = m_same->isChecked();
    if (kind() == Kind::Bundle) {
        out.trustedKey = m_key->text().toLower().toStdString();
        out.weights = m_weights->currentData().toString().toStdString();
    }
    if (kind() == Kind::Files || !out.weights.empty())
        out.model = runModel;
    return out;
}

QString ReferenceBox::keyAddress() const
{
    const Subject *subject = chosenSubject();
    return subject && subject->endpoint ? subject->path : QString();
}

std::shared_ptr<const Inspection> ReferenceBox::inspection() const
{
    const Subject *subject = chosenSubject();
    return subject && !subject->endpoint ? subject->inspection : nullptr;
}

QString ReferenceBox::contacts() const
{
    const auto chosen = choice();
    if (!chosen)
        return {};
    if (kind() == Kind::Endpoint)
        return tr("The reference %1 is asked, too.").arg(keyAddress());
    const std::string &model = kind() == Kind::Files ? chosen->place : chosen->weights;
    if (model.empty())
        return tr("The reference is a file: nobody else is asked.");
    const QString command = settings::kWorkerCommand.get();
    return (command.isEmpty() ? tr("The weights in %1 are run by the worker of this machine.").arg(toQString(model))
                              : tr("The weights in %1 are run by: %2.").arg(toQString(model), command));
}

} // namespace assay
