// SPDX-License-Identifier: GPL-3.0-or-later
// Templates that never end, recurse, grow without bound or are damaged: a named error each, on a small stack, too.
#include "core/tokenizer/jinja.h"

#include <QTest>
#include <QThread>
#include <nlohmann/json.hpp>

using namespace assay;
using Json = nlohmann::ordered_json;

namespace {

Result<std::string> rendered(const std::string &text, const Json &variables, const JinjaTemplate::Limits &limits)
{
    const auto parsed = JinjaTemplate::parse(text);
    return parsed ? parsed->render(variables, localTime(), limits) : Result<std::string>(tl::unexpected(parsed.error()));
}

std::string times(const std::string &text, size_t count)
{
    std::string out;
    for (size_t i = 0; i < count; ++i)
        out += text;
    return out;
}

} // namespace

class TestTemplateLimits : public QObject
{
    Q_OBJECT

private slots:
    void endless_data();
    void endless();
    void damaged_data();
    void damaged();
    void timeIsUp();
    void linesAreTold();
    void deepJsonIsRefused();
    void numbersBeyondTheLimitsAreRefused();
    void realDialoguesFit();
    void renderingsShareATemplate();
};

void TestTemplateLimits::endless_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const std::string &text) { QTest::newRow(name) << QString::fromStdString(text); };
    row("loops in loops", times("{% for a in range(99999) %}", 4) + times("{% endfor %}", 4));
    row("a long range", "{{ range(100001) }}");
    row("a macro calls itself", "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
    row("two macros call each other", "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}");
    row("a loop goes into itself", "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}");
    row("a caller calls itself", "{% macro f() %}{{ caller() }}{% endmacro %}{% macro h() %}{% call f() %}{{ h() }}{% endcall %}{% endmacro %}{{ h() }}");
    row("a text times a number", "{{ 'a' * 9999999999 }}");
    row("a list times a number", "{{ [1] * 999999999 }}");
    row("a text that doubles", "{% set ns = namespace(t='aaaaaaaa') %}{% for i in range(99) %}{% set ns.t = ns.t + ns.t %}{% endfor %}");
    row("a text that is joined", "{% set ns = namespace(t='aaaaaaaa') %}{% for i in range(99) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}");
    row("a text that is replaced", "{% set ns = namespace(t='aaaaaaaa') %}{% for i in range(99) %}{% set ns.t = ns.t.replace('a', 'aaaa') %}{% endfor %}");
    row("a list that holds itself twice", "{% set ns = namespace(l=[1]) %}{% for i in range(90) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l }}");
    row("the same as JSON", "{% set ns = namespace(l=[1]) %}{% for i in range(90) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ ns.l|tojson }}");
    row("the same compared", "{% set a = namespace(l=[1], m=[1]) %}{% for i in range(90) %}{% set a.l = [a.l, a.l] %}{% set a.m = [a.m, a.m] %}{% endfor %}{{ a.l == a.m }}");
    row("a list within lists", "{% set ns = namespace(l=[]) %}{% for i in range(5000) %}{% set ns.l = [ns.l] %}{% endfor %}");
    row("a namespace that holds itself", "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}");
    row("a wide number", "{{ '{:99999999}'.format(1) }}{{ 'a'.ljust(9999999999) }}");
    row("output", "{% for i in range(99999) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' * 1000 }}{% endfor %}");
    row("a bound method within bound methods", "{% set ns = namespace(f='') %}{% for i in range(999) %}{% set ns.f = [ns.f].index %}{% endfor %}{{ ns.f }}");
    row("a search that is slow", "{{ ('a' * 900000).rfind('b' + 'a' * 400000) }}");
}

void TestTemplateLimits::endless()
{
    QFETCH(QString, text);
    JinjaTemplate::Limits limits;
    limits.steps = 100'000;
    limits.bytes = 20'000'000;
    limits.outputBytes = 5'000'000;
    Result<std::string> result = std::string();
    // As the window and the worker run it: on a thread whose stack is the usual one.
    QThread *thread = QThread::create([&] { result = rendered(text.toStdString(), Json::object(), limits); });
    thread->start();
    thread->wait();
    delete thread;
    QVERIFY(!result);
    const bool refused = text.contains(QStringLiteral(":99999999"));
    QCOMPARE(result.error().code, refused ? ErrorCode::TemplateFailed : ErrorCode::TemplateEndless);
    QVERIFY(!result.error().where.empty());
}

void TestTemplateLimits::damaged_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const std::string &text) { QTest::newRow(name) << QString::fromStdString(text); };
    row("parentheses", "{{ " + times("(", 100'000) + times(")", 100'000) + " }}");
    row("lists", "{{ " + times("[", 100'000) + " }}");
    row("dicts", "{{ " + times("{1:", 100'000) + " }}");
    row("not", "{{ " + times("not ", 100'000) + "1 }}");
    row("minus", "{{ " + times("- ", 100'000) + "1 }}");
    row("sums", "{{ 1" + times("+1", 100'000) + " }}");
    row("powers", "{{ 1" + times("**1", 100'000) + " }}");
    row("members", "{{ a" + times(".a", 100'000) + " }}");
    row("calls", "{{ a" + times("()", 100'000) + " }}");
    row("filters", "{{ a" + times("|e", 100'000) + " }}");
    row("choices", "{{ 1" + times(" if 1 else 1", 50'000) + " }}");
    row("choices without else", "{{ 1" + times(" if 1", 50'000) + " }}");
    row("blocks", times("{% if 1 %}", 50'000));
    row("loops", times("{% for a in b %}", 50'000));
    row("targets", "{% for " + times("(", 50'000) + "a in b %}");
    row("filters of a block", "{% filter e" + times("|e", 50'000) + " %}{% endfilter %}");
    row("longer than 1 MB", std::string(1'000'001, 'a'));
    row("a number without end", "{{ " + std::string(900'000, '9') + " }}");
    row("no end", "{{ a");
    row("another template", "{% include 'a' %}");
    row("an unknown statement", "{% do a %}");
    row("brackets", "{{ (] }}");
}

void TestTemplateLimits::damaged()
{
    QFETCH(QString, text);
    std::optional<Error> error;
    QThread *thread = QThread::create([&] {
        if (const auto parsed = JinjaTemplate::parse(text.toStdString()); !parsed)
            error = parsed.error();
    });
    thread->start();
    thread->wait();
    delete thread;
    QVERIFY(error.has_value());
    QCOMPARE(error->code, ErrorCode::TemplateDamaged);
}

/// No wait: the time that is given is over before it starts.
void TestTemplateLimits::timeIsUp()
{
    JinjaTemplate::Limits limits;
    limits.time = std::chrono::milliseconds(-1);
    const auto result = rendered("{% for i in range(9999) %}{{ i }}{% endfor %}", Json::object(), limits);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::TemplateEndless);
}

void TestTemplateLimits::linesAreTold()
{
    const auto failed = rendered("a\nb\n{{ raise_exception('Roles must alternate') }}", Json::object(), {});
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::TemplateFailed);
    QCOMPARE(failed.error().arguments.front(), std::string("Roles must alternate"));
    QCOMPARE(failed.error().where, std::string("line 3"));
    QCOMPARE(rendered("\n{{ nothing.more }}", Json::object(), {}).error().where, std::string("nothing, line 2"));
    QCOMPARE(rendered("{{ 1 | nothing }}", Json::object(), {}).error().where, std::string("nothing, line 1"));
    const auto damaged = rendered("a\n{% if %}{% endif %}", Json::object(), {});
    QVERIFY(!damaged);
    QCOMPARE(damaged.error().where, std::string("line 2"));
}

void TestTemplateLimits::deepJsonIsRefused()
{
    Json deep = 1;
    for (int i = 0; i < 5000; ++i)
        deep = Json::array({std::move(deep)});
    const auto result = rendered("{{ a }}", Json{{"a", std::move(deep)}}, {});
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::TemplateEndless);
}

void TestTemplateLimits::numbersBeyondTheLimitsAreRefused()
{
    for (const char *text : {"{{ 9223372036854775807 + 1 }}", "{{ 10 ** 20 }}", "{{ 9223372036854775807 * 2 }}", "{{ -9223372036854775807 - 2 }}", "{{ a }}"}) {
        const auto result = rendered(text, Json{{"a", UINT64_MAX}}, {});
        QVERIFY2(!result, text);
        QCOMPARE(result.error().code, ErrorCode::TemplateFailed);
    }
    QCOMPARE(*rendered("{{ (-9223372036854775807 - 1) // -1 if false }}{{ -9223372036854775807 - 1 }}{{ (-9223372036854775807 - 1) % -1 }}", Json::object(), {}),
             std::string("-92233720368547758080"));
}

/// A thousand messages of 10 kB stay within the limits.
void TestTemplateLimits::realDialoguesFit()
{
    Json messages = Json::array();
    for (int i = 0; i < 1000; ++i)
        messages.push_back({{"role", i % 2 ? "assistant" : "user"}, {"content", std::string(10'000, char('a' + i % 26)) + " "}});
    const auto result = rendered("{% for m in messages %}<{{ m.role }}>{{ m.content | trim }}{% if '</think>' in m.content %}{{ m.content.split('</think>')[-1] }}{% endif %}\n{% endfor %}",
                                 Json{{"messages", messages}}, {});
    QVERIFY(result);
    QVERIFY(result->size() > 10'000'000);
}

void TestTemplateLimits::renderingsShareATemplate()
{
    const auto parsed = JinjaTemplate::parse("{% set ns = namespace(n=0) %}{% for i in l|map('string') %}{% set ns.n = ns.n + 1 %}{{ i }}{% endfor %}{{ ns.n }}");
    QVERIFY(parsed);
    std::atomic<int> wrong = 0;
    std::vector<std::unique_ptr<QThread>> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(QThread::create([&] {
            for (int round = 0; round < 200; ++round)
                wrong += parsed->render(Json{{"l", {1, 2}}}, localTime()).value_or("") != "122";
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        thread->wait();
    QCOMPARE(wrong.load(), 0);
}

QTEST_APPLESS_MAIN(TestTemplateLimits)
#include "tst_templatelimits.moc"
