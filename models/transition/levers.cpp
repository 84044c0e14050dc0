#include "models/transition/levers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <map>
#include <stdexcept>

#include "models/transition/result.hpp"
#include "sim/errors.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

constexpr double level = 0.99;

/// A number in TOML, whole for an integer.
std::string toml_number(double value, bool integer) {
    if (integer) return fmt::format("{}", std::llround(value));
    return sim::number_text(value);
}

std::pair<double, double> number_ends(const sim::FieldInfo& info) {
    const sim::Range& range = info.limits;
    const bool integer = info.type == "integer";
    if (std::isfinite(range.lo) && std::isfinite(range.hi)) {
        const double inside = integer ? 1.0 : 1e-3 * (range.hi - range.lo);
        return {range.lo + (range.open_lo ? inside : 0.0), range.hi - (range.open_hi ? inside : 0.0)};
    }
    const double centre = info.default_number.value_or(info.number.value_or(0.0));
    if (centre == 0.0) {
        const double begin = std::isfinite(range.lo) ? range.lo : 0.0;
        return {begin, begin + 1.0};
    }
    const double low = std::max(range.lo, std::min(0.25 * centre, 4.0 * centre));
    return {low, std::min(range.hi, std::max(0.25 * centre, 4.0 * centre))};
}

/// The lever of one declared field, if it can be moved.
void add_lever(std::vector<Lever>& levers, const sim::FieldInfo& info, bool of_strategy, bool with_outcome_only) {
    if (with_outcome_only && info.first_outcome.empty()) return;
    auto [low, high] = lever_ends(info);
    if (low == high) return;
    levers.push_back({info.key, of_strategy, std::move(low), std::move(high), info.first_outcome, info.sign});
}

/// Names that stand for NAME in a key, by the table of the key.
std::map<std::string, std::vector<std::string>> names_of_tables(const TransitionExperiment& experiment) {
    std::map<std::string, std::vector<std::string>> names;
    for (const char* table : {"identity", "group", "vote", "epidemic", "spillover", "price", "benchmark"})
        if (const auto section = experiment.document().root().child(table))
            for (const sim::NamedSection& child : section->children()) names[table].push_back(child.name);
    for (const Phase& phase : experiment.strategy_list().front().phases) names["phase"].push_back(phase.name);
    return names;
}

/// Numbers that the scenario gives, by key.
std::map<std::string, double> given_numbers(const sim::Document& document) {
    std::map<std::string, double> numbers;
    for (const sim::Origin& origin : document.origins()) {
        double value = 0.0;
        const char* end = origin.value.data() + origin.value.size();
        if (std::from_chars(origin.value.data(), end, value).ptr == end) numbers[origin.key] = value;
    }
    return numbers;
}

}  // namespace

std::pair<std::string, std::string> lever_ends(const sim::FieldInfo& info) {
    if (info.type == "switch") return {"false", "true"};
    if (info.type == "choice") return {sim::quoted(info.choices.front()), sim::quoted(info.choices.back())};
    if (info.type != "number" && info.type != "integer") return {};
    if (!info.default_number && !info.number) return {};
    const auto [low, high] = number_ends(info);
    return {toml_number(low, info.type == "integer"), toml_number(high, info.type == "integer")};
}

std::vector<Lever> levers_of(const TransitionExperiment& experiment, bool with_outcome_only) {
    std::vector<Lever> levers;
    for (const sim::FieldInfo& info : all_parameters(experiment.document())) add_lever(levers, info, false, with_outcome_only);
    const auto names = names_of_tables(experiment);
    const auto given = given_numbers(experiment.document());
    for (sim::FieldInfo info : all_inputs()) {
        const std::string table = info.key.substr(0, info.key.find('.'));
        if (table == "scenario" && !with_outcome_only) continue;
        const bool of_strategy = table == "strategy" || table == "announcement" || table == "phase";
        const std::size_t at = info.key.find(".NAME.");
        const auto add = [&](sim::FieldInfo one) {
            // A number without a default has one only in the file.
            const auto found = given.find(one.key);
            if (!one.default_number && !of_strategy)
                one.number = found == given.end() ? std::nullopt : std::optional(found->second);
            add_lever(levers, one, of_strategy, with_outcome_only);
        };
        if (at == std::string::npos) {
            add(info);
        } else if (const auto list = names.find(table); list != names.end()) {
            for (const std::string& name : list->second) {
                sim::FieldInfo one = info;
                one.key = fmt::format("{}.{}.{}", table, sim::key_text(name), info.key.substr(at + 6));
                add(std::move(one));
            }
        }
    }
    return levers;
}

bool fits(const std::string& key, const std::string& pattern) {
    if (pattern.find('*') == std::string::npos) return key.find(pattern) != std::string::npos;
    // The parts between stars, in order: the first at the begin, the last at the end.
    std::size_t from = 0;
    std::size_t part = 0;
    while (true) {
        const std::size_t star = pattern.find('*', part);
        const std::string piece = pattern.substr(part, star == std::string::npos ? star : star - part);
        if (star == std::string::npos)
            return key.size() >= from + piece.size() && key.compare(key.size() - piece.size(), piece.size(), piece) == 0;
        const std::size_t found = key.find(piece, from);
        if (found == std::string::npos || (part == 0 && found != 0)) return false;
        from = found + piece.size();
        part = star + 1;
    }
}

OutcomePlace place_of(const std::string& outcome, const TransitionExperiment& experiment) {
    const std::size_t slash = outcome.find('/');
    const std::string name = outcome.substr(0, slash);
    const std::string label = slash == std::string::npos ? "" : outcome.substr(slash + 1);
    const std::vector<sim::Output>& outputs = experiment.record_plan().outputs;
    std::vector<std::string> known;
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        known.push_back(outputs[o].name);
        if (outputs[o].name == name)
            return {o, rows_labelled(experiment, outputs[o].column.table, label).value_or(std::vector<std::size_t>{})};
    }
    throw std::logic_error(fmt::format("no output is named {}{}", name, sim::did_you_mean(name, known)));
}

double mean_outcome(const sim::Record& record, const OutcomePlace& place, std::size_t width) {
    const auto mean = [&](const auto& values) {
        double sum = 0.0;
        for (std::size_t first = 0; first < values.size(); first += width)
            for (const std::size_t row : place.rows) sum += static_cast<double>(values[first + row]);
        return sum / static_cast<double>(values.size() / width * place.rows.size());
    };
    const auto& floats = record.floats[place.output];
    return floats.empty() ? mean(record.integers[place.output]) : mean(floats);
}

std::uint64_t hash_of(const sim::Record& record) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    const auto add = [&](std::uint32_t word) {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29;
    };
    for (const auto& values : record.integers)
        for (const std::int32_t value : values) add(static_cast<std::uint32_t>(value));
    for (const auto& values : record.floats)
        for (const float value : values) add(std::bit_cast<std::uint32_t>(value));
    return hash;
}

const char* verdict_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::as_expected:
            return "as expected";
        case Verdict::no_effect:
            return "no effect seen";
        case Verdict::against:
            return "against expectation";
        case Verdict::differs:
            return "differs";
        case Verdict::failed:
            return "could not be run";
    }
    return "";
}

Verdict judge(const sim::Estimate& difference, int sign) {
    const int seen = difference.interval.lo > 0.0 ? 1 : difference.interval.hi < 0.0 ? -1 : 0;
    if (seen == 0) return Verdict::no_effect;
    if (sign == 0) return Verdict::differs;
    return seen == sign ? Verdict::as_expected : Verdict::against;
}

/// A replicate that keeps its experiment alive.
class LeverReplicate final : public sim::Replicate {
  public:
    LeverReplicate(std::shared_ptr<const TransitionExperiment> experiment, std::uint32_t index)
        : experiment_(std::move(experiment)), replicate_(experiment_->replicate(index)) {}
    sim::State initial_state() override { return replicate_->initial_state(); }
    [[nodiscard]] const sim::Schedule& schedule(std::size_t strategy) const override { return replicate_->schedule(strategy); }

  private:
    std::shared_ptr<const TransitionExperiment> experiment_;
    std::unique_ptr<sim::Replicate> replicate_;
};

LeverExperiment::LeverExperiment(const TransitionExperiment& base, std::vector<Lever> levers, std::uint32_t first_replicate,
                                 std::uint32_t replicates, Make make)
    : base_(base),
      levers_(std::move(levers)),
      first_(first_replicate),
      replicates_(replicates),
      make_(std::move(make)),
      ends_(2 * levers_.size()),
      outcomes_(2 * levers_.size() * replicates),
      first_fault_(levers_.size()) {
    for (std::size_t l = 0; l < levers_.size(); ++l) {
        const std::string& outcome = levers_[l].outcome;
        OutcomePlace place;
        try {
            if (!outcome.empty()) place = place_of(outcome, base);
            if (!outcome.empty() && place.rows.empty()) first_fault_[l] = fmt::format("the scenario has no rows of {}", outcome);
        } catch (const std::logic_error& error) {  // a wrong declaration spoils its own line only
            first_fault_[l] = error.what();
        }
        places_.push_back(std::move(place));
    }
}

std::unique_ptr<sim::Replicate> LeverExperiment::replicate(std::uint32_t index) const {
    const std::size_t end = index / replicates_;
    const Lever& lever = levers_[end / 2];
    std::shared_ptr<const TransitionExperiment> experiment;
    try {
        const std::lock_guard lock(ends_[end].mutex);
        if (!ends_[end].experiment)
            ends_[end].experiment =
                std::make_shared<const TransitionExperiment>(make_(lever, end % 2 == 0 ? lever.low : lever.high));
        experiment = ends_[end].experiment;
    } catch (const sim::InputError& error) {
        throw sim::NumericalError("levers", 0, error.findings().front().message);  // one run fails, the others go on
    }
    const sim::RecordPlan& plan = experiment->record_plan();
    if (plan.widths != base_.record_plan().widths || plan.intervals != base_.record_plan().intervals)
        throw sim::NumericalError("levers", 0, "the record has another shape than at the value of the scenario");
    return std::make_unique<LeverReplicate>(std::move(experiment), draw_index(index));
}

void LeverExperiment::take(const sim::RunResult& run) {
    const std::size_t end = run.replicate / replicates_;
    const std::size_t lever = end / 2;
    if (run.replicate % replicates_ + 1 == replicates_) ends_[end].experiment.reset();
    if (!run.failure.empty()) {
        if (first_fault_[lever].empty()) first_fault_[lever] = run.failure;
        return;
    }
    Outcome& outcome = outcomes_[run.replicate];
    outcome.ran = true;
    outcome.hash = hash_of(run.record) ^ run.state_hash;
    const OutcomePlace& place = places_[lever];
    if (!place.rows.empty()) outcome.mean = mean_outcome(run.record, place, base_.record_plan().widths[place.output]);
}

std::vector<LeverResult> LeverExperiment::results() const {
    std::vector<LeverResult> results;
    for (std::size_t l = 0; l < levers_.size(); ++l) {
        LeverResult result;
        result.lever = levers_[l];
        result.failure = first_fault_[l];
        std::vector<double> low, high;
        result.same_bits = true;
        for (std::size_t r = 0; r < replicates_; ++r) {
            const Outcome& a = outcomes_[2 * l * replicates_ + r];
            const Outcome& b = outcomes_[(2 * l + 1) * replicates_ + r];
            if (!a.ran || !b.ran) continue;
            low.push_back(a.mean);
            high.push_back(b.mean);
            result.same_bits = result.same_bits && a.hash == b.hash;
        }
        result.pairs = low.size();
        const bool measured = result.lever.outcome.empty() || !places_[l].rows.empty();
        if (!low.empty() && measured) {
            result.low_mean = sim::mean(low);
            result.difference = sim::paired_difference(high, low, level);
            result.verdict = judge(result.difference, result.lever.sign);
        }
        results.push_back(std::move(result));
    }
    return results;
}

}  // namespace drawdown
