// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sandboxprocess.h"

#include <cerrno>
#include <cstddef>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

namespace assay {
namespace {

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned kArchitecture = 0;
#endif

constexpr unsigned kRefused[] = {
    // Memory that is neither in a process nor in /tmp.
    SYS_memfd_create, SYS_shmget, SYS_msgget, SYS_semget, SYS_mq_open, SYS_add_key, SYS_request_key, SYS_keyctl,
    // Doors into the kernel.
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_unshare, SYS_setns,
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_io_setup, SYS_name_to_handle_at, SYS_open_by_handle_at, SYS_personality,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup,
#endif
#ifdef SYS_memfd_secret
    SYS_memfd_secret,
#endif
};

/// x86-64 has a second set of numbers, which nothing here uses (x32).
constexpr unsigned kOtherNumbers = 0x40000000;

} // namespace

std::string refusedCalls()
{
    if (kArchitecture == 0)
        return {};
    const auto load = [](size_t offset) { return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, unsigned(offset)); };
    const auto give = [](unsigned value) { return sock_filter BPF_STMT(BPF_RET | BPF_K, value); };
    constexpr unsigned kNotPermitted = SECCOMP_RET_ERRNO | EPERM;
    std::vector<sock_filter> program{
        load(offsetof(seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
        give(SECCOMP_RET_KILL_PROCESS),
        load(offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kOtherNumbers, 0, 1),
        give(kNotPermitted),
    };
    for (const unsigned call : kRefused) {
        program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
        program.push_back(give(kNotPermitted));
    }
    program.push_back(give(SECCOMP_RET_ALLOW));
    return {reinterpret_cast<const char *>(program.data()), program.size() * sizeof(sock_filter)};
}

} // namespace assay
