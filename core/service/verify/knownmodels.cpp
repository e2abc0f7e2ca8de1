// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/verify/knownmodels.h"

#include "core/base/file.h"
#include "core/service/resources.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace assay {
namespace {

constexpr uint64_t kMostProfileBytes = 4u << 20;

QString ownProfiles()
{
    return QFileInfo(storeFile()).dir().filePath(QStringLiteral("profiles"));
}

void readFolder(const QString &path, std::vector<Profile> &profiles, std::vector<Error> *problems)
{
    for (const QFileInfo &file : QDir(path).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const auto content = readWholeFile(file.filePath().toStdString(), kMostProfileBytes);
        auto profile = content ? readProfile(*content, file.fileName().toStdString()) : Result<Profile>(tl::unexpected(content.error()));
        if (!profile) {
            if (problems)
                problems->push_back(profile.error());
            continue;
        }
        const auto same = std::find_if(profiles.begin(), profiles.end(), [&](const Profile &one) { return one.id == profile->id; });
        if (same == profiles.end())
            profiles.push_back(std::move(*profile));
        else
            *same = std::move(*profile);
    }
}

const Profile *profileCalled(const QString &name, const std::vector<Profile> &profiles)
{
    const auto is = [&name](const std::string &one) { return toQString(one).compare(name, Qt::CaseInsensitive) == 0; };
    for (const Profile &profile : profiles) {
        if (is(profile.id) || std::any_of(profile.names.begin(), profile.names.end(), is))
            return &profile;
    }
    return nullptr;
}

} // namespace

std::vector<Profile> knownProfiles(std::vector<Error> *problems)
{
    std::vector<Profile> out;
    readFolder(resourcePath(QStringLiteral("profiles")), out, problems);
    readFolder(ownProfiles(), out, problems);
    return out;
}

Result<std::filesystem::path> addProfile(const Profile &profile)
{
    static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"));
    if (!kPlain.match(toQString(profile.id)).hasMatch())
        return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Command", "%1 is no name for a profile: letters, digits, dots, dashes").arg(toQString(profile.id)).toStdString()});
    const QDir folder(ownProfiles());
    folder.mkpath(QStringLiteral("."));
    const std::filesystem::path file(folder.filePath(toQString(profile.id) + QStringLiteral(".json")).toStdString());
    if (const auto written = writeFileAtomically(file, profileToJson(profile).dump(1) + '\n'); !written)
        return tl::unexpected(written.error());
    return file;
}

std::vector<KnownClaim> knownClaims(const std::vector<Profile> &profiles)
{
    std::vector<KnownClaim> out;
    for (const QFileInfo &file : QDir(resourcePath(QStringLiteral("claims"))).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const auto sheet = readClaimSheet(std::filesystem::path(file.filePath().toStdString()));
        out.push_back({file.completeBaseName().toStdString(), sheet ? sheet->title : sheet.error().sentence()});
    }
    for (const Profile &profile : profiles)
        out.push_back({profile.id, profile.title, true});
    return out;
}

Result<ClaimSheet> findClaimSheet(const QString &nameOrFile, const std::vector<Profile> &profiles)
{
    const QString shipped = resourcePath(QStringLiteral("claims/%1.json").arg(nameOrFile));
    if (!nameOrFile.contains(u'/') && QFileInfo(shipped).isFile())
        return readClaimSheet(std::filesystem::path(shipped.toStdString()));
    if (QFileInfo(nameOrFile).isFile())
        return readClaimSheet(std::filesystem::path(nameOrFile.toStdString()));
    if (const Profile *profile = profileCalled(nameOrFile, profiles))
        return claimSheetOf(*profile);
    return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Command", "There is no claim sheet or file %1; assay verify --claims lists those that are known").arg(nameOrFile).toStdString()});
}

} // namespace assay
