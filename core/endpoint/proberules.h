// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace assay {

/// A question of the probing; it changes nothing on the server. `path` starts at the host's root, but for kModelList, which
/// stands below the base that the user entered.
struct ProbeQuestion
{
    const char *server; ///< whose question it is; "": asked of all
    const char *method;
    const char *path;
    const char *body;   ///< of a POST; "$model" is replaced
    bool tells;         ///< its answer tells the server's software: asked where nothing has told it yet
};
const std::vector<ProbeQuestion> &probeQuestions();
inline constexpr const char *kModelList = "/v1/models";
inline constexpr const char *kAzureModels = "/openai/models?api-version=2024-10-21"; ///< an address's own version goes before

/// Where an answer shows which software gave it.
struct ServerMark
{
    const char *path;   ///< of the question; "" : any
    const char *field;  ///< within the answer's JSON, "header:NAME" for a header, "metric:NAME[/LABEL]" for Prometheus' text
    const char *value;  ///< that it has; "" : it is there
    const char *server;
};
const std::vector<ServerMark> &serverMarks();

/// Where a claim stands. Fields are keys with '/' between; '*' is any key or element, "*.x" any key with this end, '@' the
/// element of a list that is about the model.
struct AnswerField
{
    const char *path;  ///< of the question; "": any
    const char *field; ///< as in ServerMark
    const char *claim; ///< id
};
const std::vector<AnswerField> &answerFields();

} // namespace assay
