// The layers of the source tree: what includes what, and which words and functions stand where. Reads the sources as text.

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.hpp"

namespace {

/// A source file: its path from the root of the sources, and its lines.
struct Source {
    std::string path;
    std::vector<std::string> lines;
};

std::vector<Source> sources_in(const std::string& folder) {
    const std::filesystem::path root = SOURCE_DIR;
    std::vector<Source> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".hpp" && extension != ".cpp") continue;
        Source source{entry.path().lexically_relative(root).generic_string(), {}};
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) source.lines.push_back(line);
        found.push_back(std::move(source));
    }
    std::ranges::sort(found, {}, &Source::path);
    return found;
}

/// What a line includes, or nothing: the text between the quotes or angle brackets.
std::string included_by(const std::string& line) {
    static const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
    std::smatch match;
    return std::regex_search(line, match, include) ? match[1].str() : "";
}

/// A line without its comment. Good enough for code in which no string holds two slashes.
std::string code_of(const std::string& line) { return line.substr(0, line.find("//")); }

bool starts_with_any(std::string_view text, const std::vector<std::string_view>& beginnings) {
    return std::ranges::any_of(beginnings, [&](std::string_view beginning) { return text.starts_with(beginning); });
}

/// Lower-case words of a line; an underscore parts words, and so does a capital within a name.
std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words(1);
    char before = ' ';
    for (const char c : line) {
        const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
        const bool upper = std::isupper(static_cast<unsigned char>(c)) != 0;
        const bool after_lower = std::islower(static_cast<unsigned char>(before)) != 0;
        if (!letter || (upper && after_lower)) words.emplace_back();
        if (letter) words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        before = c;
    }
    std::erase(words, "");
    return words;
}

std::string place(const Source& source, std::size_t line) {
    return source.path + ":" + std::to_string(line + 1) + ": " + source.lines[line];
}

/// Lines of code of `sources` in which `pattern` occurs.
std::vector<std::string> occurrences(const std::vector<Source>& sources, const std::regex& pattern,
                                     const std::set<std::string>& except = {}) {
    std::vector<std::string> found;
    for (const Source& source : sources) {
        if (except.contains(source.path)) continue;
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            if (std::regex_search(code_of(source.lines[i]), pattern)) found.push_back(place(source, i));
    }
    return found;
}

/// Lines of `sources` that include something with one of `beginnings`.
std::vector<std::string> including(const std::vector<Source>& sources, const std::vector<std::string_view>& beginnings) {
    std::vector<std::string> found;
    for (const Source& source : sources)
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            if (starts_with_any(included_by(source.lines[i]), beginnings)) found.push_back(place(source, i));
    return found;
}

using Findings = std::vector<std::string>;

}  // namespace

TEST_CASE("the layers test sees what it should refuse", "[layers]") {
    CHECK(included_by("#include \"models/x.hpp\"") == "models/x.hpp");
    CHECK(included_by("  # include <tbb/info.h>  // why") == "tbb/info.h");
    CHECK(included_by("// #include <tbb/info.h>").empty());
    CHECK(words_of("int county_war = kWarning + PeaceTalk;  // Liberia's") ==
          std::vector<std::string>{"int", "county", "war", "k", "warning", "peace", "talk", "liberia", "s"});
    CHECK(sources_in("sim").size() > 40);
    CHECK(sources_in("models").size() > 30);
    const std::vector<Source> engine = sources_in("sim");
    CHECK_FALSE(including(engine, {"tbb/"}).empty());
    CHECK_FALSE(occurrences(engine, std::regex(R"(\bstd::sqrt\b)")).empty());
}

TEST_CASE("the engine includes nothing of the models", "[layers]") {
    CHECK(including(sources_in("sim"), {"models/", "../", "tests/", "bench/"}) == Findings{});
}

TEST_CASE("the models include neither tests nor neighbours by a relative path", "[layers]") {
    CHECK(including(sources_in("models"), {"tests/", "bench/", "../"}) == Findings{});
    CHECK(including(sources_in("models/transition"), {"models/cli/"}) == Findings{});
}

TEST_CASE("the engine knows no word of the domain", "[layers]") {
    const std::set<std::string> domain{
        "mission",     "missions",    "mandate",      "troop",        "troops",     "war",       "wars",
        "county",      "counties",    "country",      "countries",    "fighter",    "fighters",  "police",
        "peace",       "peacekeeper", "peacekeepers", "peacekeeping", "donor",      "donors",    "liberia",
        "liberian",    "monrovia",    "unmil",        "army",         "armies",     "soldier",   "soldiers",
        "militia",     "militias",    "rebel",        "rebels",       "faction",    "factions",  "spoiler",
        "violence",    "violent",     "conflict",     "conflicts",    "battle",     "battles",   "attack",
        "attacks",     "ceasefire",   "government",   "governments",  "election",   "elections", "legitimacy",
        "refugee",     "refugees",    "displaced",    "displacement", "village",    "villages",  "community",
        "communities", "population",  "person",       "persons",      "people",     "civilian",  "civilians",
        "casualty",    "casualties",  "grievance",    "humanitarian", "withdrawal", "drawdown",  "demobilisation",
        "mobilisation"};
    Findings found;
    for (const Source& source : sources_in("sim"))
        for (std::size_t i = 0; i < source.lines.size(); ++i)
            for (const std::string& word : words_of(source.lines[i]))
                if (domain.contains(word)) found.push_back(word + " in " + place(source, i));
    CHECK(found == Findings{});
}

TEST_CASE("only the engine includes oneTBB, HDF5, Random123 and toml++", "[layers]") {
    CHECK(including(sources_in("models"), {"tbb/", "oneapi/", "hdf5", "H5", "Random123/", "toml"}) == Findings{});
}

TEST_CASE("of the models, only the command line includes Boost", "[layers]") {
    Findings found = including(sources_in("models"), {"boost/"});
    std::erase_if(found, [](const std::string& line) { return line.starts_with("models/cli/"); });
    CHECK(found == Findings{});
}

TEST_CASE("processes do not include each other", "[layers]") {
    const std::string folder = "models/transition/";
    const std::vector<Source> sources = sources_in(folder);
    // A process header declares a step; all others (columns, effects, inputs, ...) are there to be shared.
    std::set<std::string> process_headers;
    const std::regex step(R"(\bvoid step\(sim::(Rows|View)<)");
    for (const Source& source : sources)
        if (source.path.ends_with(".hpp") &&
            std::ranges::any_of(source.lines, [&](const std::string& line) { return std::regex_search(line, step); }))
            process_headers.insert(source.path);
    CHECK(process_headers.size() >= 10);
    CHECK_FALSE(process_headers.contains(folder + "columns.hpp"));

    // Sources of a header that does not bear their name, static traits of persons that two processes need, and books, which split
    // what another process does into its causes by that process's own terms.
    const std::map<std::string, std::set<std::string>> allowed{
        {folder + "society.cpp", {folder + "attitudes.hpp", folder + "tally.hpp"}},
        {folder + "population.cpp", {folder + "attitudes.hpp"}},
        {folder + "attitude_books.hpp", {folder + "attitudes.hpp"}},
        {folder + "control_books.hpp", {folder + "delivery.hpp"}},
        {folder + "death_books.hpp", {folder + "violence.hpp"}},
    };
    Findings found;
    for (const Source& source : sources) {
        // These join them all.
        if (source.path.starts_with(folder + "model.") || source.path == folder + "process_list.hpp") continue;
        const std::string own = source.path.substr(0, source.path.rfind('.')) + ".hpp";
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            const std::string header = included_by(source.lines[i]);
            if (!process_headers.contains(header) || header == own) continue;
            const auto exception = allowed.find(source.path);
            if (exception != allowed.end() && exception->second.contains(header)) continue;
            found.push_back(place(source, i));
        }
    }
    CHECK(found == Findings{});
}

TEST_CASE("functions of the C library that differ between machines stay off the path to results", "[layers]") {
    const std::string functions =
        "(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|"
        "erf|erfc|"
        "tgamma|lgamma)[fl]?\\(";
    const std::regex of_std("\\bstd::" + functions);
    const std::regex unqualified("(^|[^\\w:.>])(::)?" + functions);
    CHECK(std::regex_search("y = std::exp(x)", of_std));
    CHECK(std::regex_search("y = -exp(x)", unqualified));
    CHECK(std::regex_search("y = ::powf(x, 2)", unqualified));
    CHECK_FALSE(std::regex_search("y = sim::exp(x)", of_std));
    CHECK_FALSE(std::regex_search("y = sim::exp(x)", unqualified));
    CHECK_FALSE(std::regex_search("view.log(1)", unqualified));
    // Statistics of finished results may differ in the last bit.
    CHECK(occurrences(sources_in("models"), of_std, {"models/transition/comparison.cpp", "models/forecast/scores.cpp"}) ==
          Findings{});
    CHECK(occurrences(sources_in("models"), unqualified, {"models/transition/comparison.cpp", "models/forecast/scores.cpp"}) ==
          Findings{});
    CHECK(occurrences(sources_in("sim"), of_std, {"sim/statistics.cpp"}) == Findings{});
}

TEST_CASE("all random draws are the engine's", "[layers]") {
    const std::regex foreign(
        R"(\b(s?rand|drand48|random_shuffle)\(|std::random|mt19937|minstd_rand|std::\w+_distribution|<random>)");
    CHECK(std::regex_search("int x = rand();", foreign));
    CHECK(std::regex_search("std::normal_distribution<double> d;", foreign));
    CHECK(occurrences(sources_in("sim"), foreign) == Findings{});
    CHECK(occurrences(sources_in("models"), foreign) == Findings{});
}

TEST_CASE("threads are oneTBB's, and wall time is not part of a model", "[layers]") {
    const std::regex threads(R"(std::(jthread|thread|async)\b|pthread_create)");
    CHECK(occurrences(sources_in("sim"), threads) == Findings{});
    // The progress line has a thread of its own, which sees counters only.
    CHECK(occurrences(sources_in("models"), threads, {"models/cli/progress.hpp", "models/cli/progress.cpp"}) == Findings{});
    const std::regex time(R"(std::chrono|\btime\(|gettimeofday|std::getenv)");
    CHECK(occurrences(sources_in("models/transition"), time) == Findings{});
}
