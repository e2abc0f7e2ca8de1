// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace assay {

/// The menu that a command stands in.
enum class CommandMenu { File, Subject, Measure, View, Help };

/// One thing that the window can do. Menus, toolbar, command palette and the list of shortcuts read this
/// table.
struct CommandDefinition
{
    const char *id;       ///< stable: "subject.close"
    const char *text;     ///< translation context "Action"
    const char *tip;      ///< what it does, one sentence; translation context "Action"
    const char *icon;     ///< of resources/icons; may be null
    const char *shortcut; ///< portable text; may be null
    CommandMenu menu;
    bool separated = false; ///< a line above it in the menu
};
std::span<const CommandDefinition> commandTable();
/// The menu's title; translation context "Action".
const char *menuTitle(CommandMenu menu);

} // namespace assay
