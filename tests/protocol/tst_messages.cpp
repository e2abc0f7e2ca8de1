// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/protocol/encodermessages.h"
#include "core/protocol/filemessages.h"

#include <QtTest>
#include <functional>
#include <limits>

using namespace assay;
using namespace assay::protocol;

namespace {

/// A message as text that names every field, and how to read and write it.
struct Case
{
    const char *name;
    const char *text;
    ErrorCode code;
    std::vector<std::string> required;
    std::function<Result<Json>(const Json &)> again; ///< read, then written
};

template <class T> Result<Json> again(const Json &json)
{
    T value;
    if (auto read = protocol::fromJson(json, value); !read)
        return tl::unexpected(read.error());
    return protocol::toJson(value);
}

constexpr auto kRequest = ErrorCode::BadParameters;
constexpr auto kAnswer = ErrorCode::ProtocolViolation;

const std::vector<Case> &cases()
{
    static const std::vector<Case> kCases = {
        {"DeviceInfo",
         R"({"id":"cuda:0","name":"NVIDIA H200","memoryBytes":150754820096,"freeBytes":5,
            "dtypes":["f32","bf16"]})",
         kAnswer,
         {"id"},
         again<DeviceInfo>},
        {"Hello",
         R"({"protocol":1,"worker":"assay-worker 0.1.0","libtorch":"1.13.1","methods":["hello"],
            "devices":[{"id":"cpu","name":"x","memoryBytes":1,"freeBytes":2,"dtypes":[]}],"architectures":["A"],
            "host":"h","system":"s","processor":"p","cores":2,"threads":3,"pid":77})",
         kAnswer,
         {"protocol", "worker"},
         again<Hello>},
        {"MemoryReading",
         R"({"tensorPeak":1,"tensorCurrent":2,"reservedPeak":3,"processPeak":4,"processDevice":5,
            "deviceUsed":6,"deviceBaseline":7})",
         kAnswer,
         {},
         again<MemoryReading>},
        {"Progress", R"({"id":3,"stage":"load","done":1.5,"total":2.5})", kAnswer, {"id"}, again<Progress>},
        {"LoadRequest",
         R"({"path":"/x","dtype":"f32","device":"cpu","cold":true})",
         kRequest,
         {"path"},
         again<LoadRequest>},
        {"LoadResult",
         R"({"model":1,"architecture":"A","dtype":"f32","device":"cpu","seconds":0.5,"weightBytes":8,
            "parameters":2,"contextLength":16,"vocabularySize":32,"tokenizer":true,"pagesCached":false,
            "memory":{"tensorPeak":9},"shares":[{"stored":"BF16","computed":"int8","parameters":2,"bytes":4}],"predictedBytes":10,
            "heldBytes":11,"unused":["a"],"unusedCount":2,"kind":"classifier","pooler":true,"labels":["b"],"problem":"regression",
            "signature":"(x: Tensor) -> Tensor","dropped":true,
            "work":{"denseBytes":1,"expertBytes":2,"experts":8,"activeExperts":3,"matrixFlops":4.5,"headFlops":1.5,
                    "cache":[{"window":9,"bytes":10,"flops":0.5}]}})",
         kAnswer,
         {"model"},
         again<LoadResult>},
        {"GenerateItem",
         R"({"prompt":"a","ids":[1,2],"special":false,"maxTokens":7,"temperature":0.5,"topK":40,"topP":0.75,"minP":0.25,
            "repetitionPenalty":1.5,"seed":18446744073709551615,"stop":["b"],"stopTokens":[3],"ignoreEos":true,"top":4})",
         kRequest,
         {},
         again<GenerateItem>},
        {"GenerateRequest",
         R"({"model":1,"prompt":"a","ids":[1,2],"special":false,"maxTokens":7,"temperature":0.5,"topK":40,"topP":0.75,"minP":0.25,
            "repetitionPenalty":1.5,"seed":18446744073709551615,"stop":["b"],"stopTokens":[3],"ignoreEos":true,"top":4})",
         kRequest,
         {"model"},
         again<GenerateRequest>},
        {"GenerateBatchRequest",
         R"({"model":1,"rows":[{"prompt":"a","ids":[1,2],"special":false,"maxTokens":7,"temperature":0.5,"topK":40,"topP":0.75,"minP":0.25,
            "repetitionPenalty":1.5,"seed":18446744073709551615,"stop":["b"],"stopTokens":[3],"ignoreEos":true,"top":4}]})",
         kRequest,
         {"model", "rows"},
         again<GenerateBatchRequest>},
        {"TokenProbability",
         R"({"id":7,"logProbability":-0.5,"piece":"a"})",
         kAnswer,
         {"id", "logProbability"},
         again<TokenProbability>},
        {"TokenScore",
         R"({"id":7,"logProbability":-0.5,"rank":2,"top":[{"id":7,"logProbability":-0.5,"piece":"a"}],"tail":0.25,
            "piece":"b"})",
         kAnswer,
         {"id", "logProbability"},
         again<TokenScore>},
        {"GenerateChunk",
         R"({"id":1,"row":2,"ids":[4],"text":"t","at":0.25,
            "tokens":[{"id":7,"logProbability":-0.5,"rank":2,"top":[],"tail":0.25,"piece":""}]})",
         kAnswer,
         {"id"},
         again<GenerateChunk>},
        {"GenerateResult",
         R"({"ids":[4],"text":"t","finish":"stop","promptTokens":3,"firstToken":0.125,
            "lastToken":0.5})",
         kAnswer,
         {"ids"},
         again<GenerateResult>},
        {"GenerateBatchResult",
         R"({"rows":[{"ids":[4],"text":"t","finish":"stop","promptTokens":3,"firstToken":0.125,
            "lastToken":0.5}]})",
         kAnswer,
         {"rows"},
         again<GenerateBatchResult>},
        {"ScoreItem",
         R"({"context":"a","continuation":"b","contextIds":[1],"continuationIds":[2],"special":false})",
         kRequest,
         {},
         again<ScoreItem>},
        {"ScoreRequest",
         R"({"model":1,"items":[{"context":"a","continuation":"b","contextIds":[],
            "continuationIds":[],"special":true}],"tokens":true,"top":5})",
         kRequest,
         {"model", "items"},
         again<ScoreRequest>},
        {"ScoreTokens",
         R"({"id":1,"item":2,"first":3,"tokens":[{"id":7,"logProbability":-0.5,"rank":2,"top":[],"tail":0.25,"piece":""}]})",
         kAnswer,
         {"id", "item"},
         again<ScoreTokens>},
        {"Score",
         R"({"logLikelihood":-1.5,"tokens":1,"characters":2,"bytes":3,"greedy":true,"truncated":true,"contextTokens":4})",
         kAnswer,
         {"logLikelihood"},
         again<Score>},
        {"ScoreResult",
         R"({"scores":[{"logLikelihood":-1.5,"tokens":1,"characters":2,"bytes":3,"greedy":true,
            "truncated":true,"contextTokens":4}],"seconds":0.5})",
         kAnswer,
         {"scores"},
         again<ScoreResult>},
        {"EncoderItem",
         R"({"text":"a","pair":"b","ids":[1],"types":[0],"truncate":true})",
         kRequest,
         {},
         again<EncoderItem>},
        {"EncodeRequest",
         R"({"model":1,"items":[{"text":"","ids":[5],"types":[],"truncate":false}],"pooling":"first","normalise":true,"states":true})",
         kRequest,
         {"model", "items"},
         again<EncodeRequest>},
        {"EncodeResult",
         R"({"items":[{"tokens":3,"truncated":true,"vector":[0.5,-2.0]}],"seconds":0.5,"pooling":"first","normalised":true})",
         kAnswer,
         {"items"},
         again<EncodeResult>},
        {"ClassifyRequest",
         R"({"model":1,"items":[{"text":"c","ids":[],"types":[],"truncate":false}]})",
         kRequest,
         {"model", "items"},
         again<ClassifyRequest>},
        {"ClassifyResult",
         R"({"items":[{"tokens":3,"truncated":true,"logits":[1.0],"values":[0.25]}],"seconds":0.5})",
         kAnswer,
         {"items"},
         again<ClassifyResult>},
        {"FillRequest",
         R"({"model":1,"items":[{"text":"c","ids":[],"types":[],"truncate":false}],"mask":103,"top":7})",
         kRequest,
         {"model", "items"},
         again<FillRequest>},
        {"FillResult",
         R"({"items":[{"tokens":3,"truncated":true,"positions":[1],"fillers":[{"id":4,"logProbability":-0.5,"rank":1,
            "top":[{"id":4,"logProbability":-0.5,"piece":"x"}],"tail":0.25,"piece":"x"}]}],"seconds":0.5})",
         kAnswer,
         {"items"},
         again<FillResult>},
        {"MeasureRequest",
         R"({"model":1,"promptTokens":2,"outputTokens":3,"batch":4,"inputs":["f32[2]"],"runs":5,"warmup":6,"seed":7,"decoding":"eager",
            "streamed":true,"prompts":"text","depth":8,"shares":true})",
         kRequest,
         {"model"},
         again<MeasureRequest>},
        {"MeasureSample",
         R"({"index":1,"warmup":true,"promptTokens":2,"outputTokens":3,"batch":4,"firstToken":0.5,
            "gaps":[0.25,0.125],"total":0.75,"memory":{"processPeak":1},"load1":1.5,"predictedBytes":9,"decoding":"graph",
            "eagerReason":"r","prompts":"text","inputs":"f32[2]","output":"f32[3]","notFinite":4,"depth":5,
            "state":{"joules":1.5,"temperature":2.5,"clockHertz":3.5,"memoryClockHertz":4.5,"throttled":["power cap"]},
            "shares":[{"part":"head","seconds":0.5}]})",
         kAnswer,
         {"index"},
         again<MeasureSample>},
        {"MeasureResult", R"({"samples":[]})", kAnswer, {"samples"}, again<MeasureResult>},
        {"MachineLimits",
         R"({"device":"cpu","name":"x","measuredAt":"2026","readBandwidth":1.5,"matrixRates":[{"dtype":"f32","flops":2.5}],
            "memoryBytes":3,"cores":4,"threads":5,"caches":[6,7],"driver":"d","governor":"g","clockHertz":8.5,"temperature":9.5,
            "load1":0.5,"idleWatts":10.5})",
         kAnswer,
         {"device", "readBandwidth"},
         again<MachineLimits>},
        {"FilesRequest", R"({"path":"/x"})", kRequest, {"path"}, again<FilesRequest>},
        {"FileListing",
         R"({"location":"/x","name":"x","chosenFile":"y","files":[{"name":"a","bytes":5,"present":true}]})",
         kAnswer,
         {"location", "name", "files"},
         again<FileListing>},
        {"ReadRequest", R"({"path":"/x","pieces":[{"name":"a","offset":3,"bytes":4}]})", kRequest, {"path", "pieces"}, again<ReadRequest>},
        {"ReadResult", R"({"data":"AAA="})", kAnswer, {"data"}, again<ReadResult>},
    };
    return kCases;
}

const Case &current()
{
    QFETCH_GLOBAL(int, index);
    return cases()[size_t(index)];
}

/// Values of other types than this one.
std::vector<Json> wrongFor(const Json &value)
{
    const std::vector<Json> all = {Json(true), Json("text"), Json(1.5), Json::array({Json::array()}),
                                   Json::object({{"id", Json::array()}, {"tensorPeak", "x"}, {"joules", "x"}})};
    std::vector<Json> out;
    for (const Json &other : all) {
        const bool sameKind = other.type() == value.type() || (other.is_number() && value.is_number_float());
        // An object in place of an object is wrong by its fields; in place of a list it is wrong by itself.
        if (!sameKind || value.is_structured())
            out.push_back(other);
    }
    return out;
}

} // namespace

class TestMessages : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data()
    {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << int(i);
    }

    void everyFieldSurvives()
    {
        const Json json = Json::parse(current().text);
        const auto back = current().again(json);
        QVERIFY2(back.has_value(), back ? "" : back.error().sentence().c_str());
        QCOMPARE(QByteArray::fromStdString(back->dump()), QByteArray::fromStdString(json.dump()));
    }

    void everyFieldOfAWrongTypeIsRefused()
    {
        const Json json = Json::parse(current().text);
        for (const auto &[name, value] : json.items()) {
            for (const Json &wrong : wrongFor(value)) {
                Json damaged = json;
                damaged[name] = wrong;
                const auto read = current().again(damaged);
                QVERIFY2(!read, (name + " = " + wrong.dump()).c_str());
                QVERIFY(read.error().code == kRequest || read.error().code == kAnswer);
            }
        }
    }

    void neededFieldsAreAskedFor()
    {
        const Json json = Json::parse(current().text);
        for (const std::string &name : current().required) {
            Json without = json;
            without.erase(name);
            const auto read = current().again(without);
            QVERIFY2(!read, name.c_str());
            QCOMPARE(read.error().code, current().code);
        }
    }

    void whatIsNoObjectIsRefused()
    {
        for (const Json &wrong : {Json(), Json::array(), Json(1), Json("text")}) {
            const auto read = current().again(wrong);
            QVERIFY(!read);
            QCOMPARE(read.error().code, current().code);
        }
    }

    void unknownFieldsAreLeftAlone()
    {
        Json json = Json::parse(current().text);
        json["ofALaterVersion"] = {{"x", 1}};
        QVERIFY(current().again(json).has_value());
    }
};

QTEST_GUILESS_MAIN(TestMessages)
#include "tst_messages.moc"
