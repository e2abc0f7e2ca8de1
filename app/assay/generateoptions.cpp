// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/generateoptions.h"

#include "app/assay/chatoptions.h"
#include "core/service/translation.h"

#include <QCoreApplication>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

/// An option that takes a value.
struct Option
{
    const char *name, *value, *help, *fallback;
};
constexpr Option kOptions[] = {
    {"prompt", "text", QT_TRANSLATE_NOOP("Command", "The text to continue; may be given several times."), ""},
    {"chat", "text", QT_TRANSLATE_NOOP("Command", "A question that the model's chat template puts to it; may be given several times."), ""},
    {"system", "text", QT_TRANSLATE_NOOP("Command", "With --chat: the system message before it."), ""},
    {"messages", "file", QT_TRANSLATE_NOOP("Command", "A dialogue to continue, a JSON list of messages; may be given several times."), ""},
    {"tokens", "N,N", QT_TRANSLATE_NOOP("Command", "Token ids to continue, instead of a text; may be given several times."), ""},
    {"n", "N", QT_TRANSLATE_NOOP("Command", "Answers to each prompt; the seed grows by 1 from one to the next."), "1"},
    {"max-tokens", "N", QT_TRANSLATE_NOOP("Command", "How many tokens at most."), "128"},
    {"temperature", "T", QT_TRANSLATE_NOOP("Command", "Samples at this temperature; 0 is greedy."), "0"},
    {"top-k", "N", QT_TRANSLATE_NOOP("Command", "Samples from the N likeliest tokens; 0 is all."), "0"},
    {"top-p", "P", QT_TRANSLATE_NOOP("Command", "Samples from the likeliest tokens that reach this probability together."), "1"},
    {"min-p", "P", QT_TRANSLATE_NOOP("Command", "Samples from tokens at least this many times as likely as the likeliest."), "0"},
    {"repetition-penalty", "X", QT_TRANSLATE_NOOP("Command", "Above 1: what was in prompt and answer becomes less likely."), "1"},
    {"seed", "N", QT_TRANSLATE_NOOP("Command", "Seed of the sampling."), "0"},
    {"stop", "text", QT_TRANSLATE_NOOP("Command", "Stops at this text; may be given several times."), ""},
    {"stop-tokens", "N,N", QT_TRANSLATE_NOOP("Command", "Stops at these token ids."), ""},
    {"logprobs", "N", QT_TRANSLATE_NOOP("Command", "Tells each token's log-probability and the N likeliest at its place."), ""},
};

/// An option that is a number, where it goes, and what it may be.
struct Real
{
    const char *name;
    double protocol::GenerateItem::*target;
    bool (*allowed)(double);
    const char *range;
};
constexpr Real kReals[] = {
    {"temperature", &protocol::GenerateItem::temperature, [](double x) { return x >= 0; },
     QT_TRANSLATE_NOOP("Command", "a number from 0 on")},
    {"top-p", &protocol::GenerateItem::topP, [](double x) { return x > 0 && x <= 1; },
     QT_TRANSLATE_NOOP("Command", "a number above 0, at most 1")},
    {"min-p", &protocol::GenerateItem::minP, [](double x) { return x >= 0 && x <= 1; },
     QT_TRANSLATE_NOOP("Command", "a number from 0 to 1")},
    {"repetition-penalty", &protocol::GenerateItem::repetitionPenalty, [](double x) { return x > 0; },
     QT_TRANSLATE_NOOP("Command", "a number above 0")},
};

Result<void> readReals(const Arguments &options, protocol::GenerateItem &item)
{
    for (const Real &real : kReals) {
        const auto number = options.real(QString::fromLatin1(real.name), real.allowed, say(real.range));
        if (!number)
            return tl::unexpected(number.error());
        item.*real.target = *number;
    }
    return {};
}

Result<void> readIntegers(const Arguments &options, protocol::GenerateItem &item)
{
    const auto limit = options.integer(QStringLiteral("max-tokens"), 1);
    const auto topK = options.integer(QStringLiteral("top-k"), 0);
    const auto seed = options.integer(QStringLiteral("seed"), 0);
    const auto top = options.isSet(QStringLiteral("logprobs")) ? options.integer(QStringLiteral("logprobs"), 0) : Result<int64_t>(0);
    for (const auto *number : {&limit, &topK, &seed, &top}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    const auto stopTokens = options.integers(QStringLiteral("stop-tokens"), 0);
    if (!stopTokens)
        return tl::unexpected(stopTokens.error());
    item.maxTokens = *limit;
    item.topK = *topK;
    item.seed = uint64_t(*seed);
    item.stopTokens = *stopTokens;
    if (options.isSet(QStringLiteral("logprobs")))
        item.top = *top;
    return {};
}

/// What all answers have in common.
Result<protocol::GenerateItem> sharedItem(const Arguments &options)
{
    protocol::GenerateItem item;
    if (auto read = readReals(options, item); !read)
        return tl::unexpected(read.error());
    if (auto read = readIntegers(options, item); !read)
        return tl::unexpected(read.error());
    if (options.isSet(QStringLiteral("greedy")))
        item.temperature = 0;
    item.ignoreEos = options.isSet(QStringLiteral("ignore-eos"));
    for (const QString &stop : options.values(QStringLiteral("stop"))) {
        if (stop.isEmpty())
            return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--stop should be a text, not nothing")).toStdString()});
        item.stop.push_back(stop.toStdString());
    }
    return item;
}

/// Every dialogue of --chat and --messages.
Result<std::vector<nlohmann::ordered_json>> dialogues(const Arguments &options)
{
    std::vector<nlohmann::ordered_json> all;
    for (const QString &text : options.isSet(QStringLiteral("chat")) ? options.values(QStringLiteral("chat")) : QStringList()) {
        all.push_back(nlohmann::ordered_json::array());
        if (options.isSet(QStringLiteral("system")))
            all.back().push_back({{"role", "system"}, {"content", options.value(QStringLiteral("system")).toStdString()}});
        all.back().push_back({{"role", "user"}, {"content", text.toStdString()}});
    }
    for (const QString &file : options.isSet(QStringLiteral("messages")) ? options.values(QStringLiteral("messages")) : QStringList()) {
        auto messages = messagesOf(file);
        if (!messages)
            return tl::unexpected(messages.error());
        all.push_back(std::move(*messages));
    }
    return all;
}

/// A prompt for each dialogue, as ids: what the template wrote must not be given special tokens once more.
Result<void> addChats(const Arguments &options, const protocol::GenerateItem &shared, std::vector<protocol::GenerateItem> &prompts)
{
    auto all = dialogues(options);
    if (!all)
        return tl::unexpected(all.error());
    for (nlohmann::ordered_json &messages : *all) {
        const auto request = chatRequest(options, std::move(messages));
        auto prompt = request ? chatPrompt(options.subjects().first(), *request) : Result<ChatPrompt>(tl::unexpected(request.error()));
        if (!prompt)
            return tl::unexpected(prompt.error());
        prompts.push_back(shared);
        prompts.back().ids = std::move(prompt->ids);
    }
    return {};
}

} // namespace

void addGenerateOptions(Arguments &options)
{
    for (const Option &option : kOptions)
        options.addOption(QString::fromLatin1(option.name), QString::fromLatin1(option.value), say(option.help),
                          QString::fromLatin1(option.fallback));
    addChatOptions(options);
    options.addFlag(QStringLiteral("greedy"), say(QT_TRANSLATE_NOOP("Command", "Takes the likeliest token each time (the default).")));
    options.addFlag(QStringLiteral("ignore-eos"), say(QT_TRANSLATE_NOOP("Command", "Goes on after an end token.")));
    options.addModelOptions(QStringLiteral("f32"));
}

Result<std::vector<GenerateRow>> generateRows(const Arguments &options)
{
    const auto shared = sharedItem(options);
    const auto samples = options.integer(QStringLiteral("n"), 1);
    if (!shared || !samples)
        return tl::unexpected(shared ? samples.error() : shared.error());
    std::vector<protocol::GenerateItem> prompts;
    for (const QString &text : options.isSet(QStringLiteral("prompt")) ? options.values(QStringLiteral("prompt")) : QStringList()) {
        prompts.push_back(*shared);
        prompts.back().prompt = text.toStdString();
    }
    for (const QString &list : options.isSet(QStringLiteral("tokens")) ? options.values(QStringLiteral("tokens")) : QStringList()) {
        auto ids = options.integerList(QStringLiteral("tokens"), list, 0);
        if (!ids)
            return tl::unexpected(ids.error());
        prompts.push_back(*shared);
        prompts.back().ids = std::move(*ids);
    }
    if (auto added = addChats(options, *shared, prompts); !added)
        return tl::unexpected(added.error());
    if (prompts.empty())
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "generate needs --prompt, --chat, --messages or --tokens")).toStdString()});
    constexpr int64_t kMost = 1024;
    if (*samples > kMost / int64_t(prompts.size()))
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "generate gives at most 1024 answers")).toStdString()});
    std::vector<GenerateRow> rows;
    for (size_t prompt = 0; prompt < prompts.size(); ++prompt) {
        for (int64_t sample = 0; sample < *samples; ++sample) {
            rows.push_back({prompts[prompt], int64_t(prompt) + 1, sample + 1});
            rows.back().item.seed += uint64_t(sample);
        }
    }
    return rows;
}

} // namespace assay
