#include "models/cli/progress.hpp"

#include <unistd.h>
#include <csignal>
#include <cstdlib>

#include <fmt/format.h>
#include <algorithm>

namespace drawdown {

namespace {

std::atomic<bool> stop_requested{false};

extern "C" void on_signal(int signal) {
    if (stop_requested.exchange(true) && signal == SIGINT) _exit(130);
}

std::string clock_text(double seconds) {
    const auto s = static_cast<long>(seconds);
    return s >= 3600 ? fmt::format("{}h{:02}m", s / 3600, s / 60 % 60) : fmt::format("{}m{:02}s", s / 60, s % 60);
}

}  // namespace

const std::atomic<bool>& interrupted() { return stop_requested; }

void catch_signals() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) sigaction(signal, &action, nullptr);
}

ProgressReport::ProgressReport(const sim::Progress& progress, bool quiet)
    : progress_(progress), terminal_(isatty(STDERR_FILENO) != 0), start_(std::chrono::steady_clock::now()) {
    if (quiet) return;
    thread_ = std::jthread([this] {
        std::unique_lock lock(mutex_);
        const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(30000);
        while (!wake_.wait_for(lock, pause, [this] { return done_; })) show(false);
        if (terminal_) show(true);
    });
}

ProgressReport::~ProgressReport() {
    {
        const std::lock_guard lock(mutex_);
        done_ = true;
    }
    wake_.notify_all();
}

void ProgressReport::show(bool last) {
    const double total = static_cast<double>(std::max<std::int64_t>(1, progress_.total_steps));
    const double done = std::min(1.0, static_cast<double>(progress_.steps_done.load()) / total);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    const std::string left = done > 0.01 ? clock_text(seconds * (1.0 - done) / done) + " left" : "";
    if (terminal_) {
        const auto filled = static_cast<std::size_t>(30.0 * done);
        fmt::print(stderr, "\r[{}{}] {:3.0f} %  {}   ", std::string(filled, '#'), std::string(30 - filled, '.'), 100.0 * done,
                   last ? clock_text(seconds) : left);
        if (last) fmt::print(stderr, "\n");
    } else {
        fmt::print(stderr, "{:.0f} % done, {}\n", 100.0 * done, left);
    }
    std::fflush(stderr);
}

}  // namespace drawdown
