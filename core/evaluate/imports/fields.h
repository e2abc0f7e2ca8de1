// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

// Reading fields of files that strangers wrote: what is missing or of another type is nothing, never an error. For .cpp files only.
namespace assay::imports {

using Json = nlohmann::json;

/// Null when the value is no object, or has no such member, or it is null.
const Json *member(const Json &value, std::string_view name);
/// Through several objects.
const Json *member(const Json &value, std::initializer_list<std::string_view> path);
/// The first of these that is there.
const Json *firstMember(const Json &value, std::initializer_list<std::string_view> names);

/// A text as it is, anything else as JSON; empty for nothing.
std::string textOf(const Json *value);
std::string textAt(const Json &value, std::string_view name);
/// Only what is a text.
std::string onlyText(const Json *value);
/// Numbers, truth values (1 and 0), and texts that are a number ("-6.25", "-inf", "True").
std::optional<double> numberOf(const Json *value);
/// A whole number from 0 to 2^53, where it is one; else the fallback.
int64_t countOf(const Json *value, int64_t fallback);
/// The elements of a list as texts; one text where it is one.
std::vector<std::string> textsOf(const Json *value);
/// What somebody said in a chat: a text, or parts of which those with "text" count.
std::string spokenText(const Json *content);
/// "role: text" of each message of a chat, or the text that it is.
std::string conversationText(const Json *messages);

} // namespace assay::imports
