// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

/// As much of JSON Schema as our schemas use. A keyword that it does not know is an error, so that no schema says what nothing checks.
class JsonSchema
{
public:
    explicit JsonSchema(nlohmann::json schema) : m_root(std::move(schema)) {}
    /// Where the value breaks the schema, as a JSON pointer with the keyword; empty: it obeys.
    std::string breach(const nlohmann::json &value) const { return breach(m_root, value, ""); }

private:
    using Json = nlohmann::json;

    std::string breach(const Json &schema, const Json &value, const std::string &where) const
    {
        for (const auto &[keyword, asked] : schema.items()) {
            if (std::string wrong = check(keyword, asked, schema, value, where); !wrong.empty())
                return wrong;
        }
        return {};
    }

    std::string check(const std::string &keyword, const Json &asked, const Json &schema, const Json &value, const std::string &where) const
    {
        const std::string here = where + " " + keyword;
        const auto obey = [&](bool fine) { return fine ? std::string() : here; };
        if (keyword == "$schema" || keyword == "title" || keyword == "description" || keyword == "$defs")
            return {};
        if (keyword == "$ref")
            return breach(m_root.at(Json::json_pointer(asked.get<std::string>().substr(1))), value, where);
        if (keyword == "const")
            return obey(value == asked);
        if (keyword == "type")
            return obey(asked.is_array() ? std::any_of(asked.begin(), asked.end(), [&](const Json &one) { return isType(one, value); }) : isType(asked, value));
        if (keyword == "anyOf")
            return obey(std::any_of(asked.begin(), asked.end(), [&](const Json &one) { return breach(one, value, where).empty(); }));
        if (keyword == "minLength" || keyword == "maxLength")
            return obey(!value.is_string() || fits(keyword, characters(value.get<std::string>()), asked));
        if (keyword == "minItems" || keyword == "maxItems")
            return obey(!value.is_array() || fits(keyword, value.size(), asked));
        if (keyword == "minProperties" || keyword == "maxProperties")
            return obey(!value.is_object() || fits(keyword, value.size(), asked));
        if (keyword == "required")
            return obey(!value.is_object() || std::all_of(asked.begin(), asked.end(), [&](const Json &name) { return value.contains(name.get<std::string>()); }));
        if (keyword == "items")
            return value.is_array() ? eachItem(asked, value, where) : std::string();
        if (keyword == "properties")
            return value.is_object() ? eachMember(asked, nullptr, value, where) : std::string();
        if (keyword == "additionalProperties")
            return value.is_object() ? eachMember(schema.value("properties", Json::object()), &asked, value, where) : std::string();
        throw std::logic_error("the schema has a keyword that the test does not know: " + keyword);
    }

    static bool fits(const std::string &keyword, size_t size, const Json &asked)
    {
        return keyword.starts_with("min") ? size >= asked.get<size_t>() : size <= asked.get<size_t>();
    }
    static size_t characters(const std::string &text)
    {
        return size_t(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }
    static bool isType(const std::string &name, const Json &value)
    {
        return (name == "object" && value.is_object()) || (name == "array" && value.is_array()) || (name == "string" && value.is_string())
               || (name == "number" && value.is_number()) || (name == "boolean" && value.is_boolean())
               || (name == "null" && value.is_null());
    }
    std::string eachItem(const Json &schema, const Json &value, const std::string &where) const
    {
        for (size_t i = 0; i < value.size(); ++i) {
            if (std::string wrong = breach(schema, value[i], where + "/" + std::to_string(i)); !wrong.empty())
                return wrong;
        }
        return {};
    }
    /// Members by their own schema, or, with `others`, those that have none.
    std::string eachMember(const Json &known, const Json *others, const Json &value, const std::string &where) const
    {
        for (const auto &[name, member] : value.items()) {
            const bool own = known.contains(name);
            if (own == (others != nullptr))
                continue; // own ones are not additional, others have no schema here
            const Json &schema = own ? known.at(name) : *others;
            if (std::string wrong = breach(schema, member, where + "/" + name); !wrong.empty())
                return wrong;
        }
        return {};
    }
    Json m_root;
};
