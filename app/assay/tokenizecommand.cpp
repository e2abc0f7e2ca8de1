// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"
#include "app/assay/chatoptions.h"
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "core/service/translation.h"
#include "core/tokenizer/tokenizer.h"

#include <QCoreApplication>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

using nlohmann::json;

struct Mode
{
    bool special = true;
    bool decode = false;
};

json tokenJson(const Tokenizer &tokenizer, const std::vector<int64_t> &ids)
{
    json tokens = json::array();
    for (const int64_t id : ids)
        tokens.push_back(tokenizer.piece(id));
    return {{"ids", ids}, {"tokens", tokens}};
}

json encoded(const Tokenizer &tokenizer, const std::string &text, const Mode &mode)
{
    return tokenJson(tokenizer, tokenizer.encode(text, mode.special));
}

/// Ids as a JSON array, or as numbers with commas or blanks between them.
Result<std::vector<int64_t>> parseIds(const std::string &text)
{
    std::string list = text;
    for (char &c : list) {
        if (c == '[' || c == ']' || c == ',' || c == '\n' || c == '\t' || c == '\r')
            c = ' ';
    }
    std::vector<int64_t> ids;
    for (const QString &part : QString::fromStdString(list).split(u' ', Qt::SkipEmptyParts)) {
        bool valid = false;
        ids.push_back(part.toLongLong(&valid));
        if (!valid)
            return failure(ErrorCode::BadParameters, {"ids", part.toStdString()});
    }
    return ids;
}

Result<json> converted(const Tokenizer &tokenizer, const std::string &input, const Mode &mode)
{
    if (!mode.decode)
        return encoded(tokenizer, input, mode);
    auto ids = parseIds(input);
    if (!ids)
        return tl::unexpected(ids.error());
    return json{{"text", tokenizer.decode(*ids, !mode.special)}};
}

void printLine(const json &value)
{
    print(toQString(value.dump(-1, ' ', false, json::error_handler_t::replace)));
}

/// One JSON string (or, to decode, one array of ids) a line.
int convertLines(const Tokenizer &tokenizer, const Mode &mode)
{
    std::string line;
    for (int number = 1; std::getline(std::cin, line); ++number) {
        const json value = json::parse(line, nullptr, false);
        const bool fits = mode.decode ? value.is_array() : value.is_string();
        if (!fits)
            return fail(Error{ErrorCode::JsonDamaged, {"standard input", mode.decode ? "a list of ids is expected" : "a JSON string is expected"},
                              "line " + std::to_string(number)});
        auto result = converted(tokenizer, mode.decode ? line : value.get<std::string>(), mode);
        if (!result)
            return fail(result.error());
        printLine(*result);
    }
    return 0;
}

/// A dialogue as the model's chat template writes it, and its ids.
int convertChat(const Arguments &options, const Tokenizer &tokenizer)
{
    auto messages = messagesOf(options.value(QStringLiteral("chat")));
    const auto request = messages ? chatRequest(options, std::move(*messages)) : Result<ChatRequest>(tl::unexpected(messages.error()));
    const auto prompt = request ? chatPrompt(options.subjects().first(), *request) : Result<ChatPrompt>(tl::unexpected(request.error()));
    if (!prompt)
        return fail(prompt.error(), options.json());
    if (options.isSet(QStringLiteral("text-only"))) {
        std::cout << prompt->text << std::flush;
        return 0;
    }
    json out = tokenJson(tokenizer, prompt->ids);
    out["text"] = prompt->text;
    printLine(out);
    return 0;
}

} // namespace

int runTokenize(const QStringList &arguments)
{
    Arguments options("tokenize",
                      QCoreApplication::translate("Command", "Turns the text on standard input into tokens, or ids back into text."),
                      QStringLiteral("SUBJECT"));
    options.addFlag(QStringLiteral("no-special"), QCoreApplication::translate("Command", "Leaves special tokens out."));
    options.addFlag(QStringLiteral("decode"), QCoreApplication::translate("Command", "Takes ids and gives their text."));
    options.addFlag(QStringLiteral("lines"), QCoreApplication::translate("Command", "Takes one JSON string a line and prints one JSON object a line."));
    options.addOption(QStringLiteral("chat"), QStringLiteral("file"), QCoreApplication::translate("Command", "Takes a dialogue, a JSON list of messages, as the model's chat template writes it."));
    options.addFlag(QStringLiteral("text-only"), QCoreApplication::translate("Command", "With --chat: prints the text alone."));
    addChatOptions(options);
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    auto tokenizer = Tokenizer::open(options.subjects().first().toStdString());
    if (!tokenizer)
        return fail(tokenizer.error(), options.json());
    const Mode mode{!options.isSet(QStringLiteral("no-special")), options.isSet(QStringLiteral("decode"))};
    if (options.isSet(QStringLiteral("chat")))
        return convertChat(options, **tokenizer);
    if (options.isSet(QStringLiteral("lines")))
        return convertLines(**tokenizer, mode);
    const std::string input{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
    auto result = converted(**tokenizer, input, mode);
    if (!result)
        return fail(result.error(), options.json());
    // What its file asks for at each call and is not done here, so that ids elsewhere may differ.
    if (options.json())
        (*result)["ignored"] = (*tokenizer)->summary().ignored;
    printLine(*result);
    return 0;
}

} // namespace assay
