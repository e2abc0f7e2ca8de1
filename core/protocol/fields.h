// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/protocol/messages.h"

#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

/// Writes and reads a message from one list of its fields, so that both sides of a struct cannot drift apart.
namespace assay::protocol {

enum class Need { Optional, Required };
inline constexpr Need kRequired = Need::Required;

/// A struct, or the same struct as const.
template <class T, class Message>
concept Is = std::same_as<std::remove_const_t<T>, Message>;

/// Gives each field of a message to a visitor: visit(name, value, need). Overloaded in messages.cpp.
template <class T>
concept Scalar =
    std::same_as<T, bool> || std::integral<T> || std::floating_point<T> || std::same_as<T, std::string>;

class Writer
{
public:
    template <class T> void operator()(const char *name, const T &value, Need = Need::Optional)
    {
        if (Json json = written(value); !json.is_discarded())
            m_json[name] = std::move(json);
    }
    Json take() { return std::move(m_json); }

private:
    template <Scalar T> static Json written(const T &value) { return value; }
    template <class T> static Json written(const std::vector<T> &values)
    {
        Json out = Json::array();
        for (const T &value : values)
            out.push_back(written(value));
        return out;
    }
    template <class T> static Json written(const std::optional<T> &value)
    {
        return value ? written(*value) : Json(Json::value_t::discarded);
    }
    template <class T> static Json written(const T &value) { return toJson(value); }

    Json m_json = Json::object();
};

class Reader
{
public:
    Reader(const Json &json, ErrorCode code) : m_json(json), m_code(code)
    {
        if (!json.is_object())
            fail("(message)", "it should be an object");
    }

    template <class T> void operator()(const char *name, T &value, Need need = Need::Optional)
    {
        if (m_error)
            return;
        const auto found = m_json.find(name);
        if (found != m_json.end())
            read(name, *found, value);
        else if (need == Need::Required)
            fail(name, "it is missing");
    }

    Result<void> result() const
    {
        if (m_error)
            return tl::unexpected(*m_error);
        return {};
    }

private:
    void read(const char *name, const Json &json, bool &value)
    {
        if (json.is_boolean())
            value = json.get<bool>();
        else
            fail(name, "it should be true or false");
    }
    void read(const char *name, const Json &json, std::string &value)
    {
        if (json.is_string())
            value = json.get<std::string>();
        else
            fail(name, "it should be a text");
    }
    void read(const char *name, const Json &json, double &value)
    {
        // JSON has no word for what is not a number; the writer puts null.
        if (json.is_number())
            value = json.get<double>();
        else if (json.is_null())
            value = std::numeric_limits<double>::quiet_NaN();
        else
            fail(name, "it should be a number");
    }
    template <std::integral T> void read(const char *name, const Json &json, T &value)
    {
        // The parser keeps what exceeds 64 bits as a float, and what is above the signed range as unsigned.
        if (json.is_number_unsigned() && std::in_range<T>(json.get<uint64_t>()))
            value = T(json.get<uint64_t>());
        else if (!json.is_number_unsigned() && json.is_number_integer() &&
                 std::in_range<T>(json.get<int64_t>()))
            value = T(json.get<int64_t>());
        else
            fail(name, "it should be a whole number in range");
    }
    template <class T> void read(const char *name, const Json &json, std::vector<T> &values)
    {
        if (!json.is_array())
            return fail(name, "it should be a list");
        values.clear();
        values.reserve(json.size());
        for (const Json &item : json) {
            T value{};
            read(name, item, value);
            if (m_error)
                return;
            values.push_back(std::move(value));
        }
    }
    template <class T> void read(const char *name, const Json &json, std::optional<T> &value)
    {
        if (json.is_null())
            value.reset();
        else
            read(name, json, value.emplace());
    }
    template <class T>
    requires std::is_class_v<T>
    void read(const char *, const Json &json, T &value)
    {
        if (auto nested = fromJson(json, value); !nested)
            m_error = nested.error();
    }

    void fail(const char *name, const char *problem)
    {
        if (m_code == ErrorCode::BadParameters)
            m_error = Error{m_code, {name, problem}, {}};
        else
            m_error = Error{m_code, {std::string(name) + ": " + problem}, {}};
    }

    const Json &m_json;
    ErrorCode m_code;
    std::optional<Error> m_error;
};

} // namespace assay::protocol
