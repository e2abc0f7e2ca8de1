// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace assay::testing {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

/// How much of a repeated thing is done: sanitizers look at the code, which fewer draws run as well; the figures are what the whole is for.
template <class Count> constexpr Count unlessSanitized(Count all, Count underSanitizers)
{
    return kSanitized ? underSanitizers : all;
}

} // namespace assay::testing
