// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/chartspec.h"

#include "core/base/text.h"

#include <array>

namespace assay {
namespace {

constexpr std::array kRoles{Role::Base, Role::Full, Role::Distilled, Role::Other};

} // namespace

const char *roleName(Role role)
{
    switch (role) {
    case Role::Base: return ASSAY_TEXT("Role", "base");
    case Role::Full: return ASSAY_TEXT("Role", "full");
    case Role::Distilled: return ASSAY_TEXT("Role", "distilled");
    case Role::Other: return ASSAY_TEXT("Role", "other");
    }
    return "";
}

const char *roleLetter(Role role)
{
    switch (role) {
    case Role::Base: return "B";
    case Role::Full: return "F";
    case Role::Distilled: return "D";
    case Role::Other: return "O";
    }
    return "";
}

std::optional<Role> roleFromName(std::string_view name)
{
    for (Role role : kRoles) {
        if (name == roleName(role))
            return role;
    }
    return std::nullopt;
}

} // namespace assay
