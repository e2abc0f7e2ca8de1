// SPDX-License-Identifier: GPL-3.0-or-later
// A GGUF file, or a tokenizer.model of SentencePiece: what can be read of it encodes texts.
#include "core/tokenizer/gguftokenizer.h"
#include "core/tokenizer/sentencepiece.h"
#include "tests/format/ggufwriter.h"
#include "tests/fuzz/tokenizerchecks.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const assay::test::MemorySource file(std::string(reinterpret_cast<const char *>(data), size));
    constexpr std::string_view kText = "A text, 123 \xE4\xB8\xAD<s> abab\xFF";
    if (size > 4 && data[0] == 'G') {
        assay::test::checkTokenizer(assay::readGgufTokenizer(file, "input"), kText);
        return 0;
    }
    auto parts = assay::readSentencePieceModel(file, "input").and_then([](assay::SentencePieceModel model) {
        model.addBos = model.addEos = true;
        return assay::tokenizerParts(std::move(model), "input");
    });
    if (parts)
        assay::test::checkTokenizer(assay::makeTokenizer(std::move(*parts), "input"), kText);
    return 0;
}
