// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remoteplaces.h"

#include "core/format/filetree.h"
#include "core/format/htmllisting.h"
#include "core/format/shardindex.h"
#include "core/format/weightformat.h"
#include "core/service/remoteaddress.h"
#include "core/service/remotefiles.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace assay {
namespace {

constexpr uint64_t kListingLimit = 4'000'000; // bytes of a page about a folder
constexpr int kMostPages = 200;               // of a hub's list of files
constexpr const char *kUsualHub = "https://huggingface.co";

/// What a model's folder may hold, where nothing lists it.
constexpr std::array kUsualNames{
    "README.md", "adapter_config.json", "adapter_model.safetensors", "added_tokens.json", "chat_template.jinja",
    "config.json", "generation_config.json", "merges.txt", "model.safetensors", "model.safetensors.index.json",
    "pytorch_model.bin", "pytorch_model.bin.index.json", "special_tokens_map.json", "tokenizer.json",
    "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt"};

using Client = std::shared_ptr<const HttpClient>;
using Opened = Result<std::shared_ptr<const FileSet>>;

bool isWeightName(std::string_view name)
{
    for (const WeightFormat &format : weightFormats()) {
        for (const std::string_view extension : format.extensions) {
            if (name.ends_with(extension))
                return true;
        }
    }
    return false;
}

std::string joined(const std::vector<std::string> &parts)
{
    std::string out;
    for (const std::string &part : parts)
        out += "/" + urlEncoded(part);
    return out;
}

/// The repository as part of a URL, its "/" kept.
std::string encodedRepository(const HubPlace &hub)
{
    const size_t slash = hub.repository.find('/');
    return urlEncoded(hub.repository.substr(0, slash)) + "/" + urlEncoded(hub.repository.substr(slash + 1));
}

RemotePlace filePlace(const RemoteAddress &address)
{
    RemoteAddress folder = address;
    folder.parts.pop_back();
    RemotePlace place;
    place.base = folder.url();
    place.query = address.query;
    place.location = address.url() + address.query;
    place.chosenFile = address.parts.back();
    place.name = std::filesystem::path(place.chosenFile).stem().string();
    return place;
}

/// The names of all shards of the set that this one is of; none when it is no shard.
std::vector<std::string> shardsOfSet(const std::string &name)
{
    std::vector<std::string> names;
    const auto shard = parseShardName(name);
    for (uint64_t number = 1; shard && shard->count <= kShardCountLimit && number <= shard->count; ++number)
        names.push_back(shardFileName(*shard, number));
    return names;
}

/// A chosen file, with the others of its set when its name says that there are some, and the configs beside it.
Opened chosenFile(const Client &client, const RemoteAddress &address)
{
    RemotePlace place = filePlace(address);
    const std::string chosen = place.chosenFile, location = place.location;
    auto files = std::make_shared<RemoteFiles>(client, std::move(place));
    std::vector<std::string> guessed = shardsOfSet(chosen);
    for (const std::string &name : {std::string("config.json"), std::string("generation_config.json"), chosen}) {
        if (std::find(guessed.begin(), guessed.end(), name) == guessed.end())
            guessed.push_back(name);
    }
    files->addPresent(guessed);
    if (!files->find(chosen))
        return failure(ErrorCode::NoModelThere, {location});
    if (const auto there = files->open(chosen); !there)
        return tl::unexpected(there.error());
    return files;
}

/// The URL of the next page of a list: <URL>; rel="next".
std::string nextPage(const std::string &link, const std::string &origin)
{
    const size_t next = link.find("rel=\"next\"");
    const size_t end = next == std::string::npos ? next : link.rfind('>', next);
    const size_t begin = end == std::string::npos ? end : link.rfind('<', end);
    const std::string url = begin == std::string::npos ? std::string() : link.substr(begin + 1, end - begin - 1);
    return originOf(url) == origin ? url : std::string();
}

/// All files of a hub's folder, page by page. NoModelThere when this is no hub.
Result<FileTree> hubTree(const Client &client, const RemoteAddress &address, const HubPlace &hub)
{
    const std::string first = address.origin + "/api/models/" + encodedRepository(hub) + "/tree/"
                              + urlEncoded(hub.revision) + joined(hub.folder);
    FileTree all;
    std::string url = first;
    for (int page = 0; !url.empty() && page < kMostPages; ++page) {
        const auto answer = client->get({url, std::nullopt, kFileTreeLimit});
        if (!answer)
            return tl::unexpected(answer.error());
        if (answer->status == 404)
            return failure(ErrorCode::NoModelThere, {address.url()});
        if (answer->status != 200 || answer->cut)
            return tl::unexpected(refusal(*answer, url));
        auto tree = parseHubTree(answer->body, url);
        if (!tree)
            return tl::unexpected(page == 0 ? Error{ErrorCode::NoModelThere, {address.url()}, {}} : tree.error());
        all.insert(all.end(), tree->begin(), tree->end());
        url = all.size() < kFileTreeCount ? nextPage(answer->link, address.origin) : std::string();
    }
    return all;
}

Opened hubFolder(const Client &client, const RemoteAddress &address, const HubPlace &hub)
{
    const auto tree = hubTree(client, address, hub);
    if (!tree)
        return tl::unexpected(tree.error());
    RemotePlace place;
    place.location = address.url();
    place.name = hub.repository;
    place.chosenFile = hub.file;
    place.base = address.origin + "/" + encodedRepository(hub) + "/resolve/" + urlEncoded(hub.revision) + joined(hub.folder);
    std::string prefix;
    for (const std::string &folder : hub.folder)
        prefix += folder + "/";
    for (FileEntry entry : *tree) {
        entry.name.erase(0, entry.name.starts_with(prefix) ? prefix.size() : 0);
        if (entry.name.find('/') == std::string::npos)
            place.files.push_back(std::move(entry));
    }
    std::sort(place.files.begin(), place.files.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    const auto chosen = [&hub](const FileEntry &entry) { return entry.name == hub.file; };
    const bool there = hub.file.empty() ? !place.files.empty() : std::any_of(place.files.begin(), place.files.end(), chosen);
    if (!there)
        return failure(ErrorCode::NoModelThere, {address.url()});
    return std::make_shared<const RemoteFiles>(client, std::move(place));
}

/// The names of the shards that an index speaks of, from its first bytes; they tell all others.
std::vector<std::string> shardsNamedIn(const std::string &head)
{
    std::vector<std::string> names;
    for (size_t quote = head.find('"'); quote != std::string::npos && names.empty();) {
        const size_t end = head.find('"', quote + 1);
        if (end == std::string::npos)
            break;
        const std::string text = head.substr(quote + 1, end - quote - 1);
        if (isWeightName(text) && isPlainName(text))
            names = shardsOfSet(text);
        quote = head.find('"', end + 1);
    }
    return names;
}

bool hasWeights(const std::vector<std::string> &names)
{
    return std::any_of(names.begin(), names.end(), [](const std::string &name) { return isWeightName(name) || name == "config.json"; });
}

/// A folder without a page about it: what models usually hold is asked for by name.
Opened guessedFolder(const Client &client, RemotePlace place)
{
    auto files = std::make_shared<RemoteFiles>(client, std::move(place));
    files->addPresent(std::vector<std::string>(kUsualNames.begin(), kUsualNames.end()));
    for (const char *index : {"model.safetensors.index.json", "pytorch_model.bin.index.json"}) {
        const auto opened = files->open(index);
        const auto head = opened ? (*opened)->readText(0, std::min((*opened)->size(), RemoteFile::kFirstBytes))
                                 : Result<std::string>(std::string());
        if (head)
            files->addPresent(shardsNamedIn(*head));
    }
    return files;
}

/// Any folder of any server.
Opened plainFolder(const Client &client, const RemoteAddress &address)
{
    const std::string url = address.url();
    const std::array<HttpRequest, 2> requests{HttpRequest{url + "/", std::nullopt, kListingLimit},
                                              RemoteFile::firstRequest(url + "/config.json")};
    const auto answers = client->getAll(requests);
    if (!answers[0] && !answers[1])
        return tl::unexpected(answers[1].error());
    RemotePlace place;
    place.location = place.base = url;
    place.name = address.parts.empty() ? address.origin.substr(address.origin.find("://") + 3) : address.parts.back();
    if (answers[0] && answers[0]->status == 200 && answers[0]->contentType.starts_with("text/html")) {
        const auto names = namesInListing(answers[0]->body, joined(address.parts));
        for (const std::string &name : names)
            place.files.push_back({name, std::nullopt, std::nullopt, true});
        if (hasWeights(names))
            return std::make_shared<const RemoteFiles>(client, std::move(place));
        place.files.clear();
    }
    if (answers[1] && RemoteFile::begin(client, url, *answers[1]))
        return guessedFolder(client, std::move(place));
    const auto &told = answers[1] ? answers[1] : answers[0];
    if (told && told->status != 404 && told->status != 410 && told->status != 200)
        return tl::unexpected(refusal(*told, url));
    return failure(ErrorCode::NoModelThere, {url});
}

/// Weights under a foreign name: told by their first bytes.
bool isWeightFile(const Client &client, const RemoteAddress &address)
{
    const std::string url = address.url() + address.query;
    auto answer = client->get(RemoteFile::firstRequest(url));
    const auto file = answer ? RemoteFile::begin(client, url, std::move(*answer)) : tl::unexpected(answer.error());
    return file && formatOf(**file, address.parts.back()) != nullptr;
}

} // namespace

HttpSettings settingsFromEnvironment()
{
    const auto value = [](const char *name, const char *otherwise) {
        const char *text = std::getenv(name);
        return std::string(text != nullptr ? text : otherwise);
    };
    HttpSettings settings;
    settings.token = value("HF_TOKEN", "");
    // A line end from the file that it was read from would begin a header of its own.
    std::erase_if(settings.token, [](unsigned char c) { return c <= ' ' || c == 0x7F; });
    settings.tokenOrigin = originOf(value("HF_ENDPOINT", kUsualHub));
    return settings;
}

Result<std::shared_ptr<const FileSet>> openRemoteFiles(const std::string &url, std::stop_token stop,
                                                       FetchProgress progress, const HttpSettings &settings)
{
    auto address = parseAddress(url);
    if (!address)
        return tl::unexpected(address.error());
    const auto client = std::make_shared<const HttpClient>(settings, std::move(stop), std::move(progress));
    auto hub = hubPlace(*address);
    // The address of a config, an index or a card means its folder.
    const auto meansFolder = [](const std::string &file) { return file.ends_with(".json") || file.ends_with(".md"); };
    if (hub && meansFolder(hub->file))
        hub->file.clear();
    if (hub && (hub->certain || address->origin == settings.tokenOrigin))
        return hubFolder(client, *address, *hub);
    if (!address->parts.empty() && isWeightName(address->parts.back()))
        return chosenFile(client, *address);
    if (!address->parts.empty() && meansFolder(address->parts.back()))
        address->parts.pop_back();
    auto folder = plainFolder(client, *address);
    const auto endsIt = [](ErrorCode code) {
        return code == ErrorCode::Cancelled || code == ErrorCode::ServerUnreachable || code == ErrorCode::ServerBusy;
    };
    if (folder || endsIt(folder.error().code))
        return folder;
    if (hub) {
        if (auto repository = hubFolder(client, *address, *hub))
            return repository;
    }
    if (!address->parts.empty() && isWeightFile(client, *address))
        return chosenFile(client, *address);
    return folder;
}

} // namespace assay
