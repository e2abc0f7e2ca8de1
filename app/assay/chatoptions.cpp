// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/chatoptions.h"

#include "core/base/file.h"
#include "core/service/translation.h"
#include "core/tokenizer/jinja.h"
#include "core/tokenizer/tokenizer.h"

#include <QCoreApplication>

namespace assay {
namespace {

using nlohmann::ordered_json;

constexpr uint64_t kLargestFile = 64'000'000;

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

Result<ordered_json> listOf(const QString &file, const char *field)
{
    const auto text = readWholeFile(file.toStdString(), kLargestFile);
    return text ? parseChatList(*text, file.toStdString(), field) : Result<ordered_json>(tl::unexpected(text.error()));
}

/// "name=JSON" of --set.
Result<void> addSetting(const QString &setting, ordered_json &more)
{
    const qsizetype mark = setting.indexOf(u'=');
    const ordered_json value = mark > 0 ? ordered_json::parse(setting.mid(mark + 1).toStdString(), nullptr, false) : ordered_json(ordered_json::value_t::discarded);
    if (value.is_discarded())
        return failure(ErrorCode::BadUsage, {say(QT_TRANSLATE_NOOP("Command", "--set should be NAME=JSON, not %1")).arg(setting).toStdString()});
    more[setting.left(mark).toStdString()] = value;
    return {};
}

} // namespace

void addChatOptions(Arguments &options)
{
    options.addOption(QStringLiteral("tools"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "Tools that the chat template offers: a JSON list.")));
    options.addOption(QStringLiteral("documents"), QStringLiteral("file"), say(QT_TRANSLATE_NOOP("Command", "Documents for the chat template: a JSON list.")));
    options.addOption(QStringLiteral("template"), QStringLiteral("name"), say(QT_TRANSLATE_NOOP("Command", "Which chat template, where a model has several.")));
    options.addOption(QStringLiteral("set"), QStringLiteral("name=JSON"), say(QT_TRANSLATE_NOOP("Command", "Something else that the chat template asks for; may be given several times.")));
    options.addFlag(QStringLiteral("no-generation-prompt"), say(QT_TRANSLATE_NOOP("Command", "Ends with the last message, without the start of an answer.")));
}

Result<ordered_json> messagesOf(const QString &file)
{
    return listOf(file, "messages");
}

Result<ChatRequest> chatRequest(const Arguments &options, ordered_json messages)
{
    ChatRequest request;
    request.messages = std::move(messages);
    request.generationPrompt = !options.isSet(QStringLiteral("no-generation-prompt"));
    request.templateName = options.value(QStringLiteral("template")).toStdString();
    for (const auto &[name, target] : {std::pair{"tools", &request.tools}, std::pair{"documents", &request.documents}}) {
        if (!options.isSet(QString::fromLatin1(name)))
            continue;
        auto list = listOf(options.value(QString::fromLatin1(name)), name);
        if (!list)
            return tl::unexpected(list.error());
        *target = std::move(*list);
    }
    for (const QString &setting : options.isSet(QStringLiteral("set")) ? options.values(QStringLiteral("set")) : QStringList()) {
        if (auto added = addSetting(setting, request.more); !added)
            return tl::unexpected(added.error());
    }
    return request;
}

Result<ChatPrompt> chatPrompt(const QString &subject, const ChatRequest &request)
{
    const auto directory = openForChat(subject.toStdString());
    if (!directory)
        return tl::unexpected(directory.error());
    const auto tokenizer = Tokenizer::open(*directory->files);
    if (!tokenizer)
        return tl::unexpected(tokenizer.error());
    auto text = renderChat(*directory, tokenizer->get(), request, localTime());
    if (!text)
        return tl::unexpected(text.error());
    std::vector<int64_t> ids = (*tokenizer)->encode(*text, false);
    return ChatPrompt{std::move(*text), std::move(ids)};
}

} // namespace assay
