#include <fmt/format.h>

#include "models/cli/commands.hpp"
#include "models/transition/story.hpp"
#include "sim/date.hpp"
#include "sim/result_reader.hpp"

namespace drawdown {

namespace {

/// The day that an option names; none if it was not given.
std::optional<sim::Date> day_of(const char* option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = sim::Date::parse(text);
    if (!day) throw UsageError(fmt::format("--{} = {}: expected a day, YYYY-MM-DD", option, text));
    return day;
}

}  // namespace

int narrate_command(const Options& options) {
    StoryChoice choice;
    choice.strategy = options.strategy;
    choice.replicate = options.replicate;
    choice.from = day_of("from", options.from);
    choice.to = day_of("to", options.to);
    choice.kinds = options.kinds;
    if (choice.from && choice.to && *choice.to < *choice.from)
        throw UsageError(fmt::format("--to = {} is before --from = {}", options.to, options.from));
    try {
        const Story story = tell(sim::ResultReader(options.files.front()), choice);
        fmt::print("{}", options.json ? to_json(story) : to_text(story));
    } catch (const NoSuchStory& error) {
        throw UsageError(error.what());
    }
    return 0;
}

}  // namespace drawdown
