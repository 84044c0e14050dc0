#pragma once
// How money is booked: every dollar comes into one fund and leaves it, in whole USD.

#include <cstdint>

#include "models/transition/columns.hpp"

namespace drawdown {

inline constexpr double weeks_a_year = 365.2425 / 7.0;

/// The accounts of a fund, as a process sees them that writes them.
template <class State>
class Account {
  public:
    Account(const State& state, Fund fund) : state_(state), row_(static_cast<std::size_t>(fund)) {}

    [[nodiscard]] std::int64_t balance() const { return state_[fund::balance][row_]; }
    /// Begins the books of a step.
    void open_books() const {
        state_[fund::income][row_] = 0;
        state_[fund::expense][row_] = 0;
    }
    /// Books money that comes in.
    void receive(std::int64_t usd) const {
        state_[fund::income][row_] += usd;
        state_[fund::received][row_] += usd;
        state_[fund::balance][row_] += usd;
        state_[country::received][0] += usd;
    }
    /// Pays what is there of what is asked for; returns what was paid.
    std::int64_t pay(std::int64_t asked_usd) const {
        const std::int64_t usd = asked_usd < balance() ? asked_usd : balance();
        state_[fund::expense][row_] += usd;
        state_[fund::spent][row_] += usd;
        state_[fund::balance][row_] -= usd;
        state_[country::spent][0] += usd;
        return usd;
    }

  private:
    const State& state_;
    std::size_t row_;
};

}  // namespace drawdown
