// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// A member of a struct and what it is called in records, so that writing and reading are declared once.
template <class Struct, class T>
struct JsonMember
{
    const char *name;
    T Struct::*member;
};

/// Reads the fields of a stored JSON object. The first field that is missing or of the wrong type is
/// remembered; reading goes on, so that a reader is a plain list of fields. For .cpp files only.
class JsonFields
{
public:
    /// `where` leads the names in errors: "samples[3].".
    explicit JsonFields(const nlohmann::json &json, std::string where = {});

    void read(const char *name, std::string &value);
    void read(const char *name, bool &value);
    void read(const char *name, int &value);
    void read(const char *name, int64_t &value);
    void read(const char *name, uint64_t &value);
    void read(const char *name, double &value);
    void read(const char *name, std::vector<int64_t> &values);
    void read(const char *name, std::vector<std::string> &values);
    void read(const char *name, std::vector<double> &values); ///< null stands for minus infinity
    void read(const char *name, std::map<std::string, std::string> &values);
    void read(const char *name, std::map<std::string, double> &values);
    void read(const char *name, std::vector<uint64_t> &values);

    /// May be missing or null.
    template <class T>
    void read(const char *name, std::optional<T> &value)
    {
        value.reset();
        if (has(name) && !m_json.at(name).is_null())
            read(name, value.emplace());
    }

    /// All that a table of JsonMember lists.
    template <class Struct, class Members>
    void readMembers(Struct &values, const Members &members)
    {
        for (const auto &member : members)
            read(member.name, values.*member.member);
    }

    /// Whether the field is there: those that older programs did not write are read only then.
    bool has(const char *name) const { return m_json.is_object() && m_json.contains(name); }

    /// A field that older records lack: the value stays as it is.
    template <class T>
    void readIfThere(const char *name, T &value)
    {
        if (has(name))
            read(name, value);
    }

    /// A field that another reader understands; `reader` gives Result<T>.
    template <class T, class Reader>
    void readWith(const char *name, T &value, Reader reader)
    {
        if (const nlohmann::json *json = find(name))
            take(reader(*json), value, name);
    }

    /// A list whose elements another reader understands.
    template <class T, class Reader>
    void readList(const char *name, std::vector<T> &values, Reader reader)
    {
        const nlohmann::json *json = find(name);
        if (json && !json->is_array())
            fail(name);
        if (!json || !json->is_array())
            return;
        values.reserve(json->size());
        for (size_t i = 0; i < json->size() && !m_error; ++i) {
            T value{};
            take(reader((*json)[i]), value, std::string(name) + "[" + std::to_string(i) + "]");
            values.push_back(std::move(value));
        }
    }

    /// The filled value, or StoreDamaged naming the first bad field.
    template <class T>
    Result<T> finish(T value) const
    {
        if (m_error)
            return failure(ErrorCode::StoreDamaged, {"the record", *m_error});
        return value;
    }

    void fail(const std::string &name);

private:
    template <class T>
    void take(Result<T> result, T &value, const std::string &name)
    {
        if (result)
            value = std::move(*result);
        else
            fail(name + "." + (result.error().arguments.empty() ? std::string() : result.error().arguments.back()));
    }
    const nlohmann::json *find(const char *name);

    const nlohmann::json &m_json;
    std::string m_where;
    std::optional<std::string> m_error;
};

/// null for what JSON cannot hold.
nlohmann::json finiteOrNull(double value);
/// Writes a text unless it is empty.
void putText(nlohmann::json &out, const char *name, const std::string &text);
/// Writes a list unless it is empty.
void putTexts(nlohmann::json &out, const char *name, const std::vector<std::string> &texts);

/// Writes of the optional members that a table of JsonMember lists those that are there and that JSON can hold.
template <class Struct, class Members>
void putMembers(nlohmann::json &out, const Struct &values, const Members &members)
{
    for (const auto &member : members) {
        const auto &value = values.*member.member;
        if (value && std::isfinite(double(*value)))
            out[member.name] = *value;
    }
}

/// A list whose elements another writer understands.
template <class T, class Writer>
nlohmann::json listToJson(const std::vector<T> &values, Writer writer)
{
    nlohmann::json out = nlohmann::json::array();
    for (const T &value : values)
        out.push_back(writer(value));
    return out;
}

} // namespace assay
