// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/jsonfields.h"

#include "core/base/text.h"

#include <cmath>
#include <limits>

namespace assay {
namespace {

bool asInteger(const nlohmann::json &json, int64_t &value)
{
    if (!json.is_number_integer())
        return false;
    if (json.is_number_unsigned() && json.get<uint64_t>() > uint64_t(std::numeric_limits<int64_t>::max()))
        return false;
    value = json.get<int64_t>();
    return true;
}

bool asUnsigned(const nlohmann::json &json, uint64_t &value)
{
    int64_t whole = 0;
    if (json.is_number_unsigned())
        value = json.get<uint64_t>();
    else if (asInteger(json, whole) && whole >= 0)
        value = uint64_t(whole);
    else
        return false;
    return true;
}

bool asNumber(const nlohmann::json &json, double &value)
{
    if (!json.is_number())
        return false;
    value = json.get<double>();
    return true;
}

} // namespace

JsonFields::JsonFields(const nlohmann::json &json, std::string where) : m_json(json), m_where(std::move(where))
{
    if (!json.is_object())
        fail("object");
}

void JsonFields::fail(const std::string &name)
{
    if (!m_error)
        m_error = m_where + name;
}

const nlohmann::json *JsonFields::find(const char *name)
{
    if (!m_json.is_object())
        return nullptr;
    const auto it = m_json.find(name);
    if (it != m_json.end())
        return &*it;
    fail(name);
    return nullptr;
}

void JsonFields::read(const char *name, std::string &value)
{
    const nlohmann::json *json = find(name);
    if (json && json->is_string())
        value = json->get<std::string>();
    else
        fail(name);
}

void JsonFields::read(const char *name, bool &value)
{
    const nlohmann::json *json = find(name);
    if (json && json->is_boolean())
        value = json->get<bool>();
    else
        fail(name);
}

void JsonFields::read(const char *name, int &value)
{
    int64_t whole = 0;
    read(name, whole);
    if (whole < std::numeric_limits<int>::min() || whole > std::numeric_limits<int>::max())
        fail(name);
    else
        value = int(whole);
}

void JsonFields::read(const char *name, int64_t &value)
{
    const nlohmann::json *json = find(name);
    if (!json || !asInteger(*json, value))
        fail(name);
}

void JsonFields::read(const char *name, uint64_t &value)
{
    const nlohmann::json *json = find(name);
    if (!json || !asUnsigned(*json, value))
        fail(name);
}

void JsonFields::read(const char *name, double &value)
{
    const nlohmann::json *json = find(name);
    if (!json || !asNumber(*json, value))
        fail(name);
}

void JsonFields::read(const char *name, std::vector<int64_t> &values)
{
    const nlohmann::json *json = find(name);
    if (!json || !json->is_array())
        return fail(name);
    values.clear();
    for (const nlohmann::json &element : *json) {
        int64_t value = 0;
        if (!asInteger(element, value))
            return fail(name);
        values.push_back(value);
    }
}

void JsonFields::read(const char *name, std::vector<uint64_t> &values)
{
    const nlohmann::json *json = find(name);
    if (!json || !json->is_array())
        return fail(name);
    values.clear();
    for (const nlohmann::json &element : *json) {
        uint64_t value = 0;
        if (!asUnsigned(element, value))
            return fail(name);
        values.push_back(value);
    }
}

void JsonFields::read(const char *name, std::vector<std::string> &values)
{
    const nlohmann::json *json = find(name);
    if (!json || !json->is_array())
        return fail(name);
    values.clear();
    for (const nlohmann::json &element : *json) {
        if (!element.is_string())
            return fail(name);
        values.push_back(element.get<std::string>());
    }
}

void JsonFields::read(const char *name, std::vector<double> &values)
{
    const nlohmann::json *json = find(name);
    if (!json || !json->is_array())
        return fail(name);
    values.clear();
    for (const nlohmann::json &element : *json) {
        double value = -std::numeric_limits<double>::infinity();
        if (!element.is_null() && !asNumber(element, value))
            return fail(name);
        values.push_back(value);
    }
}

void JsonFields::read(const char *name, std::map<std::string, std::string> &values)
{
    const nlohmann::json *json = find(name);
    if (!json || !json->is_object())
        return fail(name);
    values.clear();
    for (const auto &[key, element] : json->items()) {
        if (!element.is_string())
            return fail(name);
        values[key] = element.get<std::string>();
    }
}

void JsonFields::read(const char *name, std::map<std::string, double> &values)
{
    const nlohmann::json *json = find(name);
    if (!json || !json->is_object())
        return fail(name);
    values.clear();
    for (const auto &[key, element] : json->items()) {
        if (!asNumber(element, values[key]))
            return fail(name);
    }
}

nlohmann::json finiteOrNull(double value)
{
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

void putText(nlohmann::json &out, const char *name, const std::string &text)
{
    if (!text.empty())
        out[name] = validUtf8(text);
}

void putTexts(nlohmann::json &out, const char *name, const std::vector<std::string> &texts)
{
    for (const std::string &text : texts)
        out[name].push_back(validUtf8(text));
}

} // namespace assay
