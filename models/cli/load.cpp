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

sim::Document load_scenario(const Options& options) {
    sim::Diagnostics findings;
    const std::vector<std::string> overlays(options.files.begin() + 1, options.files.end());
    sim::Document scenario =
        sim::Document::read(scenario_file(options.files.front()), overlays, options.sets, findings, scenario_units());
    findings.throw_if_any();
    return scenario;
}

TransitionExperiment load_experiment(const Options& options, const std::vector<std::string>& strategies,
                                     const std::vector<std::string>& strategy_sets) {
    sim::Diagnostics findings;
    const std::string file = scenario_file(options.files.front());
    const std::vector<std::string> overlays(options.files.begin() + 1, options.files.end());
    sim::Document scenario = sim::Document::read(file, overlays, options.sets, findings, scenario_units());
    std::vector<std::string> names = strategies;
    if (names.empty()) {
        // Without a choice: the strategy that the others are compared with.
        const auto* with = scenario.root().child_or_empty("scenario").find("compare_with");
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
    if (const auto* with = scenario.root().child_or_empty("scenario").find("compare_with");
        with != nullptr && with->kind == sim::Node::Kind::text) {
        std::vector<std::string> known = shipped_strategies(file);
        known.insert(known.end(), shown_names.begin(), shown_names.end());
        if (std::find(known.begin(), known.end(), with->text) == known.end())
            findings.add(with->place, fmt::format("scenario.compare_with: no strategy is named {}{}", with->text,
                                                  sim::did_you_mean(with->text, known)));
    }
    try {
        TransitionExperiment experiment(scenario, documents, options.seed, options.fixed_parameters);
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
