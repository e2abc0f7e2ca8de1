// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/file.h"
#include "core/identify/profile.h"

#include <QDir>
#include <QString>
#include <vector>

namespace assay::test {

/// Those that come with Assay.
inline std::vector<Profile> shippedProfiles()
{
    std::vector<Profile> out;
    const QDir folder(QStringLiteral(ASSAY_SOURCE_DIR "/resources/profiles"));
    for (const QString &name : folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        const auto content = readWholeFile(folder.filePath(name).toStdString(), 4 << 20);
        auto profile = content ? readProfile(*content, name.toStdString()) : tl::unexpected(content.error());
        if (!profile)
            qFatal("%s: %s", qPrintable(name), profile.error().sentence().c_str());
        out.push_back(std::move(*profile));
    }
    return out;
}

inline std::vector<FoundFacts> factsOf(const std::vector<Profile> &profiles)
{
    std::vector<FoundFacts> out;
    for (const Profile &profile : profiles)
        out.push_back(profile.facts);
    return out;
}

inline const Profile &profileNamed(const std::vector<Profile> &profiles, const std::string &id)
{
    for (const Profile &profile : profiles) {
        if (profile.id == id)
            return profile;
    }
    qFatal("there is no profile %s", id.c_str());
}

} // namespace assay::test
