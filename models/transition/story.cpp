#include "models/transition/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "models/transition/event_kinds.hpp"
#include "sim/errors.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace {

/// So many events of a kind in a year are told one by one; more are drawn together into about as many lines.
constexpr std::size_t few = 6;
/// A region with more than this share of what several had is named.
constexpr double notable = 0.2;

const EventKindInfo& info_of_kind(int kind) { return event_kinds()[static_cast<std::size_t>(kind)]; }

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string name_at(const std::vector<std::string>& names, int index) {
    return index >= 0 && static_cast<std::size_t>(index) < names.size() ? names[static_cast<std::size_t>(index)] : "";
}

/// The event's value in words, by name where it is an index.
std::string told_value(const StoryEvent& event, const Story& names) {
    const Measure measure = info_of_kind(event.kind).measure;
    const int index = static_cast<int>(event.value);
    std::string name;
    if (measure == Measure::benchmark) name = name_at(names.benchmarks, index);
    if (measure == Measure::task) name = name_at(names.tasks, index);
    if (measure == Measure::provision) name = name_at(names.provisions, index);
    if (measure == Measure::group) name = name_at(names.groups, index);
    if (measure == Measure::benchmark && !name.empty()) name = "the benchmark " + name;
    return name.empty() ? value_text(measure, event.value) : name;
}

std::string place_of(int region, const Story& names) { return region < 0 ? "country" : name_at(names.regions, region); }

StoryLine single(const StoryEvent& event, const Story& names) {
    StoryLine line;
    line.day = event.day;
    line.date = event.day.text();
    line.place = place_of(event.region, names);
    line.text = event_sentence(static_cast<EventKind>(event.kind), line.place, name_at(names.groups, event.group),
                               told_value(event, names), event.cause);
    return line;
}

/// The cause of most of the events, if more than half share it; else -1.
int main_cause(const std::vector<StoryEvent>& events) {
    std::map<int, std::size_t> counts;
    for (const StoryEvent& event : events) ++counts[event.cause];
    for (const auto& [cause, count] : counts)
        if (2 * count > events.size()) return cause;
    return -1;
}

/// Several events of a kind in one line; `spread` where they lie in several regions.
StoryLine drawn_together(const std::vector<StoryEvent>& events, const Story& names, std::size_t date_length, bool spread) {
    const EventKindInfo& info = info_of_kind(events.front().kind);
    StoryLine line;
    line.day = events.front().day;
    line.date = line.day.text().substr(0, date_length);
    line.events = events.size();
    const bool adds_up = info.measure == Measure::deaths || info.measure == Measure::persons || info.measure == Measure::usd;
    std::map<int, double> regions;  // what each had of the total, or of the events where values do not add up
    double total = 0.0, largest = 0.0;
    for (const StoryEvent& event : events) {
        regions[event.region] += adds_up ? event.value : 1.0;
        total += event.value;
        largest = std::max(largest, event.value);
    }
    line.place =
        spread && regions.size() > 1 ? fmt::format("{} regions", regions.size()) : place_of(regions.begin()->first, names);
    line.text = fmt::format("{} {}", events.size(), info.title);
    if (info.measure == Measure::deaths || info.measure == Measure::persons)
        line.text += fmt::format(": {} in all, at most {} at once", value_text(info.measure, total), grouped(largest));
    else if (info.measure == Measure::usd)
        line.text += fmt::format(": {} in all", value_text(info.measure, total));
    const auto worst =
        std::max_element(regions.begin(), regions.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (regions.size() > 1 && worst->first >= 0 &&
        worst->second > notable * (adds_up ? total : static_cast<double>(events.size())))
        line.text += fmt::format(", most in {}", place_of(worst->first, names));
    if (const int cause = main_cause(events); cause >= 0)
        line.text += fmt::format(", mostly {}", causes()[static_cast<std::size_t>(cause)].phrase);
    return line;
}

/// The events of one kind in one year, those with equal keys drawn together.
template <class Key>
std::vector<StoryLine> grouped_lines(const std::vector<StoryEvent>& events, const Story& names, std::size_t date_length,
                                     bool spread, const Key& key) {
    std::map<int, std::vector<StoryEvent>> groups;
    for (const StoryEvent& event : events) groups[key(event)].push_back(event);
    std::vector<StoryLine> lines;
    for (const auto& [ignored, members] : groups)
        lines.push_back(members.size() == 1 ? single(members.front(), names)
                                            : drawn_together(members, names, date_length, spread));
    return lines;
}

std::vector<StoryLine> lines_of_kind(const std::vector<StoryEvent>& events, const Story& names) {
    std::vector<StoryLine> lines;
    if (events.size() <= few) {
        for (const StoryEvent& event : events) lines.push_back(single(event, names));
        return lines;
    }
    lines = grouped_lines(events, names, 7, false, [](const StoryEvent& e) { return 12 * e.region + e.day.month(); });
    if (lines.size() > few) lines = grouped_lines(events, names, 4, false, [](const StoryEvent& e) { return e.region; });
    if (lines.size() > few) lines = grouped_lines(events, names, 4, true, [](const StoryEvent&) { return 0; });
    return lines;
}

/// Names of an axis for people: its labels, else its names without underscores.
std::vector<std::string> names_in(const sim::ResultReader& file, const std::string& axis) {
    std::vector<std::string> labels;
    if (!file.contains(axis + "_name")) return labels;
    if (file.contains(axis + "_label")) labels = file.read_texts(axis + "_label");
    const std::vector<std::string> names = file.read_texts(axis + "_name");
    labels.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!labels[i].empty()) continue;
        labels[i] = names[i];
        std::replace(labels[i].begin(), labels[i].end(), '_', ' ');
    }
    return labels;
}

std::string attribute_text(const sim::ResultReader& file, std::string_view name) {
    for (const sim::Attribute& attribute : file.attributes())
        if (attribute.name == name)
            if (const auto* text = std::get_if<std::string>(&attribute.value)) return *text;
    return "";
}

std::size_t find_strategy(const sim::ResultReader& file, const std::string& wanted) {
    const std::vector<std::string> known = file.read_texts("strategy_name");
    const std::string name = wanted.empty() ? attribute_text(file, "compare_with") : wanted;
    const auto found = std::find(known.begin(), known.end(), name);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    if (wanted.empty()) return 0;
    throw NoSuchStory(fmt::format("no strategy {} in {}{}; there are: {}", wanted, file.path(), sim::did_you_mean(wanted, known),
                                  joined(known)));
}

/// Index in the file of the replicate with that number.
std::size_t find_replicate(const sim::ResultReader& file, std::optional<std::uint32_t> wanted) {
    const std::vector<std::int64_t> known = file.read_integers("replicate");
    if (!wanted) return 0;
    const auto found = std::find(known.begin(), known.end(), std::int64_t{*wanted});
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    throw NoSuchStory(
        fmt::format("no replicate {} in {}; there are: {}", *wanted, file.path(),
                    known.size() == 1 ? fmt::format("{}", known.front()) : fmt::format("{} to {}", known.front(), known.back())));
}

std::set<int> find_kinds(const std::vector<std::string>& wanted) {
    std::set<int> kinds;
    const std::vector<std::string>& known = event_kind_names();
    for (const std::string& name : wanted) {
        const auto found = std::find(known.begin(), known.end(), name);
        if (found == known.end())
            throw NoSuchStory(
                fmt::format("no kind of event {}{}; there are: {}", name, sim::did_you_mean(name, known), joined(known)));
        kinds.insert(static_cast<int>(found - known.begin()));
    }
    return kinds;
}

/// All events of one run.
std::vector<StoryEvent> events_of(const sim::ResultReader& file, std::size_t strategy, std::int64_t replicate) {
    const auto column = [&](const char* name) { return file.read_integers(fmt::format("events/event_{}", name)); };
    const auto strategies = column("strategy"), replicates = column("replicate"), kinds = column("kind");
    const auto regions = column("region"), groups = column("group"), reasons = column("cause");
    const auto days = file.read_doubles("events/event_day"), values = file.read_doubles("events/event_value");
    std::vector<StoryEvent> events;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (strategies[i] != static_cast<std::int64_t>(strategy) || replicates[i] != replicate) continue;
        if (kinds[i] < 0 || static_cast<std::size_t>(kinds[i]) >= event_kinds().size() || reasons[i] < -1 ||
            reasons[i] >= static_cast<std::int64_t>(causes().size()))
            throw sim::FileError(sim::FileError::Kind::cannot_read, file.path(),
                                 "it has events that this version does not know; read it with the version that made it");
        events.push_back({sim::Date(static_cast<std::int32_t>(days[i])), static_cast<int>(kinds[i]), static_cast<int>(regions[i]),
                          static_cast<int>(groups[i]), static_cast<int>(reasons[i]), values[i]});
    }
    return events;
}

/// The part of a recorded variable that belongs to one run, `[interval x rest]`.
std::vector<double> run_of(const sim::ResultReader& file, const std::string& name, std::size_t strategy, std::size_t replicate) {
    std::vector<std::size_t> count = file.variable(name).shape;
    std::vector<std::size_t> offset(count.size(), 0);
    if (count.size() < 3)
        throw sim::FileError(sim::FileError::Kind::cannot_read, file.path(), fmt::format("{} has no runs", name));
    offset[0] = strategy;
    offset[1] = replicate;
    count[0] = count[1] = 1;
    return file.read_doubles(name, offset, count);
}

/// The replicate of that rank: its index in the file and, in words, its place.
std::pair<std::size_t, std::string> find_rank(const sim::ResultReader& file, std::size_t strategy, StoryRank rank) {
    constexpr std::array<double, 3> percentiles{0.05, 0.5, 0.95};
    const std::vector<std::int64_t> status = file.read_integers("run_status");
    const std::size_t replicates = file.variable("run_status").shape[1];
    std::vector<std::pair<double, std::size_t>> tolls;
    for (std::size_t i = 0; i < replicates; ++i) {
        if (status[strategy * replicates + i] != 0) continue;
        double toll = 0.0;
        for (const double deaths : run_of(file, "deaths", strategy, i)) toll += deaths;
        tolls.emplace_back(toll, i);
    }
    if (tolls.empty()) throw NoSuchStory(fmt::format("all replicates of {} failed: there is nothing to tell", file.path()));
    std::sort(tolls.begin(), tolls.end());
    const double share = percentiles[static_cast<std::size_t>(rank)];
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(tolls.size())));
    const auto& [toll, replicate] = tolls[place - 1];
    return {replicate, fmt::format("{}: number {} of {} by deaths by violence of all kinds, {}", name_of(rank), place,
                                   tolls.size(), grouped(toll))};
}

/// The years of the run with their figures; an interval belongs to the year in which its middle lies.
std::vector<StoryYear> years_of(const sim::ResultReader& file, std::size_t strategy, std::size_t replicate) {
    const std::vector<double> bounds = file.read_doubles("time_bounds");
    const std::vector<double> deaths = run_of(file, "deaths", strategy, replicate);
    const std::vector<double> uniformed = run_of(file, "uniformed", strategy, replicate);
    const std::vector<double> displaced = run_of(file, "total_displaced", strategy, replicate);
    const std::size_t intervals = uniformed.size();
    const std::vector<std::string> types = file.read_texts("violence_name");
    const auto at = static_cast<std::size_t>(std::find(types.begin(), types.end(), "state_based") - types.begin());
    std::vector<StoryYear> years;
    for (std::size_t i = 0; i < intervals; ++i) {
        const int year = sim::Date(static_cast<std::int32_t>((bounds[2 * i] + bounds[2 * i + 1]) / 2.0)).year();
        if (years.empty() || years.back().year != year) years.push_back({.year = year, .phase = "", .lines = {}});
        const std::size_t width = deaths.size() / intervals;
        for (std::size_t k = at; k < width; k += types.size()) years.back().state_based_deaths += deaths[i * width + k];
        years.back().uniformed = uniformed[i];
        years.back().displaced = displaced[i];
    }
    return years;
}

/// The state of the plan after an event that changes it; otherwise what it was.
std::string phase_after(const StoryEvent& event, std::string phase) {
    const std::string number = value_text(Measure::phase, event.value);
    switch (static_cast<EventKind>(event.kind)) {
        case EventKind::phase_begins:
        case EventKind::plan_resumes:
            return number;
        case EventKind::plan_pauses:
            return number + ", paused";
        case EventKind::plan_reverses:
            return number + ", reversed";
        case EventKind::mission_closes:
            return "mission closed";
        case EventKind::mission_reenters:
            return "mission back";
        case EventKind::followon_begins:
            return "follow-on presence";
        case EventKind::followon_ends:
            return "follow-on presence ended";
        default:
            return phase;
    }
}

}  // namespace

std::string_view name_of(StoryRank rank) {
    constexpr std::array<std::string_view, 3> names{"good", "typical", "bad"};
    return names[static_cast<std::size_t>(rank)];
}

std::optional<StoryRank> rank_named(std::string_view name) {
    for (const StoryRank rank : {StoryRank::good, StoryRank::typical, StoryRank::bad})
        if (name_of(rank) == name) return rank;
    return {};
}

std::vector<StoryLine> lines_of_year(const std::vector<StoryEvent>& events, const Story& names) {
    std::map<int, std::vector<StoryEvent>> by_kind;
    for (const StoryEvent& event : events) by_kind[event.kind].push_back(event);
    std::vector<StoryLine> lines;
    for (const auto& [kind, members] : by_kind)
        for (StoryLine& line : lines_of_kind(members, names)) lines.push_back(std::move(line));
    // What is told for a month or a year stands where it began.
    std::stable_sort(lines.begin(), lines.end(), [](const StoryLine& a, const StoryLine& b) { return a.day < b.day; });
    return lines;
}

Story tell(const sim::ResultReader& file, const StoryChoice& choice) {
    const std::size_t strategy = find_strategy(file, choice.strategy);
    Story story;
    std::size_t replicate = 0;
    if (choice.rank)
        std::tie(replicate, story.rank) = find_rank(file, strategy, *choice.rank);
    else
        replicate = find_replicate(file, choice.replicate);
    const std::set<int> kinds = find_kinds(choice.kinds);
    story.scenario = attribute_text(file, "scenario");
    story.strategy = file.read_texts("strategy_name")[strategy];
    story.replicate = static_cast<std::uint32_t>(file.read_integers("replicate")[replicate]);
    const std::vector<std::int64_t> status = file.read_integers("run_status");
    if (status[strategy * file.variable("run_status").shape[1] + replicate] != 0)
        throw NoSuchStory(fmt::format("replicate {} of {} failed: there is nothing to tell", story.replicate, story.strategy));
    story.regions = names_in(file, "region");
    story.groups = names_in(file, "group");
    story.benchmarks = names_in(file, "benchmark");
    story.tasks = names_in(file, "activity");
    story.provisions = names_in(file, "provision");

    const std::vector<StoryEvent> all = events_of(file, strategy, story.replicate);
    std::string phase = "as it was";
    auto event = all.begin();
    for (StoryYear& year : years_of(file, strategy, replicate)) {
        std::vector<StoryEvent> chosen;
        for (; event != all.end() && event->day.year() <= year.year; ++event) {
            phase = phase_after(*event, phase);
            if (choice.from && event->day < *choice.from) continue;
            if (choice.to && *choice.to < event->day) continue;
            if (kinds.empty() || kinds.count(event->kind) != 0) chosen.push_back(*event);
        }
        if ((choice.from && year.year < choice.from->year()) || (choice.to && choice.to->year() < year.year)) continue;
        year.phase = phase;
        year.lines = lines_of_year(chosen, story);
        story.events.insert(story.events.end(), chosen.begin(), chosen.end());
        story.years.push_back(std::move(year));
    }
    return story;
}

std::string to_text(const Story& story) {
    std::string text = fmt::format("{}, {}, replicate {}{}: one simulated run, not a prediction\n", story.scenario,
                                   story.strategy, story.replicate, story.rank.empty() ? "" : fmt::format(" ({})", story.rank));
    std::size_t width = 7;
    for (const StoryYear& year : story.years)
        for (const StoryLine& line : year.lines) width = std::max(width, line.place.size());
    for (const StoryYear& year : story.years) {
        text += fmt::format("\n{}: {} state-based {}; {} uniformed; {}; {} displaced\n", year.year,
                            grouped(year.state_based_deaths), year.state_based_deaths == 1.0 ? "death" : "deaths",
                            grouped(year.uniformed), year.phase, grouped(year.displaced));
        for (const StoryLine& line : year.lines)
            text += fmt::format("  {:<10}  {:<{}}  {}\n", line.date, line.place, width, line.text);
    }
    return text;
}

std::string to_json(const Story& story) {
    std::string text = fmt::format("{{\"scenario\": {}, \"strategy\": {}, \"replicate\": {}, \"years\": [",
                                   sim::quoted(story.scenario), sim::quoted(story.strategy), story.replicate);
    const char* comma = "";
    for (const StoryYear& year : story.years) {
        text +=
            fmt::format("{}\n  {{\"year\": {}, \"state_based_deaths\": {}, \"uniformed\": {}, \"displaced\": {}, \"phase\": {}}}",
                        comma, year.year, year.state_based_deaths, year.uniformed, year.displaced, sim::quoted(year.phase));
        comma = ",";
    }
    text += "],\n \"events\": [";
    comma = "";
    for (const StoryEvent& event : story.events) {
        const StoryLine line = single(event, story);
        const auto cause = event.cause < 0 ? "null" : sim::quoted(causes()[static_cast<std::size_t>(event.cause)].name);
        const auto group = event.group < 0 ? "null" : sim::quoted(name_at(story.groups, event.group));
        text += fmt::format(
            "{}\n  {{\"date\": \"{}\", \"kind\": {}, \"place\": {}, \"group\": {}, \"cause\": {}, \"value\": {}, \"text\": {}}}",
            comma, line.date, sim::quoted(info_of_kind(event.kind).name), sim::quoted(line.place), group, cause, event.value,
            sim::quoted(line.text));
        comma = ",";
    }
    return text + "]}\n";
}

}  // namespace drawdown
