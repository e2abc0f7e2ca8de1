// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verify/claimsheeteditor.h"

#include "core/base/file.h"
#include "core/service/translation.h"
#include "core/service/verify/knownmodels.h"
#include "widgets/common/checkedfield.h"
#include "widgets/common/itemviews.h"
#include "widgets/common/theme.h"
#include "widgets/verify/claimform.h"
#include "widgets/verify/claimtree.h"

#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>
#include <nlohmann/json.hpp>
#include <set>

namespace assay {
namespace {

constexpr int kMostName = 200, kMostText = 4000, kWidestColumn = 320, kCharacters = 110, kLines = 40, kMostProblems = 5;
constexpr std::array kVersions{"full", "distilled", "base", "both"};

QLabel *plainLabel(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // a word of any length makes no window wider
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

QString problemsText(const ClaimSheet &sheet)
{
    QStringList lines;
    for (const Told &one : sheet.problems) {
        if (lines.size() == kMostProblems) {
            lines << QStringLiteral("...");
            break;
        }
        lines << toQString(one.sentence(qtTranslate()));
    }
    return lines.join(u' ');
}

} // namespace

ClaimSheetEditor::ClaimSheetEditor(QWidget *parent) : GrowingDialog(parent), m_profiles(knownProfiles()), m_tree(new ClaimTree(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Claim Sheet") + QStringLiteral("[*]"));
    auto *layout = new QVBoxLayout(this);
    buildTop(layout);
    buildHead(layout);
    buildClaims(layout);
    buildEnd(layout);
    resize(fontMetrics().averageCharWidth() * kCharacters, fontMetrics().height() * kLines);
    connect(m_tree, &ClaimTree::edited, this, [this] {
        setWindowModified(true);
        refresh();
    });
    connect(m_tree, &QAbstractItemModel::modelReset, this, [this] {
        m_view->expandAll();
        chosen();
    });
    present(ClaimSheet(), {}, {});
}

void ClaimSheetEditor::buildTop(QVBoxLayout *layout)
{
    auto *row = new QHBoxLayout;
    const auto button = [&](const QString &text, const QString &tip) {
        auto *made = new QPushButton(text, this);
        made->setToolTip(tip);
        made->setAutoDefault(false);
        row->addWidget(made);
        return made;
    };
    connect(button(tr("&New"), tr("An empty sheet")), &QPushButton::clicked, this, [this] { instead([this] { present(ClaimSheet(), {}, {}); }); });
    auto *known = button(tr("From a &Known Sheet"), tr("One of your own, one that comes with Assay, or the published facts of a known model"));
    auto *menu = new QMenu(known);
    known->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillKnown(menu); });
    connect(button(tr("&Open..."), tr("A sheet in a file, in Assay's form or in that of articles, whose own verdicts are left out")), &QPushButton::clicked, this, [this] { instead([this] { chooseFile(); }); });
    row->addStretch(1);
    layout->addLayout(row);
}

void ClaimSheetEditor::buildHead(QVBoxLayout *layout)
{
    auto *grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    const auto add = [&](int row, int column, const QString &text, QWidget *field) {
        auto *label = new QLabel(text, this);
        label->setBuddy(field);
        grid->addWidget(label, row, column, Qt::AlignTop);
        grid->addWidget(field, row, column + 1, Qt::AlignTop);
    };
    const auto line = [&](const QString &name, const QString &tip, int most) {
        auto *made = new QLineEdit(this);
        made->setAccessibleName(name);
        made->setToolTip(tip);
        made->setMaxLength(most);
        connect(made, &QLineEdit::textEdited, this, &ClaimSheetEditor::takeHead);
        return made;
    };
    m_name = new CheckedField(tr("Name"), tr("Under this name --claim and the list of claims have it: letters, digits, dots, dashes"), this);
    m_name->edit()->setMaxLength(kMostName);
    connect(m_name, &CheckedField::changed, this, &ClaimSheetEditor::takeHead);
    m_title = line(tr("Title"), tr("For people: which offer, card or article it is"), kMostText);
    m_source = line(tr("Source"), tr("Where it is said: an address, a page, a mail"), kMostText);
    m_author = line(tr("Author"), tr("Who says it"), kMostName);
    m_date = line(tr("Date"), tr("When it was said"), kMostName);
    m_profile = new QComboBox(this);
    m_profile->setEditable(true);
    m_profile->setInsertPolicy(QComboBox::NoInsert);
    m_profile->completer()->setCompletionMode(QCompleter::PopupCompletion); // one's own model may begin as another does
    m_profile->setAccessibleName(tr("Said to be"));
    m_profile->setToolTip(tr("The known model that the subject is said to be; empty: none is named"));
    m_profile->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_profile->addItem(QString());
    for (const Profile &profile : m_profiles) {
        m_profile->addItem(toQString(profile.id));
        m_profile->setItemData(m_profile->count() - 1, toQString(profile.title), Qt::ToolTipRole);
    }
    connect(m_profile, &QComboBox::editTextChanged, this, &ClaimSheetEditor::takeHead);
    m_versions = new CheckedField(tr("Versions"), tr("Of a sheet on several versions, the known models of each: full = deepseek-r1; distilled = model-a|model-b"), this);
    m_versions->edit()->setMaxLength(kMostText);
    connect(m_versions, &CheckedField::changed, this, &ClaimSheetEditor::takeHead);
    add(0, 0, tr("N&ame"), m_name);
    add(0, 2, tr("&Title"), m_title);
    add(1, 0, tr("Said to &be"), m_profile);
    add(1, 2, tr("&Source"), m_source);
    add(2, 0, tr("&Versions"), m_versions);
    add(2, 2, tr("A&uthor"), m_author);
    add(3, 2, tr("&Date"), m_date);
    m_message = plainLabel(this, "message");
    grid->addWidget(m_message, 3, 0, 1, 2);
    layout->addLayout(grid);
}

void ClaimSheetEditor::buildClaims(QVBoxLayout *layout)
{
    m_view = makeTreeView(tr("Claims"), true, this);
    m_view->setModel(m_tree);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ClaimSheetEditor::chosen);
    layout->addWidget(m_view, 1);
    auto *row = new QHBoxLayout;
    auto *add = new QPushButton(tr("Add a Clai&m"), this);
    add->setAutoDefault(false);
    auto *menu = new QMenu(add);
    fillFields(menu);
    add->setMenu(menu);
    m_remove = new QPushButton(tr("&Remove"), this);
    m_remove->setToolTip(tr("Takes the chosen claims off the sheet"));
    m_remove->setAutoDefault(false);
    connect(m_remove, &QPushButton::clicked, this, &ClaimSheetEditor::removeChosen);
    row->addWidget(add);
    row->addWidget(m_remove);
    row->addStretch(1);
    layout->addLayout(row);
    m_form = new ClaimForm(this);
    connect(m_form, &ClaimForm::changed, this, [this](const Claim &claim) {
        const auto place = current();
        if (!place)
            return;
        const QScopedValueRollback filling(m_filling, true); // the form has it already
        m_tree->setClaim(*place, claim);
        m_view->setCurrentIndex(m_tree->indexOf(*place));
        m_form->setReading(m_tree->reading(*place));
    });
    layout->addWidget(m_form);
}

void ClaimSheetEditor::buildEnd(QVBoxLayout *layout)
{
    m_sentence = plainLabel(this, "sentence");
    layout->addWidget(m_sentence);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    const auto button = [&](const QString &text, const QString &tip) {
        auto *made = new QPushButton(text, this);
        made->setToolTip(tip);
        made->setAutoDefault(false);
        row->addWidget(made);
        return made;
    };
    connect(button(tr("&Keep"), tr("Among your own sheets, where it is found by its name")), &QPushButton::clicked, this, &ClaimSheetEditor::keep);
    connect(button(tr("Save as &File..."), tr("As JSON, for others or for --claim FILE")), &QPushButton::clicked, this, &ClaimSheetEditor::chooseTarget);
    connect(button(tr("Close"), {}), &QPushButton::clicked, this, &ClaimSheetEditor::reject);
    layout->addLayout(row);
}

void ClaimSheetEditor::fillKnown(QMenu *menu)
{
    menu->clear();
    QMenu *models = nullptr;
    for (const KnownClaim &claim : knownClaims(m_profiles)) {
        if (claim.model && !models)
            models = menu->addMenu(tr("Known models"));
        const QString name = toQString(claim.name);
        QString text = claim.own ? tr("%1 (yours)").arg(toQString(claim.title)) : toQString(claim.title);
        (claim.model ? models : menu)->addAction(text.replace(u'&', QLatin1String("&&")), this, [this, name] { instead([this, name] { openClaim(name); }); });
    }
}

void ClaimSheetEditor::fillFields(QMenu *menu)
{
    const char *group = "";
    QMenu *under = menu;
    for (const ClaimField &field : claimFields()) {
        if (std::string_view(group) != field.group)
            under = menu->addMenu(toQString(qtTranslate()("Claim", group = field.group)));
        const bool open = std::string_view(field.id).starts_with("response"); // the field's own name follows
        const QString id = QLatin1String(field.id) + (open ? QStringLiteral(".") : QString());
        under->addAction(toQString(qtTranslate()("Claim", field.label)), this, [this, id] { addClaim(id); });
    }
    menu->addAction(tr("Another field"), this, [this] { addClaim({}); });
}

const ClaimSheet &ClaimSheetEditor::sheet() const
{
    return m_tree->sheet();
}

QString ClaimSheetEditor::sentence() const
{
    return m_sentence->text();
}

QString ClaimSheetEditor::message() const
{
    return m_message->text();
}

void ClaimSheetEditor::openClaim(const QString &nameOrFile)
{
    auto sheet = findClaimSheet(nameOrFile, m_profiles);
    if (!sheet)
        return tell(errorText(sheet.error()), true);
    QString own, message = problemsText(*sheet);
    for (const KnownClaim &claim : knownClaims(m_profiles)) {
        if (toQString(claim.name) != nameOrFile)
            continue;
        if (claim.own)
            own = nameOrFile;
        else
            sheet->id.clear(); // a copy, which has no name yet
    }
    if (!message.isEmpty())
        message = tr("Not all of it could be read, and what could not will not be in what is kept: %1").arg(message);
    present(std::move(*sheet), own, message);
}

void ClaimSheetEditor::present(ClaimSheet sheet, const QString &ownName, const QString &message)
{
    {
        const QScopedValueRollback filling(m_filling, true);
        m_ownName = ownName;
        m_name->setText(toQString(sheet.id));
        m_name->setProblem({});
        m_versions->setText(toQString(versionsToText(sheet.versions)));
        m_versions->setProblem({});
        m_title->setText(toQString(sheet.title));
        m_source->setText(toQString(sheet.source));
        m_author->setText(toQString(sheet.author));
        m_date->setText(toQString(sheet.date));
        m_profile->setEditText(toQString(sheet.profile));
        for (QLineEdit *line : {m_name->edit(), m_versions->edit(), m_title, m_source, m_author, m_date})
            line->setCursorPosition(0); // what is too long is shown from its beginning
    }
    m_tree->setSheet(std::move(sheet));
    fitColumns(m_view, kWidestColumn);
    setWindowModified(false);
    tell(message, !message.isEmpty());
    refresh();
}

void ClaimSheetEditor::takeHead()
{
    if (m_filling)
        return;
    ClaimSheet head = m_tree->sheet();
    head.id = m_name->text().toStdString();
    head.title = m_title->text().toStdString();
    head.source = m_source->text().toStdString();
    head.author = m_author->text().toStdString();
    head.date = m_date->text().toStdString();
    head.profile = m_profile->currentText().trimmed().toStdString();
    const auto versions = versionsFromText(m_versions->text().toStdString());
    m_versions->setProblem(versions ? QString() : tr("It is written as: full = deepseek-r1; distilled = model-a|model-b"));
    if (versions)
        head.versions = *versions;
    m_name->setProblem({});
    m_tree->setHead(head);
}

void ClaimSheetEditor::addClaim(const QString &field)
{
    Claim claim;
    claim.field = field.toStdString();
    if (const ClaimField *known = findClaimField(claim.field))
        claim.unit = known->unit;
    const size_t place = m_tree->add(std::move(claim));
    m_view->setCurrentIndex(m_tree->indexOf(place));
    m_view->scrollTo(m_tree->indexOf(place));
    m_form->focusValue();
}

std::optional<size_t> ClaimSheetEditor::current() const
{
    return m_tree->placeOf(m_view->currentIndex());
}

void ClaimSheetEditor::removeChosen()
{
    std::vector<size_t> places;
    for (const QModelIndex &index : m_view->selectionModel()->selectedRows()) {
        if (const auto place = m_tree->placeOf(index))
            places.push_back(*place);
    }
    if (!places.empty())
        m_tree->remove(std::move(places));
}

/// Another row: the form shows its claim.
void ClaimSheetEditor::chosen()
{
    const auto place = current();
    m_remove->setEnabled(place.has_value());
    if (m_filling)
        return;
    m_form->setClaim(place ? std::optional(sheet().claims[*place]) : std::nullopt);
    if (place)
        m_form->setReading(m_tree->reading(*place));
}

/// What it says, and how many of its entries are no claims.
void ClaimSheetEditor::refresh()
{
    std::string model;
    for (const Profile &profile : m_profiles) {
        if (profile.id == sheet().profile)
            model = profile.title;
    }
    QString text = toQString(sheetSentence(sheet(), model, qtTranslate()));
    if (!sheet().profile.empty() && model.empty())
        text += u' ' + tr("No known model has this name, so nothing published is held against it.");
    if (const int problems = m_tree->problems(); problems > 0)
        text += u' ' + tr("%n claim(s) cannot be used yet: see the marked rows.", nullptr, problems);
    m_sentence->setText(text);
    std::set<std::string> names(kVersions.begin(), kVersions.end());
    for (const auto &[name, models] : sheet().versions)
        names.insert(name);
    QStringList versions;
    for (const std::string &name : names)
        versions << toQString(name);
    m_form->setVersions(versions);
}

void ClaimSheetEditor::tell(const QString &text, bool wrong)
{
    m_message->setText(text);
    QPalette inked = palette();
    if (wrong)
        inked.setColor(QPalette::WindowText, severityColor(Severity::Problem, inked));
    m_message->setPalette(inked);
}

bool ClaimSheetEditor::keep()
{
    if (sheet().claims.empty() && sheet().profile.empty()) {
        tell(tr("There is nothing to keep yet: the sheet names no model and claims nothing."), true);
        return false;
    }
    const QString name = m_name->text();
    const auto file = keepClaimSheet(sheet(), m_profiles, name == m_ownName);
    if (!file) {
        tell(errorText(file.error()), true);
        m_name->setFocus();
        return false;
    }
    m_ownName = name;
    setWindowModified(false);
    tell(tr("Kept: the list of claims and --claim %1 have it.").arg(name), false);
    emit kept(name);
    return true;
}

bool ClaimSheetEditor::saveAs(const QString &file)
{
    ClaimSheet named = sheet();
    if (named.id.empty())
        named.id = QFileInfo(file).completeBaseName().toStdString();
    const auto written = writeFileAtomically(std::filesystem::path(file.toStdString()), claimSheetToJson(named).dump(1) + '\n');
    if (!written) {
        tell(errorText(written.error()), true);
        return false;
    }
    setWindowModified(false);
    tell(tr("Written: %1").arg(file), false);
    return true;
}

void ClaimSheetEditor::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Choose a Claim Sheet"), {}, tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ClaimSheetEditor::openClaim);
    dialog->open();
}

void ClaimSheetEditor::chooseTarget()
{
    auto *dialog = new QFileDialog(this, tr("Save the Claim Sheet"), m_name->text() + QStringLiteral(".json"), tr("JSON (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &ClaimSheetEditor::saveAs);
    dialog->open();
}

void ClaimSheetEditor::instead(std::function<void()> then)
{
    if (!isWindowModified())
        return then();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Claim Sheet"), tr("The sheet has changes that are not kept."), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const auto *keeping = box->addButton(tr("Keep"), QMessageBox::AcceptRole);
    const auto *dropping = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    box->addButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::buttonClicked, this, [this, keeping, dropping, then = std::move(then)](const QAbstractButton *button) {
        if (button == dropping || (button == keeping && keep())) {
            setWindowModified(false);
            then();
        }
    });
    box->open();
}

void ClaimSheetEditor::reject()
{
    instead([this] { QDialog::reject(); });
}

} // namespace assay
