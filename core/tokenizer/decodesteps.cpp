// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/decodesteps.h"

#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/utf8.h"

#include <algorithm>

namespace assay::decode {
namespace {

/// For steps that look at whole pieces: collects the parts.
class WholePieceStep : public DecodeStep
{
public:
    void push(std::string_view part, bool end) final
    {
        m_piece += part;
        m_started = true;
        if (end)
            give();
    }
    void finish() override
    {
        finishPieces();
        next->finish();
    }

protected:
    virtual void take(std::string &piece) = 0;
    void finishPieces()
    {
        if (m_started)
            give();
    }

private:
    void give()
    {
        m_started = false;
        take(m_piece);
        m_piece.clear();
    }
    std::string m_piece;
    bool m_started = false;
};

class EachPieceStep final : public WholePieceStep
{
public:
    explicit EachPieceStep(const std::function<bool(std::string &, size_t)> &change) : m_change(change) {}

private:
    void take(std::string &piece) override
    {
        if (m_change(piece, m_index++))
            next->push(piece, true);
    }
    const std::function<bool(std::string &, size_t)> &m_change;
    size_t m_index = 0;
};

/// How much of the end of `bytes` may be the beginning of a character.
size_t unfinished(std::string_view bytes)
{
    for (size_t back = 1; back <= std::min<size_t>(3, bytes.size()); ++back) {
        const uint8_t byte = uint8_t(bytes[bytes.size() - back]);
        if ((byte & 0xC0) == 0x80)
            continue;
        const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1;
        return length > back && !lossyUtf8(bytes.substr(bytes.size() - back)).ends_with("\xEF\xBF\xBD\xEF\xBF\xBD") ? back : 0;
    }
    return 0;
}

class BytesStep final : public DecodeStep
{
public:
    void push(std::string_view part, bool) override
    {
        // A piece with a character outside the alphabet stands for itself, as in the reference's decoder.
        if (!appendBytesOfPiece(part, m_bytes))
            m_bytes += part;
        const size_t rest = unfinished(m_bytes);
        if (m_bytes.size() == rest)
            return;
        next->push(lossyUtf8(std::string_view(m_bytes).substr(0, m_bytes.size() - rest)), false);
        m_bytes.erase(0, m_bytes.size() - rest);
    }
    void finish() override
    {
        next->push(lossyUtf8(m_bytes), true);
        next->finish();
    }

private:
    std::string m_bytes;
};

class ByteFallbackStep final : public WholePieceStep
{
public:
    explicit ByteFallbackStep(bool byCharacter) : m_byCharacter(byCharacter) {}
    void finish() override
    {
        finishPieces();
        giveRun();
        next->finish();
    }

private:
    void take(std::string &piece) override
    {
        if (const auto byte = byteOf(piece)) {
            m_run += *byte;
            return;
        }
        giveRun();
        next->push(piece, true);
    }
    void giveRun()
    {
        if (m_run.empty())
            return;
        std::string text = lossyUtf8(m_run);
        if (text != m_run && !m_byCharacter) {
            text.clear();
            for (size_t i = 0; i < m_run.size(); ++i)
                text += "\xEF\xBF\xBD";
        }
        m_run.clear();
        next->push(text, true);
    }
    std::string m_run;
    bool m_byCharacter;
};

class FuseStep final : public DecodeStep
{
public:
    void push(std::string_view part, bool) override { next->push(part, false); }
    void finish() override
    {
        next->push({}, true);
        next->finish();
    }
};

/// Works on parts: a fused text comes in many, and must not wait for its end.
class StripStep final : public DecodeStep
{
public:
    StripStep(const std::string &character, uint64_t start, uint64_t stop)
        : m_character(character), m_start(start), m_stop(stop), m_left(start)
    {
    }
    void push(std::string_view part, bool end) override
    {
        m_held += part;
        const auto lead = [&] { return m_left > 0 && std::string_view(m_held).starts_with(m_character); };
        while (lead()) {
            m_held.erase(0, m_character.size());
            --m_left;
        }
        if (!m_held.empty())
            m_left = 0;
        for (uint64_t i = 0; end && i < m_stop && m_held.ends_with(m_character); ++i)
            m_held.resize(m_held.size() - m_character.size());
        if (end) {
            next->push(m_held, true);
            m_held.clear();
            m_left = m_start;
            return;
        }
        size_t keep = 0; // what the end of the piece may take away
        for (uint64_t i = 0; i < m_stop && std::string_view(m_held).substr(0, m_held.size() - keep).ends_with(m_character); ++i)
            keep += m_character.size();
        next->push(std::string_view(m_held).substr(0, m_held.size() - keep), false);
        m_held.erase(0, m_held.size() - keep);
    }

private:
    const std::string &m_character;
    uint64_t m_start, m_stop, m_left;
    std::string m_held;
};

class WordSuffixStep final : public WholePieceStep
{
public:
    explicit WordSuffixStep(const std::string &suffix) : m_suffix(suffix) {}
    void finish() override
    {
        finishPieces();
        if (m_waits) {
            replaceAll(m_last, m_suffix, "");
            next->push(m_last, true);
        }
        next->finish();
    }

private:
    void take(std::string &piece) override
    {
        if (m_waits) {
            replaceAll(m_last, m_suffix, " ");
            next->push(m_last, true);
        }
        m_waits = true;
        m_last = piece;
    }
    const std::string &m_suffix;
    std::string m_last;
    bool m_waits = false;
};

class CtcStep final : public WholePieceStep
{
public:
    CtcStep(const std::string &padding, const std::string &delimiter, bool clean)
        : m_padding(padding), m_delimiter(delimiter), m_clean(clean)
    {
    }

private:
    void take(std::string &piece) override
    {
        if (m_previous == piece)
            return;
        m_previous = piece;
        replaceAll(piece, m_padding, "");
        if (m_clean) {
            cleanUp(piece);
            replaceAll(piece, m_delimiter, " ");
        }
        if (!piece.empty())
            next->push(piece, true);
    }
    const std::string &m_padding, &m_delimiter;
    bool m_clean;
    std::optional<std::string> m_previous;
};

class JoinStep final : public DecodeStep
{
public:
    void push(std::string_view part, bool end) override
    {
        if (m_begins && !m_first)
            next->push(" ", false);
        m_first = false;
        m_begins = end;
        next->push(part, end);
    }

private:
    bool m_first = true, m_begins = true;
};

} // namespace

DecodeStepMaker eachPiece(std::function<bool(std::string &, size_t)> change)
{
    return [shared = std::make_shared<const std::function<bool(std::string &, size_t)>>(std::move(change))] {
        return std::make_unique<EachPieceStep>(*shared);
    };
}

DecodeStepMaker bytes()
{
    return [] { return std::make_unique<BytesStep>(); };
}

DecodeStepMaker byteFallback(bool byCharacter)
{
    return [byCharacter] { return std::make_unique<ByteFallbackStep>(byCharacter); };
}

DecodeStepMaker fuse()
{
    return [] { return std::make_unique<FuseStep>(); };
}

DecodeStepMaker strip(std::string character, uint64_t start, uint64_t stop)
{
    return [shared = std::make_shared<const std::string>(std::move(character)), start, stop] {
        return std::make_unique<StripStep>(*shared, start, stop);
    };
}

DecodeStepMaker wordSuffix(std::string suffix)
{
    return [shared = std::make_shared<const std::string>(std::move(suffix))] {
        return std::make_unique<WordSuffixStep>(*shared);
    };
}

DecodeStepMaker ctc(std::string padding, std::string delimiter, bool clean)
{
    return [pad = std::make_shared<const std::string>(std::move(padding)),
            word = std::make_shared<const std::string>(std::move(delimiter)), clean] {
        return std::make_unique<CtcStep>(*pad, *word, clean);
    };
}

DecodeStepMaker joinWithBlanks()
{
    return [] { return std::make_unique<JoinStep>(); };
}

void replaceAll(std::string &text, std::string_view from, std::string_view to)
{
    if (from.empty() || text.find(from) == std::string::npos)
        return;
    std::string out;
    size_t done = 0;
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
        out.append(text, done, at - done).append(to);
        done = at + from.size();
    }
    text = out.append(text, done);
}

void cleanUp(std::string &piece)
{
    static constexpr std::pair<std::string_view, std::string_view> kChanges[] = {
        {" .", "."},   {" ?", "?"},   {" !", "!"},           {" ,", ","},   {" ' ", "'"},  {" n't", "n't"},
        {" 'm", "'m"}, {" do not", " don't"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"},
    };
    for (const auto &[from, to] : kChanges)
        replaceAll(piece, from, to);
}

std::optional<char> byteOf(std::string_view piece)
{
    if (piece.size() != 6 || !piece.starts_with("<0x") || piece.back() != '>')
        return std::nullopt;
    int value = 0;
    for (const char c : piece.substr(3, 2)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (digit < 0)
            return std::nullopt;
        value = value * 16 + digit;
    }
    return char(value);
}

} // namespace assay::decode
