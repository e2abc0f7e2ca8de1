// SPDX-License-Identifier: GPL-3.0-or-later
// What the loop does with a connection's requests.
#include "core/mock/loop.h"
#include "core/mock/query.h"
#include "core/mock/serverfacts.h"

#include <cerrno>
#include <nlohmann/json.hpp>
#include <sys/socket.h>

namespace assay {

namespace {

constexpr size_t kKeptBody = size_t(64) << 10;

/// Spreads a share evenly: of four with 0.25 it hits the fourth.
bool isHit(int64_t number, double share)
{
    return int64_t(double(number + 1) * share + 1e-9) > int64_t(double(number) * share + 1e-9);
}

/// The first field of the request that the script refuses; null: none.
const std::string *refusedField(const MockScript &script, const std::string &body)
{
    if (script.refusedFields.empty())
        return nullptr;
    const nlohmann::json json = nlohmann::json::parse(body, nullptr, false);
    for (const std::string &field : script.refusedFields)
        if (json.is_object() && json.contains(field))
            return &field;
    return nullptr;
}

bool namesOtherModel(const MockScript &script, const std::string &asked)
{
    switch (script.server) {
    case MockServer::OpenAi:
    case MockServer::Vllm:
    case MockServer::Ollama:
    case MockServer::DeepSeek:
    case MockServer::Anthropic: return asked != script.model;
    default: return false; // the others answer with what they have
    }
}

} // namespace

/// Answers requests that are whole, one after the other.
void MockLoop::answerNext(Connection &connection)
{
    while (!connection.reply && !connection.waiting && !connection.draining && connection.pending.empty() && connection.socket.get() >= 0) {
        MockHttpRequest request;
        switch (connection.reader.next(request)) {
        case HttpReader::State::NeedsMore: return;
        case HttpReader::State::Continue: sendAll(connection, "HTTP/1.1 100 Continue\r\n\r\n"); return;
        case HttpReader::State::Bad: {
            connection.then = MockReply::Then::Close;
            sendAll(connection, wholeReply(*script(), connection.reader.status(), "text/plain", "bad request\n", false));
            return settle(connection);
        }
        case HttpReader::State::Complete: answer(connection, request);
        }
    }
}

void MockLoop::answer(Connection &connection, const MockHttpRequest &request)
{
    connection.came = monotonicNow();
    connection.number = m_shared.received.fetch_add(1);
    connection.keepAlive = request.keepAlive;
    connection.then = request.keepAlive ? MockReply::Then::End : MockReply::Then::Close;
    connection.record = std::make_shared<MockRequest>();
    MockRequest &record = *connection.record;
    record.number = connection.number;
    record.connection = int64_t(connection.id);
    record.method = request.method;
    record.path = request.query.empty() ? request.path : request.path + '?' + request.query;
    record.headers = request.headers;
    record.body = request.body.substr(0, kKeptBody);
    record.received = connection.came;
    const std::shared_ptr<const MockScript> script = this->script();
    {
        const std::lock_guard lock(m_shared.mutex);
        m_shared.requests.push_back(connection.record);
        while (int64_t(m_shared.requests.size()) > std::max<int64_t>(script->keepRequests, 0))
            m_shared.requests.pop_front();
    }
    const auto refuse = [&](int status, std::string_view type, std::string_view body) {
        sendAll(connection, wholeReply(*script, status, type, request.method == "HEAD" ? std::string_view() : body, connection.keepAlive));
        settle(connection);
    };
    if (asksForKey(script->server, request) && !bringsKey(*script, request))
        return refuse(401, "application/json", keyError(*script));
    const std::optional<MockRoute> route = routeOf(script->server, request);
    if (!route) {
        const MockFact fact = factOf(*script, request);
        return refuse(fact.status, fact.type, fact.body);
    }
    const std::shared_ptr<const MockHooks> hooks = this->hooks();
    std::optional<MockQuery> query = readQuery(*route, request, hooks->answer || hooks->countTokens);
    MockAnswer answer;
    answer.script = script.get();
    std::string words;
    if (!query || namesOtherModel(*script, query->model)) {
        const int status = query ? 404 : 400;
        writerOf(route->dialect).error(answer, status, query ? "The model `" + query->model + "` does not exist." : "The request is not understood.", false, words);
        return refuse(status, "application/json", words);
    }
    if (const std::string *field = refusedField(*script, request.body)) {
        writerOf(route->dialect).error(answer, 400, "The parameter `" + *field + "` is not supported.", false, words);
        return refuse(400, "application/json", words);
    }
    connection.faulty = script->fault != MockFault::None && isHit(connection.number, script->faultShare);
    if (connection.faulty) {
        const std::lock_guard lock(m_shared.mutex);
        record.fault = script->fault;
    }
    if (script->parallel > 0 && m_working >= script->parallel) {
        connection.waiting = std::move(query);
        m_waiting.push_back(connection.id);
        return;
    }
    begin(connection, std::move(*query));
}

void MockLoop::begin(Connection &connection, MockQuery query)
{
    connection.reply.emplace(script(), *hooks(), std::move(query), connection.number, connection.faulty, connection.keepAlive,
                             connection.came, monotonicNow());
    ++m_working;
    if (connection.reply->due() != MockReply::kNever)
        m_due.push({connection.reply->due(), connection.id});
}

void MockLoop::step(Connection &connection)
{
    connection.reply->next(m_step);
    connection.then = m_step.then;
    if (m_step.pieces > 0) {
        const std::lock_guard lock(m_shared.mutex);
        if (m_shared.script->keepChunkTimes)
            connection.record->chunks.insert(connection.record->chunks.end(), size_t(m_step.pieces), monotonicNow());
    }
    if (!m_step.bytes.empty())
        sendAll(connection, m_step.bytes);
    settle(connection);
    answerNext(connection);
}

void MockLoop::sendAll(Connection &connection, std::string_view bytes)
{
    if (connection.socket.get() < 0)
        return;
    if (connection.pending.empty()) {
        ssize_t sent = 0;
        do {
            sent = send(connection.socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        } while (sent < 0 && errno == EINTR);
        if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
            return close(connection);
        bytes.remove_prefix(size_t(std::max<ssize_t>(sent, 0)));
    }
    connection.pending.append(bytes);
    watch(connection, !connection.pending.empty());
}

void MockLoop::flush(Connection &connection)
{
    std::string bytes;
    bytes.swap(connection.pending);
    sendAll(connection, bytes);
    settle(connection);
    answerNext(connection);
}

/// Goes on when all bytes of a step are with the socket; the next request is the caller's matter.
void MockLoop::settle(Connection &connection)
{
    if (connection.socket.get() < 0 || !connection.pending.empty())
        return;
    switch (connection.then) {
    case MockReply::Then::Wait:
        if (connection.reply && connection.reply->due() != MockReply::kNever)
            m_due.push({connection.reply->due(), connection.id});
        return;
    case MockReply::Then::End: return finish(connection, true);
    case MockReply::Then::Close: finish(connection, true); return endWriting(connection);
    case MockReply::Then::Reset: return close(connection, true);
    }
}

/// The request is over; one that waited gets its turn.
void MockLoop::finish(Connection &connection, bool answered)
{
    if (connection.record) {
        const std::lock_guard lock(m_shared.mutex);
        connection.record->ended = monotonicNow();
        m_shared.answered += answered;
    }
    connection.record.reset();
    connection.waiting.reset();
    connection.then = MockReply::Then::Wait;
    if (!connection.reply)
        return;
    connection.reply.reset();
    --m_working;
    while (!m_waiting.empty()) {
        const auto found = m_connections.find(m_waiting.front());
        m_waiting.pop_front();
        if (found == m_connections.end() || !found->second->waiting)
            continue;
        MockQuery query = std::move(*found->second->waiting);
        found->second->waiting.reset();
        return begin(*found->second, std::move(query));
    }
}

} // namespace assay
