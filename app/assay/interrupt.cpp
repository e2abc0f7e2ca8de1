// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/assay/interrupt.h"

#include <QSocketNotifier>
#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace assay {
namespace {

volatile std::sig_atomic_t g_happened = 0;
std::array<int, 2> g_pipe{-1, -1};

// Only what a signal handler may do: remember, and wake the event loop through a pipe.
void onSignal(int)
{
    g_happened = 1;
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(g_pipe[1], &byte, 1);
}

} // namespace

Interrupt::Interrupt(std::function<void()> handler, QObject *parent) : QObject(parent)
{
    if (::pipe2(g_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    auto *notifier = new QSocketNotifier(g_pipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [notifier, call = std::move(handler)] {
        notifier->setEnabled(false);
        call();
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

Interrupt::~Interrupt()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    for (int &descriptor : g_pipe) {
        if (descriptor >= 0)
            ::close(descriptor);
        descriptor = -1;
    }
}

bool Interrupt::happened()
{
    return g_happened != 0;
}

} // namespace assay
