// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/encodertexts.h"

#include "app/assay/console.h"
#include "core/base/file.h"

#include <QCoreApplication>
#include <iostream>
#include <iterator>
#include <sstream>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Command", text);
}

tl::unexpected<Error> wrongUsage(const char *text)
{
    return failure(ErrorCode::BadUsage, {say(text).toStdString()});
}

/// The lines of a file, or of standard input for "-".
Result<std::vector<std::string>> linesOf(const std::string &file)
{
    constexpr uint64_t kMostBytes = 256u << 20;
    Result<std::string> text = file == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>())
                                           : readWholeFile(file, kMostBytes);
    if (!text)
        return tl::unexpected(text.error());
    std::vector<std::string> out;
    std::istringstream stream(*text);
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r'))
            line.pop_back();
        out.push_back(std::move(line));
    }
    return out;
}

Result<std::vector<protocol::EncoderItem>> idItems(const Arguments &options)
{
    std::vector<protocol::EncoderItem> out;
    const QStringList types = options.values(QStringLiteral("types"));
    for (const QString &list : options.values(QStringLiteral("tokens"))) {
        auto ids = options.integerList(QStringLiteral("tokens"), list, 0);
        if (!ids)
            return tl::unexpected(ids.error());
        if (ids->empty())
            return wrongUsage(QT_TRANSLATE_NOOP("Command", "--tokens should be token ids, not nothing"));
        out.emplace_back().ids = std::move(*ids);
    }
    if (!types.isEmpty() && size_t(types.size()) != out.size())
        return wrongUsage(QT_TRANSLATE_NOOP("Command", "--types goes with --tokens, once each"));
    for (qsizetype i = 0; i < types.size(); ++i) {
        auto numbers = options.integerList(QStringLiteral("types"), types[i], 0);
        if (!numbers)
            return tl::unexpected(numbers.error());
        out[size_t(i)].types = std::move(*numbers);
    }
    return out;
}

Result<std::vector<std::string>> texts(const Arguments &options)
{
    std::vector<std::string> out;
    for (const QString &text : options.values(QStringLiteral("text")))
        out.push_back(text.toStdString());
    for (const QString &file : options.values(QStringLiteral("file"))) {
        auto lines = linesOf(file.toStdString());
        if (!lines)
            return tl::unexpected(lines.error());
        std::move(lines->begin(), lines->end(), std::back_inserter(out));
    }
    return out;
}

} // namespace

void addTextOptions(Arguments &options)
{
    const auto add = [&options](const char *name, const char *value, const char *help) {
        options.addOption(QString::fromLatin1(name), QString::fromLatin1(value), say(help));
    };
    add("text", "text", QT_TRANSLATE_NOOP("Command", "A text; may be given several times."));
    add("file", "file", QT_TRANSLATE_NOOP("Command", "A file with one text a line; - is standard input."));
    add("pair", "text", QT_TRANSLATE_NOOP("Command", "The second text of each input: one for all, or one for each."));
    add("tokens", "N,N", QT_TRANSLATE_NOOP("Command", "Token ids, special tokens among them, instead of a text; may be given several times."));
    add("types", "N,N", QT_TRANSLATE_NOOP("Command", "Token types of --tokens, once each."));
    options.addFlag(QStringLiteral("truncate"), say(QT_TRANSLATE_NOOP("Command", "Cuts what is longer than the model can read.")));
    options.addModelOptions(QStringLiteral("f32"));
}

Result<std::vector<protocol::EncoderItem>> textItems(const Arguments &options)
{
    auto items = idItems(options);
    const auto read = texts(options);
    if (!items || !read)
        return tl::unexpected(items ? read.error() : items.error());
    const QStringList pairs = options.values(QStringLiteral("pair"));
    if (items->empty() == read->empty())
        return wrongUsage(QT_TRANSLATE_NOOP("Command", "Give --text, --file or --tokens"));
    if (!pairs.isEmpty() && pairs.size() != 1 && size_t(pairs.size()) != read->size())
        return wrongUsage(QT_TRANSLATE_NOOP("Command", "--pair is given once, or once for each text"));
    for (const std::string &text : *read)
        items->emplace_back().text = text;
    for (size_t i = 0; i < items->size(); ++i) {
        protocol::EncoderItem &item = (*items)[i];
        item.truncate = options.isSet(QStringLiteral("truncate"));
        if (!pairs.isEmpty())
            item.pair = pairs[pairs.size() == 1 ? 0 : qsizetype(i)].toStdString();
    }
    return items;
}

Result<void> openModel(WorkerBackend &backend, const Arguments &options)
{
    auto loaded = waitFor<LoadSample>(backend, [&](Backend::Done<LoadSample> done) {
        backend.open(options.value(QStringLiteral("device")).toStdString(), options.value(QStringLiteral("dtype")).toStdString(), {}, done);
    });
    if (!loaded)
        return tl::unexpected(loaded.error());
    return {};
}

Error errorOfTexts(Error error, size_t first, size_t count, size_t all)
{
    if (count < all) {
        const std::string texts = "texts " + std::to_string(first + 1) + " to " + std::to_string(first + count);
        error.where = error.where.empty() ? texts : texts + ", " + error.where;
    }
    return error;
}

void printTextHeading(size_t index, size_t all, bool truncated)
{
    if (all > 1)
        print(say(QT_TRANSLATE_NOOP("Command", "text %1:")).arg(index + 1));
    if (truncated)
        note(say(QT_TRANSLATE_NOOP("Command", "text %1 was cut to what the model can read")).arg(index + 1));
}

} // namespace assay
