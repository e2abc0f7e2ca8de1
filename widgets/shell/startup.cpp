// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/startup.h"

#include "widgets/common/settings.h"
#include "widgets/common/svgicon.h"
#include "widgets/common/theme.h"
#include "widgets/shell/language.h"

#include <QApplication>

namespace assay {

void prepareApplication(QApplication &application)
{
    application.setOrganizationName(QStringLiteral("Assay"));
    application.setApplicationName(QStringLiteral("Assay"));
    application.setApplicationVersion(QStringLiteral(ASSAY_VERSION));
    QApplication::setStyle(
        QStringLiteral("Fusion")); // the palette's colours hold in it; other styles bring their own
    applyColorScheme(colorSchemeFromName(settings::kColorScheme.get()));
    applyLanguage(settings::kLanguage.get());
    QApplication::setWindowIcon(assayIcon());
}

} // namespace assay
