// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokenizer/decoder.h"

#include "core/tokenizer/bytelevel.h"
#include "core/tokenizer/decodesteps.h"
#include "core/tokenizer/problems.h"
#include "core/tokenizer/tokenmodel.h"

#include <nlohmann/json.hpp>

namespace assay {
namespace {

using Json = nlohmann::json;
using Steps = std::vector<DecodeStepMaker>;
using Added = Result<void>;

constexpr int kDeepest = 8;

Added addBytes(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(decode::bytes());
    return {};
}

Added addMetaspace(Steps &steps, const Json &section, const std::string &)
{
    const std::string scheme = section.value("prepend_scheme", section.value("add_prefix_space", true) ? "always" : "never");
    const std::string mark = section.value("replacement", std::string(kMetaspace));
    steps.push_back(decode::eachPiece([mark, drops = scheme != "never"](std::string &piece, size_t index) {
        decode::replaceAll(piece, mark, drops && index == 0 ? "" : " ");
        return true;
    }));
    return {};
}

DecodeStepMaker wordPieces(std::string prefix, bool clean)
{
    return decode::eachPiece([prefix, clean](std::string &piece, size_t index) {
        if (index > 0 && piece.starts_with(prefix))
            piece.erase(0, prefix.size());
        else if (index > 0)
            piece.insert(0, 1, ' ');
        if (clean)
            decode::cleanUp(piece);
        return true;
    });
}

Added addWordPiece(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back(wordPieces(section.value("prefix", "##"), section.value("cleanup", true)));
    return {};
}

Added addBpe(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back(decode::wordSuffix(section.value("suffix", "</w>")));
    return {};
}

Added addFallback(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(decode::byteFallback(false));
    return {};
}

Added addFuse(Steps &steps, const Json &, const std::string &)
{
    steps.push_back(decode::fuse());
    return {};
}

Added addStrip(Steps &steps, const Json &section, const std::string &where)
{
    const std::string content = section.value("content", " ");
    if (content.empty())
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "there is no character to strip"), "decoder");
    steps.push_back(decode::strip(content, section.value("start", uint64_t(0)), section.value("stop", uint64_t(0))));
    return {};
}

Added addReplace(Steps &steps, const Json &section, const std::string &where)
{
    const Json &pattern = section.at("pattern");
    const auto found = pattern.contains("Regex") ? Pattern::compile(pattern.at("Regex").get<std::string>())
                                                 : Pattern::literal(pattern.at("String").get<std::string>());
    if (!found)
        return tokenizerDamaged(where, ASSAY_TEXT("Reason", "a regular expression is wrong"), "decoder: " + found.error());
    steps.push_back(decode::eachPiece([shared = *found, content = section.at("content").get<std::string>()](
                                          std::string &piece, size_t) {
        shared.replace(piece, content);
        return true;
    }));
    return {};
}

Added addCtc(Steps &steps, const Json &section, const std::string &)
{
    steps.push_back(decode::ctc(section.value("pad_token", "<pad>"), section.value("word_delimiter_token", "|"),
                                section.value("cleanup", true)));
    return {};
}

struct Kind
{
    const char *type;
    Added (*add)(Steps &steps, const Json &section, const std::string &where);
};

constexpr Kind kKinds[] = {
    {"ByteLevel", addBytes}, {"Metaspace", addMetaspace}, {"WordPiece", addWordPiece}, {"BPEDecoder", addBpe},
    {"ByteFallback", addFallback}, {"Fuse", addFuse}, {"Strip", addStrip}, {"Replace", addReplace}, {"CTC", addCtc},
};

} // namespace

Result<Decoder> Decoder::parse(const Json &section, const std::string &where)
{
    Decoder decoder;
    if (auto added = decoder.add(section, where, 0); !added)
        return tl::unexpected(added.error());
    if (section.is_null())
        decoder.m_steps.push_back(decode::joinWithBlanks());
    return decoder;
}

Result<void> Decoder::add(const Json &section, const std::string &where, int depth)
{
    if (section.is_null())
        return {};
    const std::string type = section.at("type");
    if (type == "Sequence" && depth < kDeepest) {
        for (const Json &part : section.at("decoders")) {
            if (auto added = add(part, where, depth + 1); !added)
                return added;
        }
        return {};
    }
    for (const Kind &kind : kKinds) {
        if (type == kind.type) {
            m_onlyBytes = type == "ByteLevel" && m_steps.empty();
            m_fallback = m_fallback || type == "ByteFallback";
            return kind.add(m_steps, section, where);
        }
    }
    return tokenizerUnsupported(where, type, "decoder");
}

Decoder Decoder::sentencePiece(bool dropFirstBlank)
{
    Decoder decoder;
    decoder.m_fallback = true;
    decoder.m_steps = {decode::eachPiece([](std::string &piece, size_t) {
                           decode::replaceAll(piece, kMetaspace, " ");
                           return true;
                       }),
                       decode::byteFallback(true), decode::fuse()};
    if (dropFirstBlank)
        decoder.m_steps.push_back(decode::strip(" ", 1, 0));
    return decoder;
}

Decoder Decoder::byteLevel()
{
    Decoder decoder;
    decoder.m_onlyBytes = true;
    decoder.m_steps = {decode::bytes()};
    return decoder;
}

Decoder Decoder::wordPiece(std::string prefix, bool cleanUp)
{
    Decoder decoder;
    decoder.m_steps = {wordPieces(std::move(prefix), cleanUp)};
    return decoder;
}

/// The last step: keeps what comes.
class Decoder::Run::Output final : public DecodeStep
{
public:
    void push(std::string_view part, bool) override { text += part; }
    void finish() override {}
    std::string text;
};

Decoder::Run::Run(const Decoder &decoder) : m_output(std::make_unique<Output>())
{
    for (const DecodeStepMaker &make : decoder.m_steps)
        m_steps.push_back(make());
    m_first = m_output.get();
    for (size_t i = m_steps.size(); i > 0; --i) {
        m_steps[i - 1]->next = m_first;
        m_first = m_steps[i - 1].get();
    }
}

Decoder::Run::~Run() = default;

void Decoder::Run::push(std::string_view piece)
{
    m_first->push(piece, true);
}

void Decoder::Run::finish()
{
    m_first->finish();
}

std::string Decoder::Run::take()
{
    return std::exchange(m_output->text, {});
}

/// Decoded between two pieces that no decoder changes, and that are taken away again.
std::string Decoder::between(std::string_view piece) const
{
    constexpr std::string_view kBefore = "\x01", kBehind = "\x02";
    Run run(*this), empty(*this);
    for (const std::string_view part : {kBefore, piece, kBehind})
        run.push(part);
    for (const std::string_view part : {kBefore, kBehind})
        empty.push(part);
    run.finish();
    empty.finish();
    const std::string text = run.take(), frame = empty.take();
    const size_t behind = frame.size() - std::min(frame.size(), kBefore.size());
    return text.size() < frame.size() ? std::string() : text.substr(kBefore.size(), text.size() - behind - kBefore.size());
}

std::string Decoder::bytesWithin(std::string_view piece) const
{
    if (m_onlyBytes)
        return bytesFromPiece(piece).value_or(std::string(piece));
    if (const auto byte = m_fallback ? decode::byteOf(piece) : std::nullopt)
        return std::string(1, *byte);
    return between(piece);
}

} // namespace assay
