// SPDX-License-Identifier: GPL-3.0-or-later
// Audit logs: one that is accepted is exactly the lines of its entries, each behind the one before it.
#include "core/identify/audit.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace assay;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto head = auditHeadFrom(text);
    if (head && head->entries <= 0)
        std::abort();
    const auto report = checkAudit(text, {}, "log");
    if (!report)
        return report.error().code == ErrorCode::AuditBroken ? 0 : (std::abort(), 0);
    std::string written;
    for (const AuditEntry &entry : report->entries)
        written += auditLine(entry);
    if (written + report->torn != text)
        std::abort();
    return 0;
}
