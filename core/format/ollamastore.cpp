// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/format/ollamastore.h"

#include "core/base/file.h"
#include "core/format/filetree.h"
#include "core/format/jsontext.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr uint64_t kManifestLimit = 4'000'000;
constexpr size_t kLayerLimit = 10'000;
constexpr size_t kModelLimit = 10'000; // of a store
constexpr int kManifestDepth = 3;      // folders below manifests: host, namespace, name
constexpr std::string_view kDigestPrefix = "sha256:";

/// What the layers' media types mean, and what such a file is called here.
struct LayerKind { std::string_view type, name, extension; };
constexpr LayerKind kKinds[] = {
    {".image.model", "model", ".gguf"},   {".image.projector", "projector", ".gguf"},
    {".image.adapter", "adapter", ".gguf"}, {".image.template", "template", ""},
    {".image.params", "params", ".json"}, {".image.license", "license", ""},
    {".image.system", "system", ""},      {".image.messages", "messages", ".json"},
    {".container.image.v1+json", "image", ".json"},
};

/// The model's name from its manifest's place: HOST/NAMESPACE/NAME/TAG, the usual host and namespace left out.
std::string modelName(const std::vector<std::string> &parts)
{
    const std::string &tag = parts.back(), &name = parts[parts.size() - 2], &space = parts[parts.size() - 3];
    return (space == "library" ? "" : space + "/") + name + ":" + tag;
}

struct Manifest
{
    fs::path path;
    std::vector<std::string> parts; ///< host, namespace, name, tag
};

bool isStore(const fs::path &path)
{
    std::error_code ignored;
    return fs::is_directory(path / "manifests", ignored) && fs::is_directory(path / "blobs", ignored);
}

/// The store that a path lies in, or is; empty when there is none.
fs::path storeOf(const fs::path &path)
{
    std::error_code ignored;
    const fs::path whole = fs::absolute(path, ignored).lexically_normal();
    if (isStore(whole / "models"))
        return whole / "models";
    for (fs::path folder = whole; folder.has_relative_path(); folder = folder.parent_path()) {
        if (isStore(folder))
            return folder;
    }
    return {};
}

std::vector<std::string> partsBelow(const fs::path &path, const fs::path &folder)
{
    std::vector<std::string> parts;
    for (const fs::path &part : path.lexically_relative(folder))
        parts.push_back(part.string());
    return parts;
}

/// Every manifest of a store, by name.
std::vector<Manifest> manifestsIn(const fs::path &store)
{
    std::vector<Manifest> found;
    std::error_code problem;
    const fs::path root = store / "manifests";
    for (fs::recursive_directory_iterator it(root, problem), end; !problem && it != end && found.size() < kModelLimit;
         it.increment(problem)) {
        if (it.depth() >= kManifestDepth)
            it.disable_recursion_pending();
        std::error_code ignored;
        if (it.depth() == kManifestDepth && it->is_regular_file(ignored) && !it->path().filename().string().starts_with('.'))
            found.push_back({it->path(), partsBelow(it->path(), root)});
    }
    std::sort(found.begin(), found.end(), [](const Manifest &a, const Manifest &b) { return modelName(a.parts) < modelName(b.parts); });
    return found;
}

/// NAME, NAME:TAG, NAMESPACE/NAME:TAG, HOST/NAMESPACE/NAME:TAG as the last parts of a manifest's place.
std::vector<std::string> wantedParts(std::vector<std::string> parts)
{
    const size_t colon = parts.back().rfind(':');
    const std::string tag = colon == std::string::npos ? "latest" : parts.back().substr(colon + 1);
    parts.back().resize(std::min(colon, parts.back().size()));
    parts.push_back(tag);
    return parts;
}

bool endsWith(const std::vector<std::string> &parts, const std::vector<std::string> &wanted)
{
    return wanted.size() <= parts.size() && std::equal(wanted.rbegin(), wanted.rend(), parts.rbegin());
}

/// The manifest that a path means, the path given as it lies below its store.
Result<Manifest> chooseManifest(const fs::path &path, const fs::path &store)
{
    std::error_code ignored;
    const fs::path whole = fs::absolute(path, ignored).lexically_normal();
    const auto all = manifestsIn(store);
    if (fs::is_directory(whole, ignored)) {
        if (all.empty())
            return failure(ErrorCode::DirectoryEmpty, {path.string()});
        if (all.size() == 1)
            return all.front();
        std::string names;
        for (const Manifest &manifest : all)
            names += (names.empty() ? "" : ", ") + modelName(manifest.parts);
        return failure(ErrorCode::BadUsage, {path.string() + " holds several models: " + names
                                             + ". Give one of them, for example " + (path / modelName(all.front().parts)).string()});
    }
    const auto wanted = wantedParts(partsBelow(whole, store));
    const auto found = std::find_if(all.begin(), all.end(), [&](const Manifest &manifest) {
        return manifest.path == whole || endsWith(manifest.parts, wanted);
    });
    return found != all.end() ? Result<Manifest>(*found) : failure(ErrorCode::FileMissing, {path.string()});
}

/// The layers of one model as files: each is a blob of the store.
class OllamaFiles final : public FileSet
{
public:
    OllamaFiles(fs::path store, const Manifest &manifest, std::string location, const std::vector<OllamaLayer> &layers)
        : m_store(std::move(store)), m_location(std::move(location)), m_name(modelName(manifest.parts))
    {
        for (const OllamaLayer &layer : layers)
            add(layer, m_name);
        std::sort(m_files.begin(), m_files.end(), [](const FileEntry &a, const FileEntry &b) { return a.name < b.name; });
    }

    std::string location() const override { return m_location; }
    std::string name() const override { return m_name; }
    std::string chosenFile() const override { return m_chosen; }
    const std::vector<FileEntry> &files() const override { return m_files; }
    std::vector<Finding> findings() const override { return m_findings; }
    fs::path localPath(const std::string &name) const override
    {
        const auto found = m_blobs.find(name);
        return found != m_blobs.end() ? found->second : fs::path();
    }
    Result<std::shared_ptr<const ByteSource>> open(const std::string &name) const override
    {
        auto file = File::open(localPath(name));
        if (!file)
            return tl::unexpected(file.error());
        return std::make_shared<const File>(std::move(*file));
    }

private:
    void add(const OllamaLayer &layer, const std::string &source)
    {
        std::error_code problem;
        fs::path blob = m_store / "blobs" / ("sha256-" + layer.hash);
        if (!fs::exists(blob, problem)) // stores of 2023 name them otherwise
            blob = fs::exists(m_store / "blobs" / ("sha256:" + layer.hash), problem) ? m_store / "blobs" / ("sha256:" + layer.hash) : blob;
        const auto size = fs::file_size(blob, problem);
        FileEntry entry{layer.name, problem ? std::nullopt : std::optional<uint64_t>(size),
                        ExpectedContent{layer.bytes, layer.hash, false, source}, !problem};
        if (!entry.present)
            m_findings.push_back({FindingCode::ListedFileMissing, {layer.name, source}, layer.name, {}});
        else if (layer.bytes && *layer.bytes != *entry.bytes)
            m_findings.push_back({FindingCode::SizeWrong,
                                  {layer.name, std::to_string(*entry.bytes), std::to_string(*layer.bytes), source}, layer.name, {}});
        if (layer.mediaType.ends_with(kKinds[0].type) && m_chosen.empty())
            m_chosen = layer.name;
        m_blobs.emplace(layer.name, std::move(blob));
        m_files.push_back(std::move(entry));
    }

    fs::path m_store;
    std::string m_location, m_name, m_chosen;
    std::vector<FileEntry> m_files;
    std::map<std::string, fs::path> m_blobs;
    std::vector<Finding> m_findings;
};

tl::unexpected<Error> damaged(const std::string &where, const char *reason)
{
    return failure(ErrorCode::OllamaDamaged, {where, reason});
}

/// A name for the layer, numbered where several are of one kind; empty for kinds that are unknown.
std::string layerName(const std::string &mediaType, std::map<std::string_view, int> &counts)
{
    for (const LayerKind &kind : kKinds) {
        if (!mediaType.ends_with(kind.type))
            continue;
        const int count = ++counts[kind.type];
        return std::string(kind.name) + (count > 1 ? "-" + std::to_string(count) : "") + std::string(kind.extension);
    }
    return {};
}

} // namespace

Result<std::vector<OllamaLayer>> parseOllamaManifest(const std::string &text, const std::string &where)
{
    const auto root = parseJsonObject(text, where);
    if (!root)
        return damaged(where, ASSAY_TEXT("Reason", "it is not valid JSON"));
    const auto layers = root->find("layers");
    if (layers == root->end() || !layers->is_array() || layers->size() > kLayerLimit)
        return damaged(where, ASSAY_TEXT("Reason", "it lists no layers"));
    std::vector<json> all(layers->begin(), layers->end());
    if (const auto config = root->find("config"); config != root->end())
        all.push_back(*config);
    std::vector<OllamaLayer> out;
    std::map<std::string_view, int> counts;
    for (const json &layer : all) {
        const auto text_ = [&layer](const char *field) {
            return layer.is_object() && layer.contains(field) && layer[field].is_string() ? layer[field].get<std::string>() : std::string();
        };
        const std::string type = text_("mediaType"), digest = text_("digest");
        const auto hash = digest.starts_with(kDigestPrefix) ? expectedOfHash(digest.substr(kDigestPrefix.size()), where) : std::nullopt;
        if (!hash || hash->git)
            return damaged(where, ASSAY_TEXT("Reason", "a layer's digest is no SHA-256"));
        const std::string name = layerName(type, counts);
        const bool sized = layer.contains("size") && layer["size"].is_number_unsigned();
        if (!name.empty())
            out.push_back({name, type, hash->hash, sized ? std::optional(layer["size"].get<uint64_t>()) : std::nullopt});
    }
    const bool model = std::any_of(out.begin(), out.end(), [](const OllamaLayer &layer) { return layer.mediaType.ends_with(kKinds[0].type); });
    return model ? Result<std::vector<OllamaLayer>>(std::move(out)) : damaged(where, ASSAY_TEXT("Reason", "it has no layer with a model"));
}

bool isOllamaModel(const fs::path &path)
{
    std::error_code ignored;
    const fs::path store = storeOf(path);
    if (store.empty())
        return false;
    const fs::path whole = fs::absolute(path, ignored).lexically_normal();
    if (!fs::exists(whole, ignored))
        return true;
    const bool storeItself = whole == store || whole / "models" == store || (!whole.has_filename() && whole.parent_path() == store);
    const auto parts = partsBelow(whole, store);
    return storeItself || (fs::is_regular_file(whole, ignored) && !parts.empty() && parts.front() == "manifests");
}

Result<std::shared_ptr<const FileSet>> openOllamaModel(const fs::path &path)
{
    const fs::path store = storeOf(path);
    const auto manifest = chooseManifest(path, store);
    if (!manifest)
        return tl::unexpected(manifest.error());
    const auto text = readWholeFile(manifest->path, kManifestLimit);
    if (!text)
        return tl::unexpected(text.error());
    const auto layers = parseOllamaManifest(*text, manifest->path.string());
    if (!layers)
        return tl::unexpected(layers.error());
    return std::make_shared<const OllamaFiles>(store, *manifest, path.string(), *layers);
}

} // namespace assay
