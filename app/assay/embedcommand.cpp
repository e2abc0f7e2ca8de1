// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/command.h"
#include "app/assay/console.h"
#include "app/assay/encodertexts.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace assay {

int runEmbed(const QStringList &arguments)
{
    Arguments options("embed", QCoreApplication::translate("Command", "The vectors of texts, one JSON array a line."), QStringLiteral("SUBJECT"));
    addTextOptions(options);
    options.addOption(QStringLiteral("pooling"), QStringLiteral("auto|mean|first|pooler"),
                      QCoreApplication::translate("Command", "What makes the vector: the mean of all tokens' states, the first token's, or the model's pooler; "
                                                             "auto: as a sentence-transformers model says of itself, else the mean."),
                      QStringLiteral("auto"));
    options.addFlag(QStringLiteral("normalise"), QCoreApplication::translate("Command", "Divides each vector by its length."));
    if (!options.parse(arguments, 1, 1))
        return options.exitCode();
    const auto items = textItems(options);
    if (!items)
        return fail(items.error(), options.json());
    WorkerBackend backend(options.worker(), options.subjects().first().toStdString());
    if (auto opened = openModel(backend, options); !opened)
        return fail(opened.error(), options.json());
    protocol::EncodeRequest request;
    request.items = *items;
    request.pooling = options.value(QStringLiteral("pooling")).toStdString();
    request.normalise = options.isSet(QStringLiteral("normalise"));
    protocol::EncodeResult how;
    const auto ask = [&how](WorkerBackend &asked, const protocol::EncodeRequest &texts, const Backend::Done<protocol::EncodeResult> &done) {
        asked.encode(texts, [&how, done](Result<protocol::EncodeResult> answer) {
            if (answer)
                how = {{}, 0, answer->pooling, answer->normalised};
            done(std::move(answer));
        });
    };
    const auto encoded = answersOfTexts(backend, request, &protocol::EncodeResult::items, ask);
    if (!encoded)
        return fail(encoded.error(), options.json());
    nlohmann::json results = nlohmann::json::array();
    for (size_t i = 0; i < encoded->size(); ++i) {
        const protocol::EncodedItem &item = (*encoded)[i];
        results.push_back({{"tokens", item.tokens}, {"truncated", item.truncated}, {"vector", item.vector}});
        if (!options.json())
            print(toQString(nlohmann::json(item.vector).dump()));
    }
    if (options.json())
        printJson({{"pooling", how.pooling}, {"normalised", how.normalised}, {"results", results}});
    return 0;
}

} // namespace assay
