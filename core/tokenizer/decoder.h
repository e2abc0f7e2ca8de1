// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// One step from pieces to text while it runs; gives what it makes to the next one. Pieces come in parts: `end` tells
/// the last part of one.
class DecodeStep
{
public:
    virtual ~DecodeStep() = default;
    virtual void push(std::string_view part, bool end) = 0;
    virtual void finish() { next->finish(); }
    DecodeStep *next = nullptr;
};

using DecodeStepMaker = std::function<std::unique_ptr<DecodeStep>()>;

/// The decoder section: how pieces become text. Immutable; what changes is a run of it.
class Decoder
{
public:
    /// Every type of tokenizer.json. Throws nlohmann::json::exception for wrong types.
    static Result<Decoder> parse(const nlohmann::json &section, const std::string &where);
    /// SentencePiece's: U+2581 is a blank, <0xNN> a byte, and the blank that was put before the text goes.
    static Decoder sentencePiece(bool dropFirstBlank);
    static Decoder byteLevel();
    static Decoder wordPiece(std::string prefix, bool cleanUp);

    class Run
    {
    public:
        explicit Run(const Decoder &decoder);
        ~Run();
        void push(std::string_view piece);
        void finish();
        /// What has come out since the last call.
        std::string take();

    private:
        class Output;
        std::unique_ptr<Output> m_output;
        std::vector<std::unique_ptr<DecodeStep>> m_steps;
        DecodeStep *m_first = nullptr;
    };

    /// The bytes that a piece stands for within a text.
    std::string bytesWithin(std::string_view piece) const;

private:
    Result<void> add(const nlohmann::json &section, const std::string &where, int depth);
    std::string between(std::string_view piece) const;

    std::vector<DecodeStepMaker> m_steps;
    bool m_onlyBytes = false; ///< pieces are spelt in GPT-2's alphabet, and that is all
    bool m_fallback = false;  ///< <0xNN> is a byte
};

} // namespace assay
