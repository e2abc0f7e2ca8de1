// SPDX-License-Identifier: GPL-3.0-or-later
// A line from the other process: an error with a sentence, or a message. What can be read as one of the messages is
// written and read again without a change.
#include "core/protocol/base64.h"
#include "core/protocol/encodermessages.h"
#include "core/protocol/imagemessages.h"
#include "core/protocol/filemessages.h"
#include "core/protocol/messages.h"

#include <cstdlib>

namespace {

using namespace assay;
using namespace assay::protocol;

std::string written(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T> void check(const Json &json)
{
    T value;
    // Some of these types have a JSON in stores, too.
    if (const auto read = protocol::fromJson(json, value); !read)
        return read.error().sentence().empty() ? std::abort() : void();
    const std::string once = written(protocol::toJson(value));
    T again;
    if (!protocol::fromJson(Json::parse(once), again) || written(protocol::toJson(again)) != once)
        std::abort();
}

template <class... Types> void checkAll(const Json &json)
{
    (check<Types>(json), ...);
}

void checkError(const Error &error)
{
    const auto again = parseLine(errorLine(7, error));
    if (!again || !again->error || again->error->code != error.code)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view line(reinterpret_cast<const char *>(data), size);
    const auto message = parseLine(line);
    if (!message) {
        checkError(message.error());
        return 0;
    }
    if (message->error)
        checkError(*message->error);
    for (const Json &json : {message->params, message->result}) {
        checkAll<DeviceInfo, Hello, MemoryReading, WeightShare, Progress, LoadRequest, LoadResult, GenerateItem, GenerateRequest,
                 GenerateBatchRequest, TokenProbability, TokenScore, GenerateChunk, GenerateResult, GenerateBatchResult>(json);
        checkAll<ScoreItem, ScoreRequest, ScoreTokens, Score, ScoreResult, MeasureRequest, MeasureSample, MeasureResult>(json);
        checkAll<MachineLimits, MatrixRate, ModelWork, CacheWork, DeviceState, TimeShare>(json);
        checkAll<FilesRequest, ListedFile, FileListing, FilePiece, ReadRequest, ReadResult>(json);
        checkAll<ClassifyImagesRequest, ImageClasses, ClassifyImagesResult, EncoderItem, EncodeRequest, EncodedItem, EncodeResult, ClassifyRequest, ClassifiedItem, ClassifyResult, FillRequest,
                 FilledItem, FillResult>(json);
        if (!json.is_object() || !json.contains("data") || !json["data"].is_string())
            continue;
        const std::string text = json["data"];
        if (const auto bytes = fromBase64(text); bytes && toBase64(*bytes) != text)
            std::abort();
    }
    return 0;
}
