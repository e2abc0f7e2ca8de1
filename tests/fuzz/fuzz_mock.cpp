// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a client sends to the mock: the reading of requests and of what they ask, in pieces of any size.
#include "core/mock/query.h"
#include "core/mock/serverfacts.h"

#include <algorithm>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const size_t piece = size == 0 ? 1 : 1 + data[0] % 61;
    assay::HttpReader reader;
    assay::MockScript script;
    for (size_t at = 0; at < bytes.size(); at += piece) {
        if (!reader.append(bytes.substr(at, piece)))
            return 0;
        assay::MockHttpRequest request;
        for (auto state = reader.next(request); state != assay::HttpReader::State::NeedsMore; state = reader.next(request)) {
            if (state == assay::HttpReader::State::Bad)
                return 0;
            if (state == assay::HttpReader::State::Continue)
                break;
            for (int server = 0; server <= int(assay::MockServer::Anthropic); ++server) {
                script.server = assay::MockServer(server);
                if (const auto route = assay::routeOf(script.server, request))
                    assay::readQuery(*route, request);
                else
                    assay::factOf(script, request);
            }
        }
    }
    return 0;
}
