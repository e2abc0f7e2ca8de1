// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/worker/parameters.h"

#include "core/protocol/fields.h"

namespace assay::worker {
namespace {

template <class T>
Result<T> parameter(const protocol::Json &params, const char *name, T value, protocol::Need need)
{
    protocol::Reader read(params, ErrorCode::BadParameters);
    read(name, value, need);
    if (auto result = read.result(); !result)
        return tl::unexpected(result.error());
    return value;
}

} // namespace

Result<int64_t> integerParameter(const protocol::Json &params, const char *name)
{
    return parameter(params, name, int64_t(0), protocol::Need::Required);
}

Result<std::string> textParameter(const protocol::Json &params, const char *name)
{
    return parameter(params, name, std::string(), protocol::Need::Required);
}

Result<bool> booleanParameter(const protocol::Json &params, const char *name, bool otherwise)
{
    return parameter(params, name, otherwise, protocol::Need::Optional);
}

Result<std::vector<int64_t>> integersParameter(const protocol::Json &params, const char *name)
{
    return parameter(params, name, std::vector<int64_t>(), protocol::Need::Required);
}

} // namespace assay::worker
