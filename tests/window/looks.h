// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/theme.h"
#include "widgets/shell/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QTest>
#include <QTranslator>
#include <QWidget>

namespace assay {

/// Rows of a test that shows the window: light, dark, in Chinese.
inline void addLooks()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("language");
    QTest::newRow("light") << false << QString();
    QTest::newRow("dark") << true << QString();
    QTest::newRow("zh_CN") << false << QStringLiteral("zh_CN");
}

/// One of these looks, for as long as it lives.
class Look
{
public:
    Look(bool dark, const QString &language)
    {
        applyColorScheme(dark ? ColorScheme::Dark : ColorScheme::Light);
        if (language.isEmpty())
            return;
        m_isWhole = m_translator.load(QStringLiteral("assay_") + language, QStringLiteral(ASSAY_BINARY_DIR "/translations"));
        QCoreApplication::installTranslator(&m_translator);
        applyLanguageFont(language);
    }
    ~Look()
    {
        applyColorScheme(ColorScheme::Light);
        applyLanguageFont(QStringLiteral("en"));
    }
    Look(const Look &) = delete;
    Look &operator=(const Look &) = delete;
    bool isWhole() const { return m_isWhole; } ///< the language was found

private:
    QTranslator m_translator; // takes itself out again
    bool m_isWhole = true;
};

/// Saves the window as screenshots/NAME.png of the build folder.
inline bool saveScreenshot(QWidget &window, const QString &name)
{
    const QString folder = QStringLiteral(ASSAY_BINARY_DIR "/screenshots");
    return QDir().mkpath(folder) && window.grab().save(folder + u'/' + name + QStringLiteral(".png"));
}

} // namespace assay
