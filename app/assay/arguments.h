// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/run.h"
#include "core/service/keys.h"
#include "core/service/workerclient.h"

#include <QCommandLineParser>
#include <QStringList>
#include <optional>
#include <vector>

namespace assay {

/// The plan of somebody who says nothing: runs and warm-up are fitted to the subject.
BenchPlan usualPlan();

/// The options of one command. Every command knows --help and --json.
class Arguments
{
public:
    /// usage: what follows the command's name, for example "SUBJECT...".
    Arguments(const char *command, const QString &description, const QString &usage);
    void addFlag(const QString &name, const QString &help);
    void addOption(const QString &name, const QString &value, const QString &help, const QString &fallback = {});
    /// --device, --dtype and --worker, shared by every command that runs a model. several: --dtype takes a list, and --what-if
    /// more of them.
    void addModelOptions(const QString &dtype, bool several = false);
    /// --key-env, for commands that ask endpoints; keyPlace() is what it says.
    void addKeyOption();
    KeyPlace keyPlace() const;
    /// --prompt-tokens, --output-tokens, --batch, --depth, --runs, --warmup, --input, --decoding, --streamed, --seed.
    void addPlanOptions();

    /// False when the command is over already (help shown, wrong usage): exitCode() says how.
    bool parse(const QStringList &arguments, int minimumSubjects, int maximumSubjects);
    int exitCode() const { return m_exitCode; }

    /// With --machine as MACHINE:PATH.
    QStringList subjects() const;
    bool isSet(const QString &name) const { return m_parser.isSet(name); }
    QString value(const QString &name) const { return m_parser.value(name); }
    QStringList values(const QString &name) const { return m_parser.values(name); }
    bool json() const { return isSet(QStringLiteral("json")); }

    /// "1,2,3" as numbers of at least this; an empty option gives an empty list.
    Result<std::vector<int64_t>> integers(const QString &name, int64_t minimum) const;
    /// One such list of an option that may be given several times.
    Result<std::vector<int64_t>> integerList(const QString &name, const QString &list, int64_t minimum) const;
    Result<int64_t> integer(const QString &name, int64_t minimum) const;
    /// A number for which allowed holds; it is not asked of what is no number. range: "a number from 0 on".
    Result<double> real(const QString &name, bool (*allowed)(double), const QString &range) const;
    /// What --dtype and --what-if name, each once.
    std::vector<std::string> dtypes() const;
    /// A plan for each dtype, to be fitted to each subject (planFor): the base with what the options say.
    Result<std::vector<BenchPlan>> plans(const BenchPlan &base = usualPlan()) const;
    WorkerCommand worker() const;

private:
    Result<BenchPlan> plan(BenchPlan plan) const;
    QCommandLineParser m_parser;
    QString m_command, m_usage;
    QStringList names(const QString &option) const; ///< "a, b" as two
    QString noWhatIf() const;                       ///< what --what-if names that is none; else empty
    bool m_runsModels = false, m_severalDtypes = false;
    int m_exitCode = 0;
};

} // namespace assay
