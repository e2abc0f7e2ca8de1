// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

/// What the program remembers, each key with its type and default in one line. Where it is kept is QSettings'
/// business: tests set another default format and path.
namespace assay {

template <class T> struct Setting
{
    const char *key;
    T fallback{};
    T get() const
    {
        return QSettings().value(QLatin1String(key), QVariant::fromValue(fallback)).template value<T>();
    }
    void set(const T &value) const { QSettings().setValue(QLatin1String(key), QVariant::fromValue(value)); }
};

namespace settings {
inline const Setting<QString> kLanguage{"language", {}};           ///< empty: the system's
inline const Setting<QString> kColorScheme{"colorScheme", {}};     ///< colorSchemeName()
inline const Setting<QString> kWorkerCommand{"workerCommand", {}}; ///< empty: the worker beside this program
inline const Setting<bool> kRestoreSession{"restoreSession", true};
inline const Setting<bool> kDtypesApart{"compare/dtypesApart", true}; ///< a column for each dtype that was measured
inline const Setting<QStringList> kRecentSubjects{"recentSubjects", {}};
inline const Setting<QByteArray> kGeometry{"window/geometry", {}};
inline const Setting<QByteArray> kMainSplitter{"window/mainSplitter", {}};
inline const Setting<QStringList> kLayerColumns{"inspect/layerColumns", {}}; ///< numbers of LayerModel::Column
inline const Setting<QString> kLastFolder{"lastFolder", {}};
inline const Setting<QString> kReviewer{"reviewer", {}}; ///< who acknowledges findings
inline const Setting<QStringList> kWatches{"watch/files", {}};     ///< that were open
inline const Setting<bool> kTrayAlerts{"watch/trayAlerts", true};
} // namespace settings

} // namespace assay
