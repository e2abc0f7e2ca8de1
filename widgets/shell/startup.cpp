// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/startup.h"

#include "widgets/common/settings.h"
#include "widgets/common/style.h"
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
    // The palette holds in it; the desktop's own styles bring colours of theirs.
    QApplication::setStyle(new Style);
    applyColorScheme(colorSchemeFromName(settings::kColorScheme.get()));
    applyLanguage(settings::kLanguage.get());
    QApplication::setWindowIcon(assayIcon());
}

} // namespace assay
