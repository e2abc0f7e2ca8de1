// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/tokenizer/template/value.h"

#include <chrono>

namespace assay::jinja {

/// What one rendering may cost at most.
struct Limits
{
    uint64_t steps = 20'000'000;        ///< parts of the template that are computed
    uint64_t bytes = 512'000'000;       ///< of all texts and lists that are made on the way
    uint64_t outputBytes = 64'000'000;
    int depth = 1000;                   ///< of parts within parts, calls included
    std::chrono::milliseconds time{10'000};
};

/// What a rendering has used up, and the first thing that went wrong in it. After that everything ends quickly:
/// nothing is computed any more.
class Run
{
public:
    explicit Run(const Limits &limits) : m_limits(limits), m_end(std::chrono::steady_clock::now() + limits.time) {}

    bool alive() const { return !m_error; }
    const std::optional<Error> &error() const { return m_error; }
    /// Ends the run (code TemplateFailed); gives what a failed computation gives. name: what it is about, if anything.
    Value fail(std::string reason, std::string_view name = {});
    /// Ends the run: a limit was met.
    void stop(std::string reason);
    void atLine(int line) { m_line = line; }
    int line() const { return m_line; }

    /// One more part is computed; false once the run has ended.
    bool step();
    /// So many bytes are made or gone through.
    bool charge(uint64_t bytes);
    bool enter();
    void leave() { --m_depth; }

    Value text(std::string bytes, bool markup = false);
    Value sequence(Sequence::Kind kind, std::vector<Value> items, std::string shown = {});
    Value list(std::vector<Value> items) { return sequence(Sequence::Kind::List, std::move(items)); }
    Value tuple(std::vector<Value> items) { return sequence(Sequence::Kind::Tuple, std::move(items)); }
    Value generator(std::vector<Value> items) { return sequence(Sequence::Kind::Generator, std::move(items), "generator object"); }
    Value dict(std::vector<std::pair<Value, Value>> entries);

    const Limits &limits() const { return m_limits; }

private:
    Value checked(Value made);

    Limits m_limits;
    std::chrono::steady_clock::time_point m_end;
    uint64_t m_steps = 0, m_bytes = 0;
    int m_depth = 0, m_line = 0;
    std::optional<Error> m_error;
};

/// Counts one level while it lives.
class Depth
{
public:
    explicit Depth(Run &run) : m_run(run), m_fits(run.enter()) {}
    ~Depth() { m_run.leave(); }
    Depth(const Depth &) = delete;
    Depth &operator=(const Depth &) = delete;
    explicit operator bool() const { return m_fits; }

private:
    Run &m_run;
    bool m_fits;
};

} // namespace assay::jinja
