// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/arguments.h"

#include "app/assay/console.h"
#include "core/bench/inputspec.h"
#include "core/model/weightvariant.h"
#include "core/service/machines.h"
#include "core/service/subjectfiles.h"
#include "core/service/subjectplan.h"
#include "core/service/translation.h"

#include <QCoreApplication>
#include <QProcess>
#include <cmath>
#include <limits>

namespace assay {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Arguments", text);
}

tl::unexpected<Error> wrong(const QString &option, const QString &reason)
{
    return failure(ErrorCode::BadUsage,
                   {say(QT_TRANSLATE_NOOP("Arguments", "--%1 should be %2")).arg(option, reason).toStdString()});
}

} // namespace

Arguments::Arguments(const char *command, const QString &description, const QString &usage)
    : m_command(QString::fromLatin1(command)), m_usage(usage)
{
    m_parser.setApplicationDescription(description);
    m_parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    addFlag(QStringLiteral("help"), say(QT_TRANSLATE_NOOP("Arguments", "Shows this help.")));
    addFlag(QStringLiteral("json"), say(QT_TRANSLATE_NOOP("Arguments", "Prints the result as JSON.")));
}

void Arguments::addFlag(const QString &name, const QString &help)
{
    m_parser.addOption(QCommandLineOption(name, help));
}

void Arguments::addOption(const QString &name, const QString &value, const QString &help, const QString &fallback)
{
    m_parser.addOption(QCommandLineOption(name, help, value, fallback));
}

void Arguments::addModelOptions(const QString &dtype, bool several)
{
    addOption(QStringLiteral("device"), QStringLiteral("cpu|cuda"),
              say(QT_TRANSLATE_NOOP("Arguments", "Where the model runs.")), QStringLiteral("cpu"));
    const QString one = say(QT_TRANSLATE_NOOP("Arguments", "In which the model is computed; auto: as it is stored; int8: INT8 of the "
                                                           "full model (dynamic), its matrices rounded while they are loaded, on the CPU."));
    addOption(QStringLiteral("dtype"), QStringLiteral("auto|f32|bf16|f16|int8"),
              several ? say(QT_TRANSLATE_NOOP("Arguments", "%1 Several, with commas, are measured one after the other.")).arg(one) : one,
              dtype);
    m_severalDtypes = several;
    if (several)
        addOption(QStringLiteral("what-if"), QStringLiteral("int8,prune50,prune2:4"),
                  say(QT_TRANSLATE_NOOP("Arguments", "Also measures models that exist in memory alone: int8; prune50, with the smallest half of each "
                                                     "matrix set to zero; prune2:4, with two of four numbers kept. bf16+prune50 computes in bf16.")));
    addOption(QStringLiteral("worker"), QStringLiteral("command"),
              say(QT_TRANSLATE_NOOP("Arguments", "How the worker is started, for example \"ssh host assay-worker\".")));
    m_runsModels = true;
    addOption(QStringLiteral("machine"), QStringLiteral("name|command"),
              say(QT_TRANSLATE_NOOP("Arguments", "The machine where models lie and run, one of `assay machines` or a command such as "
                                                 "\"ssh HOST\"; for one model alone: MACHINE:/path/to/model.")));
}

void Arguments::addKeyOption()
{
    addOption(QStringLiteral("key-env"), QStringLiteral("variable"),
              say(QT_TRANSLATE_NOOP("Arguments", "The environment variable that holds the endpoint's key; else the system's key "
                                                 "store is asked, then ASSAY_KEY.")));
}

KeyPlace Arguments::keyPlace() const
{
    return {value(QStringLiteral("key-env"))};
}

void Arguments::addPlanOptions()
{
    addOption(QStringLiteral("prompt-tokens"), QStringLiteral("N,N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Prompt lengths.")), QStringLiteral("64"));
    addOption(QStringLiteral("output-tokens"), QStringLiteral("N,N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Output lengths.")), QStringLiteral("64"));
    addOption(QStringLiteral("batch"), QStringLiteral("N,N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Sequences at a time.")), QStringLiteral("1"));
    addOption(QStringLiteral("depth"), QStringLiteral("N,N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Tokens that the context holds already when the prompt comes.")), QStringLiteral("0"));
    addOption(QStringLiteral("runs"), QStringLiteral("N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Repetitions of each point; 6 give a 95 % interval. Usual: %1, of passes %2."))
                  .arg(BenchPlan().runs)
                  .arg(kPassRuns));
    addOption(QStringLiteral("warmup"), QStringLiteral("N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Runs before, kept but not counted. Usual: %1, of passes %2."))
                  .arg(BenchPlan().warmup)
                  .arg(kPassWarmup));
    addOption(QStringLiteral("cold-loads"), QStringLiteral("N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Loads before the others with the weight files out of the page cache.")), QStringLiteral("0"));
    addFlag(QStringLiteral("no-machine-limits"),
            say(QT_TRANSLATE_NOOP("Arguments", "Does not measure read bandwidth and matrix rate before: a second or two less, and no shares of them.")));
    addOption(QStringLiteral("input"), QStringLiteral("f32[1,3,224,224]"),
              say(QT_TRANSLATE_NOOP("Arguments", "What a TorchScript module is given: type and sizes of a random tensor, i64[1,128]<30522 "
                                                 "for whole numbers below a limit, or int=5, float=0.5, bool=true, none; once for each "
                                                 "argument of its forward.")));
    addOption(QStringLiteral("decoding"), QStringLiteral("auto|eager"),
              say(QT_TRANSLATE_NOOP("Arguments", "On a GPU auto decodes by recorded graphs where the model allows it, eager step by step.")),
              QStringLiteral("auto"));
    addOption(QStringLiteral("prompt"), QStringLiteral("random|text"),
              say(QT_TRANSLATE_NOOP("Arguments", "What prompts of models are made of: random tokens or text. Usual: text for mixtures of experts that "
                                                 "have a tokenizer, since their routing follows what is said; else random tokens.")));
    addFlag(QStringLiteral("streamed"),
            say(QT_TRANSLATE_NOOP("Arguments", "On a GPU each token is copied to the host before the next one begins, as for somebody who "
                                               "reads along.")));
    addOption(QStringLiteral("seed"), QStringLiteral("N"),
              say(QT_TRANSLATE_NOOP("Arguments", "Seed of the random prompts.")), QStringLiteral("1"));
}

bool Arguments::parse(const QStringList &arguments, int minimumSubjects, int maximumSubjects)
{
    const bool parsed = m_parser.parse(QStringList{QStringLiteral("assay")} + arguments);
    if (m_parser.isSet(QStringLiteral("help"))) {
        // The parser's own text does not know the command's name.
        QString text = m_parser.helpText();
        const QString usage = say(QT_TRANSLATE_NOOP("Arguments", "Usage: assay %1 %2 [options]")).arg(m_command, m_usage);
        text.replace(0, text.indexOf(u'\n'), usage);
        printLines(text.trimmed());
        m_exitCode = 0;
        return false;
    }
    const qsizetype count = subjects().size();
    if (!parsed) {
        // The parser's sentences end with a full stop of their own.
        QString problem = m_parser.errorText();
        while (problem.endsWith(u'.') || problem.endsWith(u'。'))
            problem.chop(1);
        m_exitCode = failUsage(problem, json());
    } else if (count < minimumSubjects || count > maximumSubjects) {
        m_exitCode =
            failUsage(say(QT_TRANSLATE_NOOP("Arguments", "Usage: assay %1 %2 [options]")).arg(m_command, m_usage), json());
    } else if (const QString odd = noWhatIf(); !odd.isEmpty()) {
        m_exitCode = failUsage(say(QT_TRANSLATE_NOOP("Arguments", "--what-if knows int8, prune1 to prune99 and prune2:4, not %1")).arg(odd), json());
    } else {
        return true;
    }
    return false;
}

QStringList Arguments::subjects() const
{
    QStringList out = m_parser.positionalArguments();
    const QString machine = m_runsModels ? value(QStringLiteral("machine")) : QString();
    for (QString &subject : out) {
        if (!machine.isEmpty() && machine != QLatin1String(kThisMachine) && !isRemoteSubject(subject.toStdString()))
            subject = machine + u':' + subject;
    }
    return out;
}

Result<std::vector<int64_t>> Arguments::integers(const QString &name, int64_t minimum) const
{
    return integerList(name, value(name), minimum);
}

Result<std::vector<int64_t>> Arguments::integerList(const QString &name, const QString &list, int64_t minimum) const
{
    std::vector<int64_t> out;
    for (const QString &part : list.split(u',', Qt::SkipEmptyParts)) {
        bool valid = false;
        const qint64 number = part.trimmed().toLongLong(&valid);
        if (!valid || number < minimum)
            return wrong(name, say(QT_TRANSLATE_NOOP("Arguments", "whole numbers of at least %1, with commas")).arg(minimum));
        out.push_back(number);
    }
    return out;
}

Result<int64_t> Arguments::integer(const QString &name, int64_t minimum) const
{
    const auto list = integers(name, minimum);
    if (!list || list->size() != 1)
        return wrong(name, say(QT_TRANSLATE_NOOP("Arguments", "one whole number of at least %1")).arg(minimum));
    return list->front();
}

Result<double> Arguments::real(const QString &name, bool (*allowed)(double), const QString &range) const
{
    bool valid = false;
    const double number = value(name).toDouble(&valid);
    if (!valid || !std::isfinite(number) || !allowed(number))
        return wrong(name, range);
    return number;
}

Result<BenchPlan> Arguments::plan(BenchPlan plan) const
{
    struct List
    {
        const char *name;
        std::vector<int64_t> *target;
    };
    for (const List &list : {List{"prompt-tokens", &plan.promptTokens}, List{"output-tokens", &plan.outputTokens},
                             List{"batch", &plan.batches}, List{"depth", &plan.depths}}) {
        const QString name = QString::fromLatin1(list.name);
        if (!isSet(name))
            continue;
        auto values = integers(name, list.target == &plan.depths ? 0 : 1);
        if (!values)
            return tl::unexpected(values.error());
        if (values->empty())
            return wrong(name, say(QT_TRANSLATE_NOOP("Arguments", "whole numbers of at least %1, with commas")).arg(1));
        *list.target = *values;
    }
    const auto given = [this](const char *name, int64_t minimum, int64_t usual) {
        const QString option = QString::fromLatin1(name);
        return isSet(option) ? integer(option, minimum) : Result<int64_t>(usual);
    };
    const auto runs = given("runs", 1, plan.runs), warmup = given("warmup", 0, plan.warmup), seed = given("seed", 0, int64_t(plan.seed));
    const auto coldLoads = given("cold-loads", 0, plan.coldLoads);
    for (const auto *number : {&runs, &warmup, &seed, &coldLoads}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    plan.coldLoads = *coldLoads;
    plan.machineLimits = plan.machineLimits && !isSet(QStringLiteral("no-machine-limits"));
    plan.runs = *runs;
    plan.warmup = *warmup;
    plan.seed = uint64_t(*seed);
    for (const QString &input : values(QStringLiteral("input")))
        plan.inputs.push_back(input.toStdString());
    if (const auto read = parseInputs(plan.inputs); !read)
        return tl::unexpected(read.error());
    plan.decoding = value(QStringLiteral("decoding")).toStdString();
    if (plan.decoding != "auto" && plan.decoding != "eager")
        return wrong(QStringLiteral("decoding"), QStringLiteral("auto|eager"));
    plan.streamed = isSet(QStringLiteral("streamed"));
    if (isSet(QStringLiteral("prompt")))
        plan.prompts = value(QStringLiteral("prompt")).toStdString();
    if (plan.prompts != "auto" && plan.prompts != "random" && plan.prompts != "text")
        return wrong(QStringLiteral("prompt"), QStringLiteral("random|text"));
    plan.device = value(QStringLiteral("device")).toStdString();
    return plan;
}

QStringList Arguments::names(const QString &option) const
{
    QStringList out;
    for (const QString &part : value(option).split(u',', Qt::SkipEmptyParts))
        out << part.trimmed();
    return out;
}

QString Arguments::noWhatIf() const
{
    for (const QString &name : m_severalDtypes ? names(QStringLiteral("what-if")) : QStringList()) {
        if (!isWhatIf(name.toStdString()))
            return name;
    }
    return {};
}

std::vector<std::string> Arguments::dtypes() const
{
    QStringList names = this->names(QStringLiteral("dtype"));
    if (m_severalDtypes)
        names += this->names(QStringLiteral("what-if"));
    names.removeDuplicates();
    std::vector<std::string> out;
    for (const QString &name : names)
        out.push_back(name.toStdString());
    return out;
}

BenchPlan usualPlan()
{
    BenchPlan plan;
    plan.runs = kUsualRuns;
    plan.warmup = kUsualWarmup;
    return plan;
}

Result<std::vector<BenchPlan>> Arguments::plans(const BenchPlan &base) const
{
    auto one = plan(base);
    if (!one)
        return tl::unexpected(one.error());
    std::vector<BenchPlan> out;
    for (const std::string &dtype : dtypes()) {
        out.push_back(*one);
        out.back().dtype = dtype;
    }
    if (out.empty())
        return wrong(QStringLiteral("dtype"), QStringLiteral("auto|f32|bf16|f16|int8"));
    return out;
}

WorkerCommand Arguments::worker() const
{
    const QStringList words = QProcess::splitCommand(value(QStringLiteral("worker")));
    return words.isEmpty() ? WorkerCommand::local() : commandOf(words);
}

} // namespace assay
