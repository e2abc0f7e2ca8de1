// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of files as servers, hubs, caches and stores give them; the first byte says which. Whatever they hold, no name
// leaves its folder, and what is said of a file is a hash or nothing.
#include "core/format/filetree.h"
#include "core/format/htmllisting.h"
#include "core/format/ollamastore.h"

#include <cstdlib>

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

void checkTree(const assay::FileTree &tree)
{
    for (const assay::FileEntry &entry : tree) {
        check(assay::staysInside(entry.name) && entry.expected.has_value());
        const std::string &hash = entry.expected->hash;
        check(hash.empty() || hash.size() == (entry.expected->git ? 40u : 64u));
        check(hash.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
}

template <class T> void checkSentence(const assay::Result<T> &result)
{
    if (!result) {
        const std::string sentence = result.error().sentence();
        check(assay::validUtf8(sentence) == sentence);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char *>(data) + 1, size - 1);
    switch (data[0]) {
    case 'h':
        for (const std::string &name : assay::namesInListing(text, "/models/r1"))
            check(assay::isPlainName(name));
        break;
    case 't':
        checkSentence(assay::parseHubTree(text, "tree"));
        checkTree(assay::parseHubTree(text, "tree").value_or(assay::FileTree()));
        break;
    case 'c':
        checkSentence(assay::parseCacheTree(text, "tree"));
        checkTree(assay::parseCacheTree(text, "tree").value_or(assay::FileTree()));
        break;
    case 's':
        checkTree(assay::parseSumList(text, "model.gguf", "sums"));
        break;
    case 'o': {
        const auto layers = assay::parseOllamaManifest(text, "manifest");
        checkSentence(layers);
        for (const assay::OllamaLayer &layer : layers.value_or(std::vector<assay::OllamaLayer>()))
            check(layer.hash.size() == 64 && assay::isPlainName(layer.name));
        break;
    }
    default:
        break;
    }
    return 0;
}
