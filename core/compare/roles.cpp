// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/compare/comparison.h"

#include "core/model/weightvariant.h"

#include <algorithm>
#include <cctype>

namespace assay {
namespace {

/// Whether the word stands by itself in the name: "base" in "qwen-base", not in "database".
bool hasWord(const std::string &name, const std::string &word)
{
    const auto letter = [&](size_t i) { return i < name.size() && std::isalpha(static_cast<unsigned char>(name[i])); };
    for (size_t at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
        if ((at == 0 || !letter(at - 1)) && !letter(at + word.size()))
            return true;
    }
    return false;
}

std::optional<Role> roleInName(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (name.find("distil") != std::string::npos)
        return Role::Distilled;
    if (hasWord(name, "base"))
        return Role::Base;
    if (hasWord(name, "full"))
        return Role::Full;
    return std::nullopt;
}

/// Within 5 %: the base is the model that the distilled one was made from.
bool sameSize(uint64_t a, uint64_t b)
{
    return a > 0 && b > 0 && double(std::max(a, b)) <= 1.05 * double(std::min(a, b));
}

} // namespace

std::vector<Role> guessRoles(const std::vector<std::string> &names, const std::vector<uint64_t> &parameters)
{
    std::vector<Role> roles(names.size(), Role::Other);
    std::vector<size_t> open;
    for (size_t i = 0; i < names.size(); ++i) {
        if (const std::optional<Role> role = roleInName(names[i]))
            roles[i] = *role;
        else
            open.push_back(i);
    }
    const auto size = [&](size_t i) { return i < parameters.size() ? parameters[i] : 0; };
    const auto has = [&](Role role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
    if (!has(Role::Full) && names.size() > 1 && !open.empty()) {
        const auto largest = std::max_element(open.begin(), open.end(), [&](size_t a, size_t b) { return size(a) < size(b); });
        if (size(*largest) > 0) {
            roles[*largest] = Role::Full;
            open.erase(largest);
        }
    }
    if (has(Role::Distilled) && !has(Role::Base)) {
        const size_t distilled = size_t(std::find(roles.begin(), roles.end(), Role::Distilled) - roles.begin());
        const auto base =
            std::find_if(open.begin(), open.end(), [&](size_t i) { return sameSize(size(i), size(distilled)); });
        if (base != open.end())
            roles[*base] = Role::Base;
    }
    return roles;
}

size_t guessReference(const std::vector<Role> &roles)
{
    const auto full = std::find(roles.begin(), roles.end(), Role::Full);
    return full == roles.end() ? 0 : size_t(full - roles.begin());
}

std::string subjectTitle(const ComparedSubject &subject, const Translate &translate)
{
    const std::string &name = subject.subject.name.empty() ? subject.subject.path : subject.subject.name;
    return subject.dtype.empty() ? name : name + " (" + dtypeText(subject.dtype, translate) + ")";
}

std::string spokenName(const Comparison &comparison, size_t subject, const Translate &translate)
{
    const ComparedSubject &spoken = comparison.subjects[subject];
    const auto same = std::count_if(comparison.subjects.begin(), comparison.subjects.end(),
                                    [&](const ComparedSubject &other) { return other.role == spoken.role; });
    return spoken.role != Role::Other && same == 1 ? translate("Role", roleName(spoken.role)) : subjectTitle(spoken, translate);
}

} // namespace assay
