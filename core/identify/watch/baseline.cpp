// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identify/watch/baseline.h"

#include <algorithm>

namespace assay {

namespace {

using nlohmann::json;

constexpr size_t kMostBytes = size_t(64) << 20, kMostSeries = 256, kMostRecords = 1000;

std::optional<BaselineSeries> seriesFrom(const json &object)
{
    if (!object.is_object() || !object.contains("records") || !object["records"].is_array() || object["records"].empty()
        || object["records"].size() > kMostRecords)
        return std::nullopt;
    BaselineSeries series;
    for (const json &one : object["records"]) {
        auto record = recordFromJson(one);
        if (!record || record->outcome != WatchRecord::Outcome::Learning || record->change)
            return std::nullopt;
        series.records.push_back(std::move(*record));
    }
    const WatchRecord &first = series.records.front();
    series.endpoint = first.endpoint;
    series.check = first.check;
    series.segment = first.segment;
    const bool isOne = std::all_of(series.records.begin(), series.records.end(), [&](const WatchRecord &record) {
        return record.endpoint == first.endpoint && record.check == first.check && record.segment == first.segment;
    });
    return isOne ? std::optional(std::move(series)) : std::nullopt;
}

} // namespace

const BaselineSeries *WatchBaseline::find(const std::string &endpoint, WatchCheck check) const
{
    const auto found = std::find_if(series.begin(), series.end(), [&](const BaselineSeries &one) { return one.endpoint == endpoint && one.check == check; });
    return found == series.end() ? nullptr : &*found;
}

void WatchBaseline::put(BaselineSeries one)
{
    std::erase_if(series, [&](const BaselineSeries &old) { return old.endpoint == one.endpoint && old.check == one.check; });
    series.push_back(std::move(one));
}

Result<WatchBaseline> readWatchBaseline(std::string_view text, const std::string &name)
{
    const auto damaged = [&](std::string what) { return failure(ErrorCode::MonitorDamaged, {name, std::move(what)}); };
    if (text.size() > kMostBytes)
        return damaged("it is larger than 64 MiB");
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || !object.contains("schema") || object["schema"] != "assay-baseline/1")
        return damaged("it is no baseline: a JSON object whose schema is assay-baseline/1");
    if (!object.contains("series") || !object["series"].is_array() || object["series"].size() > kMostSeries)
        return damaged("series is no list");
    WatchBaseline baseline;
    for (size_t i = 0; i < object["series"].size(); ++i) {
        auto series = seriesFrom(object["series"][i]);
        if (!series)
            return damaged("series[" + std::to_string(i) + "] is no list of records of one check");
        if (baseline.find(series->endpoint, series->check))
            return damaged("series[" + std::to_string(i) + "] is there twice");
        baseline.series.push_back(std::move(*series));
    }
    return baseline;
}

std::string baselineText(const WatchBaseline &baseline)
{
    json list = json::array();
    for (const BaselineSeries &series : baseline.series) {
        json records = json::array();
        for (const WatchRecord &record : series.records)
            records.push_back(recordToJson(record));
        list.push_back({{"records", std::move(records)}});
    }
    return json{{"schema", "assay-baseline/1"}, {"series", std::move(list)}}.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace assay
