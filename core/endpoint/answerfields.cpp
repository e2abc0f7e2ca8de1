// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/answerfields.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace assay {
namespace {

using nlohmann::json;

constexpr size_t kMostValues = 1000;

bool isAbout(const json &element, const std::string &model)
{
    return element.is_object() && std::any_of(element.begin(), element.end(), [&](const json &field) {
               return field.is_string() && field.get_ref<const std::string &>() == model;
           });
}

std::string textOf(const json &value)
{
    std::string text = value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > kMostFieldBytes)
        text.resize(kMostFieldBytes);
    return text;
}

/// Walks down one path; what is reached is appended.
class Walk
{
public:
    Walk(const std::string &model, std::vector<FoundField> &found) : m_model(model), m_found(found) {}

    void go(const json &at, std::string_view path, const std::string &place)
    {
        if (m_found.size() >= kMostValues)
            return;
        if (path.empty()) {
            if (at.is_primitive() && !at.is_null())
                m_found.push_back({textOf(at), place});
            return;
        }
        const size_t end = path.find('/');
        const std::string_view step = path.substr(0, end);
        const std::string_view rest = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
        if (at.is_array())
            elements(at, step, rest, place);
        else if (at.is_object())
            members(at, step, rest, place);
    }

private:
    static std::string below(const std::string &place, const std::string &step)
    {
        return place.empty() ? step : place + "/" + step;
    }
    void elements(const json &list, std::string_view step, std::string_view rest, const std::string &place)
    {
        for (size_t i = 0; i < list.size(); ++i) {
            // A list of one is about that model whatever it is called: single-model servers answer to any name.
            if (step == "*" || (step == "@" && (list.size() == 1 || isAbout(list[i], m_model))))
                go(list[i], rest, below(place, std::to_string(i)));
        }
    }
    void members(const json &object, std::string_view step, std::string_view rest, const std::string &place)
    {
        if (!step.starts_with('*')) {
            if (const auto member = object.find(step); member != object.end())
                go(*member, rest, below(place, std::string(step)));
            return;
        }
        for (const auto &[key, value] : object.items()) {
            if (key.ends_with(step.substr(1)))
                go(value, rest, below(place, key));
        }
    }

    const std::string &m_model;
    std::vector<FoundField> &m_found;
};

/// The value of LABEL in {a="1",LABEL="2"}, whose texts escape with a backslash.
std::optional<std::string> labelIn(std::string_view labels, std::string_view name)
{
    for (size_t at = 0; at < labels.size();) {
        const size_t equals = labels.find("=\"", at);
        if (equals == std::string_view::npos)
            return std::nullopt;
        const std::string_view key = labels.substr(at, equals - at);
        std::string value;
        size_t end = equals + 2;
        for (; end < labels.size() && labels[end] != '"'; ++end) {
            end += labels[end] == '\\' && end + 1 < labels.size();
            value += labels[end];
        }
        if (key == name)
            return value.substr(0, kMostFieldBytes);
        at = std::min(labels.find_first_not_of("\", ", end), labels.size());
    }
    return std::nullopt;
}

/// A sample of Prometheus' text format: NAME{labels} VALUE.
std::vector<FoundField> findMetricText(std::string_view text, std::string_view path)
{
    const size_t slash = path.find('/');
    const std::string_view name = path.substr(0, slash), label = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (!line.starts_with(name) || line.size() == name.size() || (line[name.size()] != '{' && line[name.size()] != ' '))
            continue;
        line.remove_prefix(name.size());
        const size_t close = line.front() == '{' ? line.rfind('}') : std::string_view::npos;
        const std::string_view labels = close == std::string_view::npos ? std::string_view() : line.substr(1, close - 1);
        const size_t from = line.find_first_not_of(" }\r", close == std::string_view::npos ? 0 : close);
        const std::string_view value = from == std::string_view::npos ? std::string_view() : line.substr(from, line.find_first_of(" \r", from) - from);
        const auto found = label.empty() ? std::optional(std::string(value.substr(0, kMostFieldBytes))) : labelIn(labels, label);
        if (found && *found != "None")
            return {{*found, std::string(path)}};
    }
    return {};
}

} // namespace

std::vector<FoundField> findFields(const json &json, std::string_view path, const std::string &model)
{
    std::vector<FoundField> found;
    Walk(model, found).go(json, path, {});
    return found;
}

std::vector<FoundField> findFields(const ProbeAnswer &answer, const json &json, std::string_view path, const std::string &model)
{
    constexpr std::string_view kHeader = "header:", kMetric = "metric:";
    if (path.starts_with(kMetric))
        return answer.status == 200 && answer.failure == Failure::None ? findMetricText(answer.body, path.substr(kMetric.size())) : std::vector<FoundField>();
    if (!path.starts_with(kHeader))
        return findFields(json, path, model);
    std::vector<FoundField> found;
    for (const auto &[name, value] : answer.headers) {
        if (name == path.substr(kHeader.size()))
            found.push_back({value.substr(0, kMostFieldBytes), name});
    }
    return found;
}

json bodyOf(const ProbeAnswer &answer)
{
    if (answer.status < 200 || answer.status >= 300 || answer.failure != Failure::None)
        return json(json::value_t::discarded);
    // No server nests its answers as deeply; one that does would cost seconds.
    constexpr int kDeepest = 64;
    const auto shallow = [](int depth, json::parse_event_t, json &) { return depth <= kDeepest; };
    return json::parse(answer.body, shallow, false);
}

} // namespace assay
