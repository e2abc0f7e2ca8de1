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

QString besideStore(const char *folder)
{
    return QFileInfo(storeFile()).dir().filePath(QLatin1String(folder));
}

QString ownProfiles()
{
    return besideStore("profiles");
}

/// Of the user's own sheet of this name, whether there is one or not.
QString ownSheet(const QString &name)
{
    return QDir(besideStore("claims")).filePath(name + QStringLiteral(".json"));
}

QString shippedSheet(const QString &name)
{
    return resourcePath(QStringLiteral("claims/%1.json").arg(name));
}

/// As a file's name it stays in its folder, on a command line it is one word.
bool isPlainName(const std::string &name)
{
    static const QRegularExpression kPlain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"));
    return kPlain.match(toQString(name)).hasMatch();
}

tl::unexpected<Error> badName(const char *sentence, const std::string &name)
{
    return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Command", sentence).arg(toQString(name)).toStdString()});
}

/// Writes into a folder of the user's, which is made where it is not there yet.
Result<std::filesystem::path> writeBesideStore(const QString &path, const nlohmann::json &content)
{
    QFileInfo(path).dir().mkpath(QStringLiteral("."));
    const std::filesystem::path file(path.toStdString());
    if (const auto written = writeFileAtomically(file, content.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n'); !written)
        return tl::unexpected(written.error());
    return file;
}

void listSheets(const QString &folder, bool own, std::vector<KnownClaim> &out)
{
    for (const QFileInfo &file : QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const auto sheet = readClaimSheet(std::filesystem::path(file.filePath().toStdString()));
        std::string name = file.completeBaseName().toStdString();
        std::string title = !sheet ? sheet.error().sentence() : sheet->title.empty() ? name : sheet->title;
        out.push_back({std::move(name), std::move(title), false, own});
    }
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
    if (!isPlainName(profile.id))
        return badName(QT_TRANSLATE_NOOP("Command", "%1 is no name for a profile: letters, digits, dots, dashes"), profile.id);
    return writeBesideStore(QDir(ownProfiles()).filePath(toQString(profile.id) + QStringLiteral(".json")), profileToJson(profile));
}

std::vector<KnownClaim> knownClaims(const std::vector<Profile> &profiles)
{
    std::vector<KnownClaim> out;
    listSheets(resourcePath(QStringLiteral("claims")), false, out);
    listSheets(besideStore("claims"), true, out);
    for (const Profile &profile : profiles)
        out.push_back({profile.id, profile.title, true});
    return out;
}

Result<std::filesystem::path> keepClaimSheet(const ClaimSheet &sheet, const std::vector<Profile> &profiles, bool replace)
{
    const QString name = toQString(sheet.id);
    if (!isPlainName(sheet.id))
        return badName(QT_TRANSLATE_NOOP("Command", "\"%1\" is no name for a claim sheet: letters, digits, dots, dashes"), sheet.id);
    if (QFileInfo(shippedSheet(name)).isFile() || profileCalled(name, profiles))
        return badName(QT_TRANSLATE_NOOP("Command", "%1 is the name of a known model or of a sheet that comes with Assay"), sheet.id);
    const QString file = ownSheet(name);
    if (!replace && QFileInfo::exists(file))
        return badName(QT_TRANSLATE_NOOP("Command", "There is a claim sheet %1 of yours already"), sheet.id);
    return writeBesideStore(file, claimSheetToJson(sheet));
}

Result<void> removeClaimSheet(const std::string &name)
{
    QFile file(ownSheet(toQString(name)));
    if (isPlainName(name) && file.remove())
        return {};
    return failure(ErrorCode::FileUnwritable, {file.fileName().toStdString(), file.errorString().toStdString()}, file.fileName().toStdString());
}

Result<ClaimSheet> findClaimSheet(const QString &nameOrFile, const std::vector<Profile> &profiles)
{
    if (isPlainName(nameOrFile.toStdString())) {
        for (const QString &file : {shippedSheet(nameOrFile), ownSheet(nameOrFile)}) {
            if (QFileInfo(file).isFile())
                return readClaimSheet(std::filesystem::path(file.toStdString()));
        }
    }
    if (QFileInfo(nameOrFile).isFile())
        return readClaimSheet(std::filesystem::path(nameOrFile.toStdString()));
    if (const Profile *profile = profileCalled(nameOrFile, profiles))
        return claimSheetOf(*profile);
    return failure(ErrorCode::BadUsage, {QCoreApplication::translate("Command", "There is no claim sheet or file %1; assay verify --claims lists those that are known").arg(nameOrFile).toStdString()});
}

} // namespace assay
