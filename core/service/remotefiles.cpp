// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remotefiles.h"

#include "core/service/remoteaddress.h"

#include <algorithm>

namespace assay {

RemoteFiles::RemoteFiles(std::shared_ptr<const HttpClient> client, RemotePlace place)
    : m_client(std::move(client)), m_place(std::move(place))
{
}

std::string RemoteFiles::urlOf(const std::string &name) const
{
    return m_place.base + "/" + urlEncoded(name) + m_place.query;
}

std::optional<RemoteFiles::Opened> RemoteFiles::known(const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_opened.find(name);
    return found != m_opened.end() ? std::optional(found->second) : std::nullopt;
}

Result<std::shared_ptr<const ByteSource>> RemoteFiles::open(const std::string &name) const
{
    if (!find(name))
        return failure(ErrorCode::FileMissing, {name});
    if (!known(name))
        openAll(std::span(&name, 1));
    const auto opened = known(name);
    if (!opened || !*opened)
        return tl::unexpected(opened ? opened->error() : Error{ErrorCode::Cancelled, {}, {}});
    return std::shared_ptr<const ByteSource>(**opened);
}

/// Asks for the start of each file that was not asked for before.
void RemoteFiles::openAll(std::span<const std::string> names) const
{
    std::vector<std::string> wanted;
    std::vector<HttpRequest> requests;
    for (const std::string &name : names) {
        if (known(name))
            continue;
        wanted.push_back(name);
        requests.push_back(RemoteFile::firstRequest(urlOf(name)));
    }
    auto answers = m_client->getAll(requests);
    for (size_t i = 0; i < wanted.size(); ++i) {
        Opened opened = answers[i] ? RemoteFile::begin(m_client, requests[i].url, std::move(*answers[i]))
                                   : Opened(tl::unexpected(answers[i].error()));
        const std::lock_guard lock(m_mutex);
        m_opened.insert_or_assign(wanted[i], std::move(opened));
    }
}

/// Asks for what is left of the headers whose length the first bytes tell.
void RemoteFiles::fetchHeaders(std::span<const std::string> names) const
{
    std::vector<std::shared_ptr<const RemoteFile>> files;
    std::vector<HttpRequest> requests;
    for (const std::string &name : names) {
        const auto opened = known(name);
        const auto rest = opened && *opened ? (**opened)->restOfHeader() : std::nullopt;
        if (!rest)
            continue;
        files.push_back(**opened);
        requests.push_back(*rest);
    }
    auto answers = m_client->getAll(requests);
    for (size_t i = 0; i < files.size(); ++i) {
        // What fails here is asked for again when it is read, and told then.
        if (answers[i])
            static_cast<void>(files[i]->take(requests[i], std::move(*answers[i])));
    }
}

Result<void> RemoteFiles::prefetch(std::span<const std::string> names) const
{
    std::vector<std::string> present;
    std::copy_if(names.begin(), names.end(), std::back_inserter(present),
                 [this](const std::string &name) { return find(name) != nullptr; });
    openAll(present);
    const auto failed = [this](const std::string &name) { return !known(name)->has_value(); };
    if (!present.empty() && std::all_of(present.begin(), present.end(), failed))
        return tl::unexpected(known(present.front())->error());
    fetchHeaders(present);
    return {};
}

void RemoteFiles::addPresent(std::span<const std::string> guessed)
{
    openAll(guessed);
    for (const std::string &name : guessed) {
        const auto opened = known(name);
        if (find(name) || (!*opened && opened->error().code == ErrorCode::FileMissing))
            continue;
        const auto bytes = *opened ? std::optional((**opened)->size()) : std::nullopt;
        const auto place = std::lower_bound(m_place.files.begin(), m_place.files.end(), name,
                                            [](const FileEntry &entry, const std::string &wanted) { return entry.name < wanted; });
        m_place.files.insert(place, {name, bytes, std::nullopt, true});
    }
}

} // namespace assay
