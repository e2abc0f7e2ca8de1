// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/requestrecord.h"
#include "core/endpoint/dialect.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What one event of a stream holds. Texts stay valid until the next one is read.
struct StreamEvent
{
    struct Text
    {
        Channel channel;
        std::string_view text; ///< not empty
    };
    struct Number
    {
        EventField field; ///< a count or a time, already in seconds
        double value;
    };
    std::vector<Text> texts;
    std::vector<Number> numbers;
    uint32_t tokens = 0; ///< that the event tells for its text; 0: it does not
    bool hidden = false; ///< its text is no text
    bool refused = false; ///< its text says no
    bool error = false, end = false;
    std::string_view errorWords, finish, model;
    void clear();
};

/// Reads events by the rules of a dialect. Not for two threads at once.
class EventReader
{
public:
    explicit EventReader(const Dialect &dialect);
    ~EventReader();
    EventReader(const EventReader &) = delete;
    EventReader &operator=(const EventReader &) = delete;

    const Dialect &dialect() const { return m_dialect; }
    /// What is wrong with it, in the parser's words; nothing: it was read. It is an object, valid JSON and UTF-8 throughout.
    std::optional<std::string> read(std::string_view json, StreamEvent &event);

private:
    struct Private;
    const Dialect &m_dialect;
    std::unique_ptr<Private> d;
};

/// The words of an error's body, as far as it is JSON of any known shape; else the text itself, or a page's title. Short,
/// one line, valid UTF-8.
std::string wordsOfError(std::string_view body);
/// At most 300 bytes of it, in one line, valid UTF-8.
std::string shortWords(std::string_view text);

} // namespace assay
