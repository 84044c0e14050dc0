#pragma once
// One run told as dated sentences: the log of events of a result file, with small events drawn together.

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/date.hpp"
#include "sim/result_reader.hpp"

namespace drawdown {

/// A replicate by its place among those of its strategy, in rising order of deaths by violence of all kinds (nearest rank).
enum class StoryRank : unsigned char {
    good,     ///< the 5th percentile
    typical,  ///< the median
    bad,      ///< the 95th percentile
};
[[nodiscard]] std::string_view name_of(StoryRank rank);
/// None if no rank has that name.
[[nodiscard]] std::optional<StoryRank> rank_named(std::string_view name);

/// Which run of a result to tell, and which part of it.
struct StoryChoice {
    std::string strategy;                    ///< empty: the one that the others are compared with
    std::optional<std::uint32_t> replicate;  ///< number of the replicate; none: the first of the file
    std::optional<StoryRank> rank;           ///< takes the place of the number
    std::optional<sim::Date> from, to;       ///< first and last day; none: the whole run
    std::vector<std::string> kinds;          ///< names of kinds of events; empty: all
};

/// A request that the file cannot answer: no such strategy, replicate or kind. Says which there are.
class NoSuchStory : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// One logged event.
struct StoryEvent {
    sim::Date day;  ///< first day of the step in which it happened
    int kind = 0;
    int region = -1;
    int group = -1;
    int cause = -1;
    double value = 0.0;
};

/// A line of the story: one event, or several of a kind with their totals.
struct StoryLine {
    sim::Date day;      ///< of the first of its events
    std::string date;   ///< "2014-03-03", "2014-03" or "2014"
    std::string place;  ///< name of a region, "country" or "3 regions"
    std::string text;
    std::size_t events = 1;
};

/// A calendar year of the run; figures of its intervals, points at its end.
struct StoryYear {
    int year = 0;
    double state_based_deaths = 0.0;
    double uniformed = 0.0;
    double displaced = 0.0;
    std::string phase;  ///< "as it was", "phase 2", "mission closed"
    std::vector<StoryLine> lines;
};

struct Story {
    std::string scenario, strategy;
    std::uint32_t replicate = 0;
    std::string rank;                                        ///< which of how many the replicate is; empty if chosen by number
    std::vector<std::string> regions, groups;                ///< names for people
    std::vector<std::string> benchmarks, tasks, provisions;  ///< likewise; empty where the file has none
    std::vector<StoryEvent> events;                          ///< all that were chosen, in the order in which they were logged
    std::vector<StoryYear> years;
};

/// Reads one run of a result. Throws NoSuchStory, and sim::FileError for a file that does not fit.
[[nodiscard]] Story tell(const sim::ResultReader& file, const StoryChoice& choice);

/// The lines for the events of one year: all events of a kind while they are few, else drawn together by region and month, by
/// region, or for the whole country: the finest of these that takes no more than a handful of lines for the kind.
[[nodiscard]] std::vector<StoryLine> lines_of_year(const std::vector<StoryEvent>& events, const Story& names);

/// The story for people, or every event as JSON.
[[nodiscard]] std::string to_text(const Story& story);
[[nodiscard]] std::string to_json(const Story& story);

}  // namespace drawdown
