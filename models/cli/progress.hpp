#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "sim/ensemble.hpp"

namespace drawdown {

/// Shows on stderr how far an ensemble is: a bar on a terminal, a plain line every 30 seconds elsewhere, with the time left.
class ProgressReport {
  public:
    ProgressReport(const sim::Progress& progress, bool quiet);
    ~ProgressReport();
    ProgressReport(const ProgressReport&) = delete;
    ProgressReport& operator=(const ProgressReport&) = delete;

  private:
    void show(bool last);

    const sim::Progress& progress_;
    bool terminal_;
    std::chrono::steady_clock::time_point start_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool done_ = false;
    std::jthread thread_;
};

/// Set by SIGINT, SIGTERM and SIGUSR1. A second SIGINT ends the program at once, with exit code 130.
[[nodiscard]] const std::atomic<bool>& interrupted();
void catch_signals();

}  // namespace drawdown
