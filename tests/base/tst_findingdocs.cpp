// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/finding.h"

#include <QDir>
#include <QFile>
#include <QtTest>

using namespace assay;

/// docs/FINDINGS.md is made from the declarations: this test makes the text and compares it with the committed file.
/// When they differ it writes the new one beside the test program; copying it over is the whole update.
class TestFindingDocs : public QObject
{
    Q_OBJECT

    static QString cell(const char *text)
    {
        // A bar would begin another column.
        return QString::fromUtf8(text).replace(u'|', QStringLiteral("\\|"));
    }

    static QString document()
    {
        QString out = QStringLiteral(
            "# Findings\n\n"
            "What Assay tells about a subject that is worth a look. Each has a code, which `assay inspect --json` gives\n"
            "as `code` and scripts can rely on, a severity, and the reason why it matters. `%1`, `%2`, ... stand for names\n"
            "and numbers of the subject; of a text that depends on a count the one for many is shown.\n\n"
            "This file is made from `core/base/findingtable.cpp` by the test `tst_findingdocs`; do not edit it.\n");
        for (const Severity severity : {Severity::Problem, Severity::Warning, Severity::Info}) {
            const QString name = QString::fromUtf8(severityName(severity));
            out += QStringLiteral("\n## %1\n\n| Code | What is told | Why it matters |\n|---|---|---|\n")
                       .arg(name.at(0).toUpper() + name.mid(1));
            for (size_t i = 0; i < size_t(FindingCode::Count_); ++i) {
                const FindingDefinition &row = definitionOf(FindingCode(i));
                if (row.severity != severity)
                    continue;
                // Filled in with its own marks, so that a text with a count is shown in its form for many.
                const std::string pattern = fillIn(row.pattern, {"%1", "%2", "%3", "%4", "%5"});
                out += u'|' + QStringLiteral(" `") + cell(row.id) + QStringLiteral("` | ") + cell(pattern.c_str())
                       + QStringLiteral(" | ") + cell(row.why) + QStringLiteral(" |\n");
            }
        }
        return out;
    }

private slots:
    void theDocumentFollowsTheTable()
    {
        const QString wanted = document();
        QFile file(QStringLiteral(ASSAY_SOURCE_DIR "/docs/FINDINGS.md"));
        const QString there = file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        if (there == wanted)
            return;
        const QString path = QCoreApplication::applicationDirPath() + QStringLiteral("/FINDINGS.md");
        QFile made(path);
        QVERIFY(made.open(QIODevice::WriteOnly) && made.write(wanted.toUtf8()) > 0);
        QFAIL(qPrintable(QStringLiteral("docs/FINDINGS.md is not up to date; copy %1 over it").arg(path)));
    }

    void everyFindingIsExplained()
    {
        for (size_t i = 0; i < size_t(FindingCode::Count_); ++i) {
            const FindingDefinition &row = definitionOf(FindingCode(i));
            QVERIFY2(row.pattern[0] != '\0' && row.why[0] != '\0', row.id);
            QVERIFY2(QByteArray(row.why).endsWith('.'), row.id);
        }
    }
};

QTEST_GUILESS_MAIN(TestFindingDocs)
#include "tst_findingdocs.moc"
