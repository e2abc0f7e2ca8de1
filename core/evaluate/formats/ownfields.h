// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/evaluate/formats/jsontext.h"
#include "core/evaluate/suite.h"

namespace assay {

// Fields that suites of our own form and descriptions share. All throw Damage, naming the field.

std::string fieldText(const nlohmann::json &object, const char *name, const std::string &fallback = {});
/// A text, or a whole number as its digits: ids and answers are written as both. Missing or empty is damage.
std::string textOrInteger(const nlohmann::json &object, const char *name);
/// One text, or a list of texts that are not empty.
std::vector<std::string> fieldTexts(const nlohmann::json &object, const char *name);
/// An object of texts.
std::map<std::string, std::string> fieldWords(const nlohmann::json &object, const char *name);
bool fieldFlag(const nlohmann::json &object, const char *name, bool fallback);
int64_t fieldWhole(const nlohmann::json &object, const char *name, int64_t fallback, int64_t least, int64_t most);
int64_t fieldTokens(const nlohmann::json &object, int64_t fallback);
std::optional<ExtractRule> fieldExtract(const nlohmann::json &object);
/// "choice", "generate", "mixed" or empty.
std::string fieldScoring(const nlohmann::json &object);
/// "scorer" (a name, or an object with the choices), "also" and "extract".
void readScorer(const nlohmann::json &object, Suite &suite);
/// What readScorer reads.
void writeScorer(const Suite &suite, nlohmann::ordered_json &out);

Asking askingNamed(const std::string &name);
const char *askingName(Asking asking); ///< "generate", "choice", "text", "image"

} // namespace assay
