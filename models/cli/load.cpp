#include "models/cli/load.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

#include "sim/errors.hpp"
#include "sim/suggest.hpp"

namespace drawdown {

namespace fs = std::filesystem;

namespace {

std::string strategy_file(const std::string& scenario, const std::string& name) {
    if (name.find('/') != std::string::npos || name.ends_with(".toml")) return name;
    const fs::path file = fs::path(scenario).parent_path() / "strategies" / (name + ".toml");
    if (fs::exists(file)) return file.string();
    const auto known = shipped_strategies(scenario);
    std::string list;
    for (const std::string& other : known) list += (list.empty() ? "" : ", ") + other;
    throw UsageError(fmt::format("no strategy {} for {}{}; there are: {}", name, scenario, sim::did_you_mean(name, known),
                                 list.empty() ? "none" : list));
}

/// The key that a setting of the command line sets; empty if it has none.
std::string key_of(const std::string& setting) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) return {};
    const std::size_t first = setting.find_first_not_of(" \t");
    const std::size_t last = setting.find_last_not_of(" \t", equals == 0 ? 0 : equals - 1);
    return first < equals ? setting.substr(first, last - first + 1) : std::string();
}

/// A setting that another one overrides is a slip, and which of the two was meant nobody knows.
void check_settings(const std::vector<std::string>& sets) {
    for (std::size_t i = 0; i < sets.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (const std::string key = key_of(sets[i]); !key.empty() && key == key_of(sets[j]))
                throw UsageError(fmt::format("{} is set twice: --set {} and --set {}; keep one", key, sets[j], sets[i]));
}

sim::Document read_scenario(const Options& options, sim::Diagnostics& findings) {
    check_settings(options.sets);
    const std::vector<std::string> overlays(options.files.begin() + 1, options.files.end());
    return sim::Document::read(scenario_file(options.files.front()), overlays, options.sets, findings, scenario_units());
}

/// Findings for distributions where all replicates must agree: grids and tables are laid out once for all of them.
void check_structure(const sim::Section& scenario, sim::Diagnostics& findings) {
    for (const char* key : {"step", "persons_per_agent", "agents_per_community", "output_every"})
        if (const sim::Node* node = scenario.find(key); node != nullptr && node->is_distribution())
            findings.add(node->place, fmt::format("scenario.{} cannot be a distribution: it must be the same in all replicates; "
                                                  "give one number",
                                                  key));
}

/// Findings for dates of a strategy after the end of the run, on which nothing would happen. An end from the command line cuts
/// runs short on purpose.
void check_dates(const sim::Section& strategy, const sim::Section& scenario, sim::Diagnostics& findings) {
    const auto is_date = [](const sim::Node* node) { return node != nullptr && node->kind == sim::Node::Kind::date; };
    const sim::Node* start = scenario.find("start");
    const sim::Node* end = scenario.find("end");
    if (!is_date(start) || !is_date(end) || end->date < start->date || end->place.line == 0) return;
    const auto check = [&](const sim::Section& table, const char* key) {
        const sim::Node* day = table.find(key);
        if (is_date(day) && end->date < day->date)
            findings.add(day->place, fmt::format("{} = {} is after scenario.end = {}", sim::join_path(table.path(), key),
                                                 day->date.text(), end->date.text()));
    };
    check(strategy.child_or_empty("strategy"), "departs");
    for (const auto& [name, phase] : strategy.child_or_empty("phase").children()) check(phase, "not_before");
}

}  // namespace

std::string scenario_file(const std::string& path) {
    const fs::path given(path);
    std::error_code error;
    if (!fs::exists(given, error))
        throw sim::FileError(sim::FileError::Kind::cannot_read, path, "there is no such file or folder");
    if (!fs::is_directory(given, error)) return path;
    const fs::path inside = given / "scenario.toml";
    if (!fs::exists(inside, error))
        throw sim::FileError(sim::FileError::Kind::cannot_read, path, "the folder has no scenario.toml");
    return inside.string();
}

std::vector<std::string> shipped_strategies(const std::string& scenario) {
    std::vector<std::string> names;
    const fs::path folder = fs::path(scenario).parent_path() / "strategies";
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

std::shared_ptr<sim::ParameterSample> load_sample(const std::string& path) {
    if (path.empty()) return nullptr;
    sim::Diagnostics findings;
    auto sample = std::make_shared<sim::ParameterSample>(sim::ParameterSample::read(path, findings));
    const std::vector<sim::FieldInfo> known = uncertain_parameters();
    std::vector<std::string> keys;
    for (const sim::FieldInfo& info : known) keys.push_back(info.key);
    for (const std::string& key : sample->keys()) {
        const auto info = std::find_if(known.begin(), known.end(), [&](const sim::FieldInfo& i) { return i.key == key; });
        if (info == known.end()) {
            findings.add({path, 1, 1}, fmt::format("{} is no parameter that has a prior{}", key, sim::did_you_mean(key, keys)));
            continue;
        }
        for (std::size_t row = 0; row < sample->rows(); ++row)
            if (!info->limits.contains(*sample->value(row, key))) {
                findings.add({path, 1, 1}, fmt::format("{} = {} in draw {} is out of range: must be {}", key,
                                                       *sample->value(row, key), row, info->range));
                break;
            }
    }
    findings.throw_if_any();
    return sample;
}

sim::Document load_scenario(const Options& options) {
    sim::Diagnostics findings;
    sim::Document scenario = read_scenario(options, findings);
    findings.throw_if_any();
    return scenario;
}

TransitionExperiment load_experiment(const Options& options, const std::vector<std::string>& strategies,
                                     const std::vector<std::string>& strategy_sets,
                                     std::shared_ptr<const sim::ParameterSample> sample) {
    if (!sample) sample = load_sample(options.posterior);
    sim::Diagnostics findings;
    const std::string file = scenario_file(options.files.front());
    sim::Document scenario = read_scenario(options, findings);
    const sim::Section table = scenario.root().child_or_empty("scenario");
    const sim::Node* with = table.find("compare_with");
    std::vector<std::string> names = strategies;
    if (names.empty()) {
        // Without a choice: the strategy that the others are compared with.
        names = {with != nullptr && with->kind == sim::Node::Kind::text ? with->text : ScenarioInput{}.compare_with};
    }
    if (names.size() == 1 && names.front() == "all") names = shipped_strategies(file);
    if (names.empty()) throw UsageError(fmt::format("{} has no strategies/*.toml beside it", file));
    // A file that could not be read as TOML is told for that alone: what would follow from it being empty says nothing.
    const bool scenario_read = findings.empty();
    std::vector<std::string> shown_names;
    std::vector<std::pair<std::string, sim::Document>> documents;
    for (const std::string& name : names) {
        const std::string path = strategy_file(file, name);
        const std::string shown = fs::path(path).stem().string();
        if (std::find(shown_names.begin(), shown_names.end(), shown) != shown_names.end())
            throw UsageError(fmt::format("strategy {} is named twice", shown));
        shown_names.push_back(shown);
        sim::Diagnostics form;
        sim::Document document = sim::Document::read(path, {}, strategy_sets, form, scenario_units());
        if (form.empty()) documents.emplace_back(shown, std::move(document));
        for (const sim::Diagnostic& finding : form.findings()) findings.add(finding.place, finding.message);
    }
    if (!scenario_read) findings.throw_if_any();
    check_structure(table, findings);
    for (const auto& [name, document] : documents) check_dates(document.root(), table, findings);
    if (with != nullptr && with->kind == sim::Node::Kind::text) {
        std::vector<std::string> known = shipped_strategies(file);
        known.insert(known.end(), shown_names.begin(), shown_names.end());
        if (std::find(known.begin(), known.end(), with->text) == known.end())
            findings.add(with->place, fmt::format("scenario.compare_with: no strategy is named {}{}", with->text,
                                                  sim::did_you_mean(with->text, known)));
    }
    try {
        TransitionExperiment experiment(scenario, documents, options.seed, options.fixed_parameters, std::move(sample));
        findings.throw_if_any();
        return experiment;
    } catch (const sim::InputError& error) {
        for (const sim::Diagnostic& finding : error.findings()) {
            const bool told = std::any_of(findings.findings().begin(), findings.findings().end(),
                                          [&](const auto& f) { return f.text() == finding.text(); });
            if (!told) findings.add(finding.place, finding.message);
        }
        findings.throw_if_any();
        throw;
    }
}

}  // namespace drawdown
