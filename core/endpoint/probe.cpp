// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/probe.h"

#include "core/endpoint/address.h"
#include "core/endpoint/answerfields.h"
#include "core/endpoint/exchange.h"
#include "core/endpoint/proberules.h"

#include <algorithm>

namespace assay {
namespace {

constexpr double kQuestionLimit = 10; ///< seconds

/// How a key may be sent: by the dialect's own header, when the general one is not taken.
constexpr const char *kKeyDialects[] = {"anthropic", "azure"};

/// The deployment that an address of Azure names; empty where it names none.
std::string deploymentOf(const std::string &url)
{
    constexpr std::string_view kBefore = "/openai/deployments/";
    const size_t at = url.find(kBefore);
    return at == std::string::npos ? std::string() : url.substr(at + kBefore.size(), url.find_first_of("/?#", at + kBefore.size()) - at - kBefore.size());
}

bool unreachable(Failure failure)
{
    switch (failure) {
    case Failure::Dns:
    case Failure::Refused:
    case Failure::Unreachable:
    case Failure::Tls:
    case Failure::ConnectTimeout:
        return true;
    default:
        return false;
    }
}

class Probing
{
public:
    Probing(EndpointTarget target, std::stop_token stop, const ProbeProgress &progress)
        : m_target(std::move(target)), m_stop(std::move(stop)), m_progress(progress)
    {
        Transport &transport = m_target.transport;
        m_facts.transport = transport;
        transport.connectLimit = std::min(transport.connectLimit, kQuestionLimit);
        transport.headerLimit = std::min(transport.headerLimit, kQuestionLimit);
        transport.totalLimit = std::min(transport.totalLimit, 2 * kQuestionLimit);
        m_facts.url = m_target.url;
        m_facts.dialect = m_target.dialect;
        m_facts.model = m_target.model.empty() ? deploymentOf(m_target.url) : m_target.model;
    }

    Result<EndpointFacts> run()
    {
        if (const auto reached = askForModels(); !reached)
            return tl::unexpected<Error>(reached.error());
        m_server = serverOf(m_facts.answers);
        // Who has told its name is asked its own questions, all others those that tell it.
        for (const bool telling : {true, false}) {
            for (const ProbeQuestion &question : probeQuestions()) {
                if (question.tells != telling || std::string_view(question.path) == kModelList)
                    continue;
                if (!(m_server.empty() ? telling : m_server == question.server))
                    continue;
                ask(question, targetFor(question));
                readServer();
                if (m_stop.stop_requested())
                    return failure(ErrorCode::Cancelled, {});
            }
        }
        return conclude();
    }

private:
    /// Where nothing told the software so far, the newest answer alone may: large ones are not read again for each question.
    void readServer()
    {
        m_server = m_server.empty() ? serverOf({m_facts.answers.back()}) : serverOf(m_facts.answers);
    }

    /// Azure lists models beside its deployments, and takes the key in a header of its own.
    EndpointTarget targetFor(const ProbeQuestion &question) const
    {
        EndpointTarget target = m_target;
        if (std::string_view(question.path) == kAzureModels) {
            const size_t query = std::min(target.url.find('?'), target.url.size());
            target.url = endpointOrigin(target.url) + target.url.substr(query);
            target.dialect = "azure";
        }
        return target;
    }
    const ProbeAnswer &ask(const ProbeQuestion &question, const EndpointTarget &target)
    {
        ExchangeRequest request;
        request.method = question.method;
        request.path = question.path;
        request.body = question.body;
        if (const size_t at = request.body.find("$model"); at != std::string::npos)
            request.body.replace(at, 6, jsonEscaped(chosenModel()));
        request.bodyLimit = kMostProbeBytes;
        if (m_progress)
            m_progress(request.method + " " + request.path);
        ExchangeAnswer answer = exchange(target, request, m_stop);
        m_facts.keySent = m_facts.keySent || answer.keySent;
        m_facts.answers.push_back({question.path, request.method, request.path, answer.status, answer.failure, std::move(answer.detail),
                                   std::move(answer.headers), std::move(answer.body), answer.seconds});
        return m_facts.answers.back();
    }

    static std::string jsonEscaped(const std::string &text)
    {
        const std::string quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return quoted.substr(1, quoted.size() - 2);
    }
    std::string chosenModel() const
    {
        if (!m_facts.model.empty())
            return m_facts.model;
        const std::vector<std::string> models = modelsOf(m_facts.answers);
        return models.empty() ? std::string() : models.front();
    }

    Result<void> askForModels()
    {
        const ProbeQuestion &question = probeQuestions().front();
        const Failure first = ask(question, m_target).failure;
        if (first == Failure::Unauthorized && !m_target.key.empty() && m_target.dialect.empty()) {
            for (const char *dialect : kKeyDialects) {
                EndpointTarget other = m_target;
                other.dialect = dialect;
                if (ask(question, other).failure != Failure::Unauthorized) {
                    m_target.dialect = dialect;
                    return {};
                }
                m_facts.answers.pop_back();
            }
        }
        const ProbeAnswer &answer = m_facts.answers.front();
        if (m_stop.stop_requested())
            return failure(ErrorCode::Cancelled, {});
        if (unreachable(answer.failure))
            return failure(ErrorCode::ServerUnreachable, {m_facts.url, reasonOf(answer)});
        return {};
    }

    static std::string reasonOf(const ProbeAnswer &answer)
    {
        const std::string label = definitionOf(answer.failure).label;
        return answer.detail.empty() ? label : label + ": " + answer.detail;
    }

    Result<EndpointFacts> conclude()
    {
        interpret(m_facts);
        const ProbeAnswer &list = m_facts.answers.front();
        const bool answered = std::any_of(m_facts.answers.begin(), m_facts.answers.end(),
                                          [](const ProbeAnswer &answer) { return bodyOf(answer).is_structured(); });
        if (!answered || (m_facts.models.empty() && m_facts.server.empty())) {
            if (list.failure == Failure::Unauthorized)
                return failure(ErrorCode::EndpointWantsKey,
                               {m_facts.url, std::to_string(list.status),
                                m_facts.keySent ? ASSAY_TEXT("Reason", "the key that was sent is not taken")
                                                : ASSAY_TEXT("Reason", "no key was sent")});
            return failure(ErrorCode::NoEndpointThere, {m_facts.url, list.status > 0 ? list.method + " " + list.path + ": " + std::to_string(list.status)
                                                                                     : reasonOf(list)});
        }
        if (!m_target.dialect.empty())
            m_facts.dialect = m_target.dialect;
        else
            m_facts.dialect = dialectOf(m_facts.server);
        return std::move(m_facts);
    }

    EndpointTarget m_target;
    std::stop_token m_stop;
    const ProbeProgress &m_progress;
    EndpointFacts m_facts;
    std::string m_server; ///< as the answers so far tell it
};

} // namespace

std::string dialectOf(const std::string &server)
{
    for (const char *own : {"vllm", "sglang", "llamacpp", "tgi", "ollama", "lmstudio", "deepseek", "azure", "anthropic"}) {
        if (server == own)
            return own;
    }
    return "openai-chat";
}

Result<EndpointFacts> probeEndpoint(const EndpointTarget &target, std::stop_token stop, const ProbeProgress &progress)
{
    return Probing(target, std::move(stop), progress).run();
}

} // namespace assay
