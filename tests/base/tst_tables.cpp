// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/finding.h"

#include <QtTest>

using namespace assay;

/// The tables of errors and findings: ids are a contract with scripts, patterns must take their arguments.
class TestTables : public QObject
{
    Q_OBJECT

private slots:
    void errorIdsAreUniqueAndLeadBack()
    {
        QSet<QString> ids;
        for (int i = 0; i < int(ErrorCode::Count_); ++i) {
            const ErrorDefinition &row = definitionOf(ErrorCode(i));
            ids.insert(QString::fromLatin1(row.id));
            QCOMPARE(int(errorCodeFromId(row.id)), i);
            QVERIFY2(*row.pattern != '\0', row.id);
        }
        QCOMPARE(ids.size(), int(ErrorCode::Count_));
        QCOMPARE(int(errorCodeFromId("no.such.error")), int(ErrorCode::Internal));
    }

    void findingIdsAreUnique()
    {
        QSet<QString> ids;
        for (int i = 0; i < int(FindingCode::Count_); ++i) {
            const FindingDefinition &row = definitionOf(FindingCode(i));
            ids.insert(QString::fromLatin1(row.id));
            QVERIFY2(*row.pattern != '\0' && *row.why != '\0', row.id);
        }
        QCOMPARE(ids.size(), int(FindingCode::Count_));
    }

    void errorSentenceSaysWhatWhereAndWhatToDo()
    {
        const auto error = failure(ErrorCode::SafetensorsTooShort, {"3"}, "model.safetensors").value();
        QCOMPARE(QString::fromStdString(error.sentence()),
                 QStringLiteral("The file has 3 bytes; a safetensors file has at least 8 (model.safetensors). "
                                "The download is incomplete; download the file again."));
    }

    void whatEndsItselfGetsNoSecondStop()
    {
        const Error error{ErrorCode::UrlInvalid, {"x", "No such model."}, {}};
        QVERIFY2(error.sentence().find("No such model. ") != std::string::npos, error.sentence().c_str());
    }
    void sentencesAreTranslatedByPattern()
    {
        const Translate shout = [](const char *context, const char *source) {
            return std::string(context) + ":" + source;
        };
        const Finding finding{FindingCode::HashWrong, {"a.bin", "a list"}, "a.bin", {}};
        QCOMPARE(QString::fromStdString(finding.sentence(shout)),
                 QStringLiteral("Finding:Reason:a.bin does not have the hash that Reason:a list declares"));
    }

    void wholeNumbersAreGrouped()
    {
        const auto sentence = [](const char *config, const char *tensors) {
            return QString::fromStdString(Finding{FindingCode::LayersDisagree, {config, tensors}, "model.layers", {}}.sentence());
        };
        QCOMPARE(sentence("61", "1234567"), QStringLiteral("The config declares 61 layers, the tensors have 1,234,567"));
        QCOMPARE(sentence("007", "-5000"), QStringLiteral("The config declares 007 layers, the tensors have -5,000"));
        QCOMPARE(sentence("12345x", "99999999999999999999"),
                 QStringLiteral("The config declares 12345x layers, the tensors have 99999999999999999999"));
        const auto error = failure(ErrorCode::SafetensorsHeaderBeyondFile, {"22890", "1000"}).value();
        QVERIFY2(error.sentence().starts_with("The header declares 22,890 bytes, but the file has only 1,000."),
                 error.sentence().c_str());
    }

    void anErrorBehindAFindingIsTranslated()
    {
        const Translate shout = [](const char *context, const char *source) {
            return std::string(context) == "Error" ? "!" + std::string(source) : std::string(source);
        };
        // Where the error is, the finding names already.
        const auto error = failure(ErrorCode::SafetensorsTooShort, {"1"}, "a.safetensors").value();
        const Finding finding = findingOf(FindingCode::ShardUnreadable, {"a.safetensors"}, error, "a.safetensors");
        QCOMPARE(QString::fromStdString(finding.sentence()),
                 QStringLiteral("The shard a.safetensors cannot be read: The file has 1 byte; a safetensors file has at "
                                "least 8. The download is incomplete; download the file again."));
        QVERIFY(finding.sentence(shout).find("!The file has 1 byte;") != std::string::npos);
    }

    void evidenceIsTranslatedByPattern()
    {
        const Translate shout = [](const char *context, const char *source) {
            return std::string(context) + ":" + source;
        };
        Finding finding{FindingCode::LayersDisagree, {"61", "28"}, "model.layers", "%1 {1:name|names} of %2", {"1", "%1"}};
        QCOMPARE(finding.shownEvidence(), std::string("1 name of %1"));
        QCOMPARE(finding.shownEvidence(shout), std::string("Reason:1 name of Reason:%1"));
        // Without arguments it is a name, which may look like a pattern.
        finding.evidence = "odd{1:a|b}%1";
        finding.evidenceArguments.clear();
        QCOMPARE(finding.shownEvidence(), std::string("odd{1:a|b}%1"));
    }

    void exitCodesAreTheDocumentedOnes()
    {
        const QSet<int> documented{64, 65, 69, 70, 74, 130};
        for (int i = 0; i < int(ErrorCode::Count_); ++i)
            QVERIFY2(documented.contains(int(definitionOf(ErrorCode(i)).exitCode)), definitionOf(ErrorCode(i)).id);
    }
};

QTEST_APPLESS_MAIN(TestTables)
#include "tst_tables.moc"
