// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/commandtable.h"

#include <QCoreApplication>

#include <array>

namespace assay {
namespace {

using M = CommandMenu;

constexpr std::array kCommands{
    CommandDefinition{"open", QT_TRANSLATE_NOOP("Action", "Open a Model..."),
                      QT_TRANSLATE_NOOP("Action", "Opens the folder of a model"), "open", "Ctrl+O", M::File},
    CommandDefinition{"open.file", QT_TRANSLATE_NOOP("Action", "Open a File..."),
                      QT_TRANSLATE_NOOP("Action", "Opens one file of weights: safetensors, GGUF, PyTorch, ONNX"),
                      nullptr, "Ctrl+Alt+P", M::File},
    CommandDefinition{"open.address", QT_TRANSLATE_NOOP("Action", "Open an Address..."),
                      QT_TRANSLATE_NOOP("Action", "Opens a model on a server, reading its headers only"), nullptr,
                      "Ctrl+L", M::File},
    CommandDefinition{"open.endpoint", QT_TRANSLATE_NOOP("Action", "Add an Endpoint..."),
                      QT_TRANSLATE_NOOP("Action", "Asks a server's API what it is, and lists it as a subject"), nullptr,
                      "Ctrl+Shift+L", M::File},
    CommandDefinition{"open.sample", QT_TRANSLATE_NOOP("Action", "Open the Sample Family"),
                      QT_TRANSLATE_NOOP("Action", "Opens the three small models that come with Assay"),
                      "sample", "Ctrl+Shift+O", M::File},
    CommandDefinition{"subject.reopen", QT_TRANSLATE_NOOP("Action", "Reopen the Closed Subject"),
                      QT_TRANSLATE_NOOP("Action", "Brings back the subject that was closed last"), nullptr,
                      "Ctrl+Shift+T", M::File},
    CommandDefinition{"settings", QT_TRANSLATE_NOOP("Action", "Settings..."),
                      QT_TRANSLATE_NOOP("Action", "Language, colours, worker, session"), "settings", "Ctrl+,",
                      M::File, true},
    CommandDefinition{
        "quit", QT_TRANSLATE_NOOP("Action", "Quit"),
        QT_TRANSLATE_NOOP("Action", "Closes the window; running jobs are cancelled, their samples are kept"),
        nullptr, "Ctrl+Q", M::File, true},

    CommandDefinition{"role.base", QT_TRANSLATE_NOOP("Action", "Role: Base"),
                      QT_TRANSLATE_NOOP("Action", "The chosen subjects stand for the base version"), nullptr,
                      "Ctrl+Alt+B", M::Subject},
    CommandDefinition{"role.full", QT_TRANSLATE_NOOP("Action", "Role: Full"),
                      QT_TRANSLATE_NOOP("Action", "The chosen subjects stand for the full version"), nullptr,
                      "Ctrl+Alt+F", M::Subject},
    CommandDefinition{"role.distilled", QT_TRANSLATE_NOOP("Action", "Role: Distilled"),
                      QT_TRANSLATE_NOOP("Action", "The chosen subjects stand for the distilled version"),
                      nullptr, "Ctrl+Alt+D", M::Subject},
    CommandDefinition{"role.other", QT_TRANSLATE_NOOP("Action", "Role: Other"),
                      QT_TRANSLATE_NOOP("Action", "The chosen subjects stand for something else"), nullptr,
                      "Ctrl+Alt+O", M::Subject},
    CommandDefinition{"subject.difference", QT_TRANSLATE_NOOP("Action", "Difference"),
                      QT_TRANSLATE_NOOP("Action", "What differs between the chosen subjects, or between all"), "difference",
                      "Ctrl+D", M::Subject, true},
    CommandDefinition{"subject.rename", QT_TRANSLATE_NOOP("Action", "Rename"),
                      QT_TRANSLATE_NOOP("Action", "Gives the subject another name in this window"), nullptr,
                      "F2", M::Subject, true},
    CommandDefinition{"subject.reload", QT_TRANSLATE_NOOP("Action", "Reload"),
                      QT_TRANSLATE_NOOP("Action", "Reads the subject's files again"), "retry", "F5",
                      M::Subject},
    CommandDefinition{"subject.folder", QT_TRANSLATE_NOOP("Action", "Show in File Manager"),
                      QT_TRANSLATE_NOOP("Action", "Opens the subject's folder"), nullptr, nullptr,
                      M::Subject},
    CommandDefinition{"subject.path", QT_TRANSLATE_NOOP("Action", "Copy Path"),
                      QT_TRANSLATE_NOOP("Action", "Copies the paths of the chosen subjects"), "copy",
                      "Ctrl+Shift+C", M::Subject},
    CommandDefinition{
        "subject.close", QT_TRANSLATE_NOOP("Action", "Close"),
        QT_TRANSLATE_NOOP("Action", "Takes the chosen subjects off the list; nothing on the disk changes"),
        "close", "Ctrl+W", M::Subject, true},

    CommandDefinition{
        "measure", QT_TRANSLATE_NOOP("Action", "Measure..."),
        QT_TRANSLATE_NOOP("Action",
                          "Measures latency, memory and accuracy of the chosen subjects, or of all"),
        "measure", "Ctrl+M", M::Measure},
    CommandDefinition{"measure.fidelity", QT_TRANSLATE_NOOP("Action", "Hold Against a Reference..."),
                      QT_TRANSLATE_NOOP("Action", "Compares what models say of each token of a text with what the full one says"), nullptr,
                      "Ctrl+Alt+M", M::Measure},
    CommandDefinition{"verify", QT_TRANSLATE_NOOP("Action", "Verify..."),
                      QT_TRANSLATE_NOOP("Action", "Checks whether the subject is what it is said to be"), nullptr, "Ctrl+Shift+V", M::Measure},
    CommandDefinition{
        "report", QT_TRANSLATE_NOOP("Action", "Report..."),
        QT_TRANSLATE_NOOP("Action", "Writes the comparison as PDF, HTML, Markdown, CSV or JSON"), "report",
        "Ctrl+R", M::Measure},
    CommandDefinition{"jobs.cancel", QT_TRANSLATE_NOOP("Action", "Cancel All Jobs"),
                      QT_TRANSLATE_NOOP("Action", "Ends what runs and what waits; samples so far are kept"),
                      "cancel", nullptr, M::Measure, true},
    CommandDefinition{"jobs.clear", QT_TRANSLATE_NOOP("Action", "Clear Finished Jobs"),
                      QT_TRANSLATE_NOOP("Action", "Takes finished jobs off the list; their results stay"),
                      nullptr, nullptr, M::Measure},

    CommandDefinition{"view.inspect", QT_TRANSLATE_NOOP("Action", "Inspect"),
                      QT_TRANSLATE_NOOP("Action", "What the chosen subject is"), nullptr, "Ctrl+1", M::View},
    CommandDefinition{"view.compare", QT_TRANSLATE_NOOP("Action", "Compare"),
                      QT_TRANSLATE_NOOP("Action", "All subjects side by side"), nullptr, "Ctrl+2", M::View},
    CommandDefinition{"view.accuracy", QT_TRANSLATE_NOOP("Action", "Accuracy"),
                      QT_TRANSLATE_NOOP("Action", "What the subjects answered, item by item, and how far they are apart"), nullptr, "Ctrl+3",
                      M::View},
    CommandDefinition{"view.difference", QT_TRANSLATE_NOOP("Action", "Difference Page"),
                      QT_TRANSLATE_NOOP("Action", "What differs between subjects, part by part and field by field"), nullptr, "Ctrl+4",
                      M::View},
    CommandDefinition{"view.verify", QT_TRANSLATE_NOOP("Action", "Verify Page"),
                      QT_TRANSLATE_NOOP("Action", "Whether the chosen subject is what it is said to be, and on what evidence"), nullptr, "Ctrl+5",
                      M::View},
    CommandDefinition{"view.watch", QT_TRANSLATE_NOOP("Action", "Watch"),
                      QT_TRANSLATE_NOOP("Action", "Whether endpoints are still what they were, and keep what was agreed"), nullptr, "Ctrl+6", M::View},
    CommandDefinition{"view.runs", QT_TRANSLATE_NOOP("Action", "Runs"),
                      QT_TRANSLATE_NOOP("Action", "Everything that was ever measured here, with its samples"), nullptr, "Ctrl+7", M::View},
    CommandDefinition{"view.machines", QT_TRANSLATE_NOOP("Action", "Machines"),
                      QT_TRANSLATE_NOOP("Action", "Where models can be measured, and what each device can do"), nullptr, "Ctrl+8", M::View},
    CommandDefinition{"view.jobs", QT_TRANSLATE_NOOP("Action", "Fold or Unfold Jobs"),
                      QT_TRANSLATE_NOOP("Action", "Folds the list of jobs to a line, or unfolds it"), nullptr,
                      "Ctrl+J", M::View},
    CommandDefinition{"find", QT_TRANSLATE_NOOP("Action", "Find"),
                      QT_TRANSLATE_NOOP("Action", "Goes to the search field of the page"), "search", "Ctrl+F",
                      M::View, true},
    CommandDefinition{"pane.next", QT_TRANSLATE_NOOP("Action", "Next Pane"),
                      QT_TRANSLATE_NOOP("Action", "Moves the keyboard to the next pane"), nullptr, "F6",
                      M::View},
    CommandDefinition{"pane.previous", QT_TRANSLATE_NOOP("Action", "Previous Pane"),
                      QT_TRANSLATE_NOOP("Action", "Moves the keyboard to the pane before"), nullptr,
                      "Shift+F6", M::View},
    CommandDefinition{"colors.system", QT_TRANSLATE_NOOP("Action", "Colours: System"),
                      QT_TRANSLATE_NOOP("Action", "Light or dark as the desktop is"), nullptr, nullptr,
                      M::View, true},
    CommandDefinition{"colors.light", QT_TRANSLATE_NOOP("Action", "Colours: Light"),
                      QT_TRANSLATE_NOOP("Action", "Light whatever the desktop is"), nullptr, nullptr,
                      M::View},
    CommandDefinition{"colors.dark", QT_TRANSLATE_NOOP("Action", "Colours: Dark"),
                      QT_TRANSLATE_NOOP("Action", "Dark whatever the desktop is"), nullptr, nullptr, M::View},
    CommandDefinition{"view.reset", QT_TRANSLATE_NOOP("Action", "Restore Default Layout"),
                      QT_TRANSLATE_NOOP("Action", "Gives all panes their first sizes again"), nullptr,
                      nullptr, M::View, true},

    CommandDefinition{"palette", QT_TRANSLATE_NOOP("Action", "Commands..."),
                      QT_TRANSLATE_NOOP("Action", "Finds any command by its name"), "palette", "Ctrl+Shift+P",
                      M::Help},
    CommandDefinition{"shortcuts", QT_TRANSLATE_NOOP("Action", "Keyboard Shortcuts"),
                      QT_TRANSLATE_NOOP("Action", "Lists every command with its keys"), nullptr, "Ctrl+/",
                      M::Help},
};

} // namespace

std::span<const CommandDefinition> commandTable()
{
    return kCommands;
}

const char *menuTitle(CommandMenu menu)
{
    switch (menu) {
    case M::File:
        return QT_TRANSLATE_NOOP("Action", "&File");
    case M::Subject:
        return QT_TRANSLATE_NOOP("Action", "&Subject");
    case M::Measure:
        return QT_TRANSLATE_NOOP("Action", "&Measure");
    case M::View:
        return QT_TRANSLATE_NOOP("Action", "&View");
    case M::Help:
        return QT_TRANSLATE_NOOP("Action", "&Help");
    }
    return "";
}

} // namespace assay
