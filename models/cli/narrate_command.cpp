#include <fmt/format.h>

#include "models/cli/commands.hpp"
#include "models/transition/story.hpp"
#include "sim/result_reader.hpp"

namespace drawdown {

int narrate_command(const Options& options) {
    StoryChoice choice;
    choice.strategy = options.strategy;
    choice.replicate = options.replicate;
    choice.rank = rank_named(options.replicate_rank);
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
