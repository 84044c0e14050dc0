#!/usr/bin/python3
"""Broken scenarios: each is told with file, line, column, key and what is allowed, all faults at once, and nothing is run.

    validate_test.py PROGRAM SOURCE_DIR

Each row of `BROKEN` copies the Liberia scenario, breaks it, and says which findings must come out, for `validate`, `run` and
`compare` alike. A row with `cascade` tells the fault, but buries it under others that mending it would mend; a row with `flaw`
is not told as it should be. Both are expected failures: when the program improves, the test says so, and the mark goes.
"""

import dataclasses
import os
import re
import typing
import unittest

import common

TOML = "scenario.toml"
ABRUPT = "strategies/abrupt.toml"
BENCHMARK = "strategies/benchmark.toml"
MOST_SECONDS = 20  # for one answer, however hostile the input


@dataclasses.dataclass(frozen=True)
class Finding:
    """One line that must come out: in `file`, where `what` stands behind `before`, holding all of `words`."""

    file: str
    before: str
    what: str
    words: typing.Tuple[str, ...]

    def line_of_message(self, scenario):
        text = scenario.read(self.file)
        at = text.index(self.before + self.what) + len(self.before)
        line = text.count("\n", 0, at) + 1
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        return f"liberia/{self.file}:{line}:{column}: "


def at(file, before, what, *words):
    return Finding(file, before, what, words)


def top(file, *words):
    """A finding about a file as a whole."""
    return Finding(file, "", "", words)


@dataclasses.dataclass(frozen=True)
class Broken:
    name: str
    break_it: typing.Callable
    findings: typing.Tuple[Finding, ...]
    cascade: str = ""
    flaw: str = ""


def edit(file, old, new):
    return lambda scenario: scenario.edit(file, old, new)


def several(*steps):
    return lambda scenario: [step(scenario) for step in steps]


def append(file, text):
    return lambda scenario: scenario.append(file, text)


def replace(file, text):
    return lambda scenario: scenario.write(file, text)


def change_first(file, old, new):
    return lambda scenario: scenario.write(file, scenario.read(file).replace(old, new, 1))


def move_out(name):
    return lambda scenario: os.rename(scenario.path(name), scenario.folder.parent / name)


def link_out(name):
    return lambda scenario: (move_out(name)(scenario), os.symlink(f"../{name}", scenario.path(name)))


def make_pipe(name):
    return lambda scenario: (os.unlink(scenario.path(name)), os.mkfifo(scenario.path(name)))


def neighbour_outside(scenario):
    (scenario.folder.parent / "base.toml").write_text("", encoding="utf-8")
    scenario.edit(TOML, "[scenario]", 'extends = ["../base.toml"]\n[scenario]')


SYNTAX = "after a file that cannot be parsed, every key and name is reported missing, at line 1 and so before the fault"
NO_REGION = "after a bad row of counties.csv, each place that names the region is told too, in five files"

BROKEN = [
    # Keys, units, types and ranges.
    Broken("typo_in_key", edit(TOML, "persons_per_agent = 100", "persons_per_agnt = 100"),
           (at(TOML, "", "persons_per_agnt", "unknown key scenario.persons_per_agnt", "did you mean scenario.persons_per_agent?"),)),
    Broken("typo_in_process_parameter", edit(TOML, 'half_size = "700 persons"', "per_hed = 3"),
           (at(TOML, "", "per_hed", "unknown key mission_cost.per_hed", "did you mean mission_cost.per_head?"),)),
    Broken("unknown_table", append(TOML, "\n[atitudes]\nrate = 3\n"), (at(TOML, "[", "atitudes", "unknown table atitudes", "did you mean attitudes?"),)),
    Broken("wrong_dimension", edit(TOML, '"2000 persons"', '"2000 km"'),
           (at(TOML, "army = ", '"2000 km"', "state.army", "km [length]", "persons"),)),
    Broken("unknown_unit", edit(TOML, '"2000 persons"', '"2000 persns"'),
           (at(TOML, "army = ", '"2000', "state.army", "unknown unit persns", "did you mean persons?"),)),
    Broken("number_out_of_range", edit(TOML, "legitimacy = 0.45", "legitimacy = 1.45"),
           (at(TOML, "legitimacy = ", "1.45", "state.legitimacy = 1.45", ">= 0", "<= 1", "default 0.5"),)),
    Broken("process_parameter_out_of_range", edit(TOML, 'fixed = "255 million USD/year"', "fixed = -3"),
           (at(TOML, "fixed = ", "-3", "mission_cost.fixed = -3 million USD", ">= 0", "default 239"),)),
    Broken("not_a_number", edit(TOML, "legitimacy = 0.45", "legitimacy = nan"), (at(TOML, "legitimacy = ", "nan", "not a finite number"),)),
    Broken("not_a_number_names_its_key", edit(TOML, "legitimacy = 0.45", "legitimacy = nan"),
           (at(TOML, "legitimacy = ", "nan", "state.legitimacy", "not a finite number"),)),
    Broken("infinite", edit(TOML, 'army = "2000 persons"', "army = -inf"), (at(TOML, "army = ", "-inf", "not a finite number"),)),
    Broken("not_whole", edit(TOML, "persons_per_agent = 100", "persons_per_agent = 1.5"),
           (at(TOML, "persons_per_agent = ", "1.5", "scenario.persons_per_agent = 1.5", "whole number"),)),
    Broken("wrong_type", edit(TOML, "legitimacy = 0.45", "legitimacy = true"),
           (at(TOML, "legitimacy = ", "true", "state.legitimacy", "expected a number"),)),
    Broken("text_for_list", edit(TOML, '["nimba", "bong", "montserrado", "grand_bassa", "margibi"]', '"nimba"'),
           (at(TOML, "regions = ", '"nimba"', "group.npfl_network.regions", "expected a list of texts"),)),
    Broken("list_of_tables_for_table", edit(TOML, "[group.lurd_network]", "[[group.lurd_network]]"),
           (at(TOML, "[[group.", "lurd_network", "group.lurd_network"),)),
    Broken("unknown_choice", edit(TOML, 'spoiler = "greedy"', 'spoiler = "gready"'),
           (at(TOML, "spoiler = ", '"gready"', "group.border_militia.spoiler", "none, limited, greedy, total", "did you mean greedy?"),)),
    Broken("required_key_missing", edit(TOML, "start = 2012-01-01\nend", "end"), (at(TOML, "", "[scenario]", "scenario.start is missing"),)),
    Broken("capacity_with_five_values", edit(TOML, "[0.32, 0.34, 0.28, 0.32, 0.32, 0.30]", "[0.32, 0.34, 0.28, 0.32, 0.32]"),
           (at(TOML, "capacity = ", "[", "state.capacity", "6 values", "not 5"),)),
    Broken("age_shares_do_not_add_up", edit(TOML, "[0.2116, 0.0995", "[0.5116, 0.0995"),
           (at(TOML, "age_shares_men = ", "[0.5116", "add up to 1", "1.3000"),)),
    Broken("step_of_half_days", edit(TOML, 'step = "1 week"', 'step = "2.5 days"'), (at(TOML, "step = ", '"2.5', "scenario.step", "whole number of days"),)),
    # Distributions.
    Broken("distribution_upside_down", edit(TOML, "min = 150, mode = 500", "min = 1500, mode = 500"),
           (at(TOML, "mode = 500, max = ", "1200", "group.border_militia.fighters.max = 1200", "above min = 1500"),)),
    Broken("distribution_beyond_the_range", edit(TOML, "legitimacy = 0.45", 'legitimacy = { dist = "uniform", min = 0.2, max = 1.5 }'),
           (at(TOML, "legitimacy = ", "{", "state.legitimacy", "0.2 to 1.5", "<= 1"),)),
    Broken("distribution_unknown", edit(TOML, "legitimacy = 0.45", 'legitimacy = { dist = "triangel", min = 0.2, max = 0.5 }'),
           (at(TOML, "dist = ", '"triangel"', "state.legitimacy.dist", "lognormal, loguniform, normal, triangular, uniform"),)),
    Broken("distribution_without_mode", edit(TOML, "legitimacy = 0.45", 'legitimacy = { dist = "triangular", min = 0.2, max = 0.5 }'),
           (at(TOML, "legitimacy = ", "{", "state.legitimacy.mode is missing"),)),
    *(Broken(f"distribution_of_{key}", edit(TOML, old, f'{key} = {{ dist = "uniform", min = {low}, max = {high} }}'),
             (at(TOML, f"{key} = ", "{", f"scenario.{key} cannot be a distribution", "the same in all replicates"),))
      for key, old, low, high in (("persons_per_agent", "persons_per_agent = 100", 50, 150), ("step", 'step = "1 week"', 1, 3),
                                  ("agents_per_community", "agents_per_community = 300", 100, 300), ("output_every", 'step = "1 week"', 2, 6))),
    # Dates.
    Broken("end_before_start", edit(TOML, "end = 2028-12-31", "end = 2011-12-31"),
           (at(TOML, "\nend = ", "2011-12-31", "scenario.end = 2011-12-31", "after scenario.start = 2012-01-01"),)),
    Broken("end_in_the_far_future", edit(TOML, "end = 2028-12-31", "end = 9999-12-31"), (at(TOML, "\nend = ", "9999-12-31", "100 years"),)),
    Broken("pulse_out_of_order", edit(TOML, "peak = 2014-09-15", "peak = 2016-09-15"),
           (at(TOML, "peak = ", "2016-09-15", "epidemic.ebola", "start 2014-06-15", "peak 2016-09-15", "end 2015-05-09"),)),
    Broken("no_such_day", edit(TOML, "date = 2014-12-20", "date = 2014-02-30"), (at(TOML, "date = 2014-02-30", "", "day between 1 and 28"),)),
    Broken("time_of_day", edit(TOML, "start = 2012-01-01\nend", "start = 2012-01-01T00:00:00Z\nend"), (at(TOML, "start = ", "2012", "time of day", "2018-03-30"),)),
    # Names that lead nowhere.
    Broken("unknown_identity_of_group", edit(TOML, 'identity = "dan_mano"', 'identity = "dan_manu"'),
           (at(TOML, "identity = ", '"dan_manu"', "group.npfl_network.identity", "no identity group is named dan_manu"),)),
    Broken("unknown_identity_with_hint", edit(TOML, 'identity = "dan_mano"', 'identity = "dan_manu"'),
           (at(TOML, "identity = ", '"dan_manu"', "did you mean dan_mano?"),)),
    Broken("unknown_region_of_group", edit(TOML, '"montserrado", "grand_bassa"', '"monserrado", "grand_bassa"'),
           (at(TOML, "regions = ", '["nimba", "bong", "mons', "group.npfl_network.regions", "monserrado", "did you mean montserrado?"),)),
    # Ground that groups hold.
    Broken("ground_for_too_few_regions", edit(TOML, '"grand_bassa", "margibi"]', '"grand_bassa", "margibi"]\nholds = [0.5]'),
           (at(TOML, "holds = ", "[0.5]", "group.npfl_network.holds", "5 values", "not 1"),)),
    Broken("ground_held_twice", several(edit(TOML, '"grand_bassa", "margibi"]', '"grand_bassa", "margibi"]\nholds = [0.7, 0, 0, 0, 0]'),
                                        edit(TOML, '"sinoe", "nimba"]', '"sinoe", "nimba"]\nholds = [0, 0, 0, 0, 0.6]')),
           (at(TOML, "holds = ", "[0.7", "group.npfl_network.holds", "1.30 of nimba"),)),
    Broken("signatory_for_hire", edit(TOML, "signatory = false\nhired = true", "signatory = true\nhired = true"),
           (at(TOML, "hired = ", "true", "group.border_militia", "no signatory"),)),
    Broken("unknown_strategy_to_compare_with", edit(TOML, 'compare_with = "historical"', 'compare_with = "historicl"'),
           (at(TOML, "compare_with = ", '"historicl"', "scenario.compare_with", "historicl"),)),
    Broken("identity_table_renamed", edit(TOML, "[identity.mandingo]", "[identity.mandinga]"), (at(TOML, "", "[files]", "mandingo", "[identity.mandingo]"),)),
    # The files that a scenario names.
    Broken("csv_missing", lambda scenario: scenario.path("adjacency.csv").unlink(),
           (at(TOML, "adjacency = ", '"adjacency.csv"', '"adjacency.csv"', "no such file"),)),
    Broken("csv_not_named", edit(TOML, 'adjacency = "adjacency.csv"\n', ""), (at(TOML, "", "[files]", "files.adjacency is missing"),)),
    Broken("csv_outside_the_folder", several(move_out("adjacency.csv"), edit(TOML, '"adjacency.csv"', '"../adjacency.csv"')),
           (at(TOML, "adjacency = ", '"../', "leaves the folder"),)),
    Broken("csv_by_absolute_path", edit(TOML, '"adjacency.csv"', '"/etc/passwd"'), (at(TOML, "adjacency = ", '"/etc', "absolute path", "relative"),)),
    Broken("csv_behind_a_link", link_out("adjacency.csv"), (at(TOML, "adjacency = ", '"adjacency.csv"', "symbolic link"),)),
    Broken("csv_is_a_folder", edit(TOML, '"adjacency.csv"', '"strategies"'), (at(TOML, "adjacency = ", '"strategies"', "not a regular file"),)),
    Broken("csv_is_a_pipe", make_pipe("adjacency.csv"), (at(TOML, "adjacency = ", '"adjacency.csv"', "not a regular file"),)),
    Broken("extends_itself", edit(TOML, "[scenario]", 'extends = ["scenario.toml"]\n[scenario]'), (at(TOML, "extends = [", '"scenario.toml"', "extends itself"),)),
    Broken("extends_in_a_circle",
           several(edit(TOML, "[scenario]", 'extends = ["base.toml"]\n[scenario]'), replace("base.toml", '# Base.\nextends = ["scenario.toml"]\n')),
           (at("base.toml", "extends = [", '"scenario.toml"', "scenario.toml", "is being read already"),)),
    Broken("extends_out_of_the_folder", neighbour_outside, (at(TOML, "extends = [", '"../base.toml"', "leaves the folder"),)),
    Broken("extends_nothing", edit(TOML, "[scenario]", 'extends = ["base.toml"]\n[scenario]'), (at(TOML, "extends = [", '"base.toml"', "no such file"),)),
    # Tables of regions.
    Broken("negative_population", edit("counties.csv", "Bomi,84119", "Bomi,-84119"), (at("counties.csv", "Bomi,", "-84119", "population = -84119", ">= 1"),)),
    Broken("population_in_words", edit("counties.csv", "Bomi,84119", "Bomi,many"), (at("counties.csv", "Bomi,", "many", 'population = "many"', "number"),)),
    Broken("population_nan", edit("counties.csv", "Bomi,84119", "Bomi,nan"), (at("counties.csv", "Bomi,", "nan", "population", "finite number"),)),
    Broken("empty_cell", edit("counties.csv", "Bomi,84119", "Bomi,"), (at("counties.csv", "Bomi,", ",", "population is empty"),)),
    Broken("decimal_comma", edit("adjacency.csv", "bomi,bong,6.4,127.9", "bomi,bong,6,4,127,9"), (at("adjacency.csv", "", "bomi,bong", "6 cells", "4"),)),
    Broken("unknown_neighbour", edit("adjacency.csv", "bomi,bong", "bomi,bongg"),
           (at("adjacency.csv", "bomi,", "bongg", "no region is named bongg", "did you mean bong?"),)),
    Broken("neighbour_of_itself", edit("adjacency.csv", "bomi,bong", "bomi,bomi"), (at("adjacency.csv", "bomi,", "bomi", "bomi cannot be its own neighbour"),)),
    Broken("region_twice", edit("counties.csv", "bong,Bong", "bomi,Bong"), (at("counties.csv", "", "bomi,Bong", "region bomi stands twice"),)),
    Broken("shares_of_police", edit("counties.csv", "0.6500,0.6000", "0.5500,0.6000"),
           (at("counties.csv", "0.0469,0.6,", "0.0093", "national_police", "add up to 1", "0.9000"),)),
    Broken("shares_of_identities", edit("identity.csv", "0.9132", "0.5132"), (at("identity.csv", "", "bong", "bong", "add up to 1", "0.6000"),)),
    Broken("column_missing", edit("counties.csv", "remoteness", "remotness"), (top("counties.csv", "no column remoteness", "did you mean remotness?"),)),
    Broken("comma_too_many_in_the_header", edit("counties.csv", "population,", "population,,"), (at("counties.csv", "population,", ",", "a column without a name"),)),
    Broken("row_too_short", edit("counties.csv", "bong,Bong,", "bong,"), (at("counties.csv", "", "bong,333481", "15 cells", "16"),)),
    Broken("quote_never_closed", edit("counties.csv", "bong,Bong", 'bong,"Bong'), (at("counties.csv", "bong,", '"Bong', "never closed"),)),
    Broken("row_missing_in_identities", edit("identity.csv", "bomi,0.3634,0.0117,0.0233,0.5612,0.0404\n", ""), (top("identity.csv", "no row for region bomi"),)),
    Broken("row_twice_in_identities", edit("identity.csv", "bong,", "bomi,"), (at("identity.csv", "", "bomi,0.9132", "bomi"),)),
    Broken("neighbours_twice", append("adjacency.csv", "bong,bomi,6.4,127.9\n"), (at("adjacency.csv", "", "bong,bomi", "bomi"),)),
    Broken("strength_twice", append("strength.csv", "2012-01-01,bomi,9999,68,9,57\n"), (at("strength.csv", "", "2012-01-01,bomi,9999", "bomi"),)),
    Broken("strength_row_missing", edit("strength.csv", "2012-01-01,bomi,583,68,9,57\n", ""), (top("strength.csv", "bomi", "2012-01-01"),)),
    Broken("unknown_neighbour_abroad", edit(TOML, 'neighbour = "CIV"', 'neighbour = "CVI"'), (at(TOML, "neighbour = ", '"CVI"', "spillover.ivorian_war.neighbour", "CVI"),)),
    Broken("group_without_regions", edit(TOML, 'regions = ["nimba", "bong", "montserrado", "grand_bassa", "margibi"]', "regions = []"),
           (at(TOML, "regions = ", "[]", "group.npfl_network.regions"),)),
    Broken("name_that_leaves_the_results", edit(TOML, 'name = "liberia"', 'name = "../../elsewhere"'), (at(TOML, "\nname = ", '"../../', "scenario.name"),)),
    Broken("date_in_csv", edit("strength.csv", "2012-01-01,lofa", "2012-13-01,lofa"), (at("strength.csv", "", "2012-13-01", '"2012-13-01"', "not a date", "2018-03-30"),)),
    # Strategies.
    Broken("unknown_benchmark", change_first(BENCHMARK, '"security", "police"', '"security", "polise"'),
           (at(BENCHMARK, "requires = ", '["security", "polise"', "no benchmark is named polise", "did you mean police?"),)),
    Broken("phase_upside_down", edit(BENCHMARK, "not_after = 2015-10-01", "not_after = 2011-10-01"),
           (at(BENCHMARK, "not_after = ", "2011-10-01", "phase.p1.not_after = 2011-10-01", "not_before = 2012-10-01"),)),
    Broken("departure_after_the_end", edit(ABRUPT, "departs = 2012-10-01", "departs = 2029-01-01"),
           (at(ABRUPT, "departs = ", "2029-01-01", "strategy.departs = 2029-01-01 is after scenario.end = 2028-12-31"),)),
    Broken("phase_after_the_end", edit(BENCHMARK, "not_before = 2016-01-01\nnot_after = 2020-12-31", "not_before = 2029-01-01\nnot_after = 2030-12-31"),
           (at(BENCHMARK, "not_before = ", "2029-01-01", "phase.p3.not_before = 2029-01-01 is after scenario.end = 2028-12-31"),)),
    Broken("phase_after_an_earlier_end", edit(TOML, "end = 2028-12-31", "end = 2021-01-01"),
           (at("strategies/extended.toml", "not_before = ", "2021-07-01", "phase.p3.not_before = 2021-07-01 is after scenario.end = 2021-01-01"),)),
    Broken("phases_without_departure", edit(ABRUPT, "departs = 2012-10-01\n", ""), (at(ABRUPT, "", "[strategy]", "strategy.departs"),)),
    Broken("departure_without_phases", edit(ABRUPT, '[phase.all]\nnot_before = 2012-10-01\nduration = "13 weeks"\nremaining = 0.0\n', ""),
           (at(ABRUPT, "", "[strategy]", "[phase.NAME]"),)),
    Broken("announced_end_in_the_past", edit(ABRUPT, "expected_end = 2012-12-31", "expected_end = 2011-12-31"),
           (at(ABRUPT, "", "[announcement.plan", "expected_end 2011-12-31", "made 2012-10-01"),)),
    Broken("scenario_key_in_strategy", append(ABRUPT, "\n[scenario]\nend = 2013-01-01\n"), (at(ABRUPT, "[", "scenario]", "unknown table scenario"),)),
    Broken("empty_strategy", replace(ABRUPT, ""), (top(ABRUPT, "[strategy]"),)),
    Broken("syntax_of_strategy", edit(ABRUPT, "remaining = 0.0", "remaining = 0,0"), (at(ABRUPT, "remaining = 0", ",0", "','"),)),
    # Files that are no scenario, or meant to do harm.
    Broken("syntax", edit(TOML, "harmed_share = 0.15", "harmed_share = = 0.15"), (at(TOML, "harmed_share = ", "= 0.15", "value"),)),
    Broken("key_twice", edit(TOML, "legitimacy = 0.45", "legitimacy = 0.45\nlegitimacy = 0.50"), (at(TOML, "legitimacy = ", "0.50", "cannot redefine", "legitimacy"),)),
    Broken("empty", replace(TOML, ""), (top(TOML, "scenario.name is missing"), top(TOML, "state.army is missing"), top(TOML, "files.regions is missing")),
           cascade="an empty file is told as 26 errors, of them nine about benchmarks"),
    Broken("binary", lambda scenario: scenario.path(TOML).write_bytes(bytes(range(256)) * 40), (top(TOML, "expected keys, tables"),)),
    Broken("not_utf8", lambda scenario: scenario.path(TOML).write_bytes(b'[scenario]\nname = "\xff\xfe"\n'), (at(TOML, "name = ", '"', "utf-8"),)),
    Broken("binary_csv", lambda scenario: scenario.path("counties.csv").write_bytes(bytes(range(256)) * 40), (at("counties.csv", "\n", "", "not UTF-8"),)),
    Broken("empty_csv", replace("counties.csv", ""), (top("counties.csv", "empty", "column names"),)),
    Broken("other_separator", lambda scenario: scenario.write("counties.csv", scenario.read("counties.csv").replace(",", ";")),
           (top("counties.csv", "no column name"),), cascade=NO_REGION),
    Broken("deep_lists", append(TOML, "deep = " + "[" * 20_000 + "]" * 20_000 + "\n"), (at(TOML, "", "deep", "nested deeper than"),)),
    Broken("deep_tables", append(TOML, "deep = " + "{a=" * 5_000 + "1" + "}" * 5_000 + "\n"), (at(TOML, "", "deep", "nested deeper than"),)),
    Broken("dotted_key_of_400_kb", append(TOML, ".".join("a" * 200_000) + " = 1\n"), (at(TOML, "\n", "a.a.a.a", "bytes", "at most"),)),
    Broken("dotted_table", append(TOML, "[" + ".".join("a" * 2_000) + "]\nb = 1\n"), (at(TOML, "", "[a.a.a", "a key of more than 32 parts"),)),
    # All faults are told at once, by line.
    Broken("four_faults", several(edit(TOML, "persons_per_agent = 100", "persons_per_agnt = 100"), edit(TOML, '"2000 persons"', '"2000 km"'),
                                  edit(TOML, "consent = 0.75", "consent = 7.5"), edit(TOML, "peak = 2014-09-15", "peak = 2016-09-15")),
           (at(TOML, "", "persons_per_agnt", "unknown key"), at(TOML, "army = ", '"2000 km"', "state.army"), at(TOML, "consent = ", "7.5", "state.consent"),
            at(TOML, "peak = ", "2016-09-15", "epidemic.ebola"))),
    Broken("faults_in_three_files", several(edit("counties.csv", "Bomi,84119", "Bomi,-1"), edit(TOML, "legitimacy = 0.45", "legitimacy = 2"),
                                            edit(ABRUPT, "remaining = 0.0", "remaining = 50.0")),
           (at("counties.csv", "Bomi,", "-1", "population"), at(TOML, "legitimacy = ", "2", "state.legitimacy"), at(ABRUPT, "remaining = ", "50.0", "phase.all.remaining"))),
    Broken("syntax_and_faults_elsewhere", several(edit(ABRUPT, "remaining = 0.0", "remaining = 0,0"), edit("counties.csv", "Bomi,84119", "Bomi,-1")),
           (at("counties.csv", "Bomi,", "-1", "population"), at(ABRUPT, "remaining = 0", ",0", "','"))),
]


class BrokenScenarios(common.Case):
    """Filled from BROKEN below."""

    def answer(self, broken, *words):
        scenario = self.scenario()
        broken.break_it(scenario)
        before = self.files()
        done = common.program(*words, cwd=self.folder, timeout=MOST_SECONDS)
        self.assertEqual(self.files(), before, f"{words[0]} left a file behind\n{done.told()}")
        return scenario, done

    def check(self, broken, *words):
        scenario, done = self.answer(broken, *words)
        self.assertEqual(done.code, 65, f"{words[0]}: an invalid scenario ends with exit 65\n{done.told()}")
        self.assertEqual(done.out, "", f"{words[0]}: standard output is for results")
        lines = done.err.splitlines()
        self.assertRegex(lines[-1], r"^\d+ errors?; nothing was run$", done.told())
        told = lines[:-1]
        self.assertEqual(int(lines[-1].split()[0]), len(told), f"a line for each error\n{done.told()}")
        for finding in broken.findings:
            place = finding.line_of_message(scenario)
            here = [line for line in told if line.startswith(place) and all(word in line for word in finding.words)]
            self.assertEqual(len(here), 1, f"{words[0]}: expected one line '{place}' with {finding.words}\n{done.told()}")
        keys = [re.match(r"([^:]+):(\d+)(?::(\d+))?", line) for line in told]
        order = [(key[1], int(key[2]), int(key[3] or 0)) for key in keys if key]
        self.assertEqual(order, sorted(order), f"{words[0]}: findings are told by file and line\n{done.told()}")
        self.assertLess(max(map(len, told)), 600, f"{words[0]}: a message that nobody reads\n{done.told()}")
        return told, done


def add_tests():
    for broken in BROKEN:
        def told(self, broken=broken):
            self.check(broken, "validate", "liberia")

        def nothing_else(self, broken=broken):
            lines, done = self.check(broken, "validate", "liberia")
            self.assertEqual(len(lines), len(broken.findings), f"more is told than what is wrong\n{done.told()}")

        def not_run(self, broken=broken):
            held = [re.fullmatch(r"strategies/(.*)\.toml", finding.file) for finding in broken.findings]
            strategy = next((match[1] for match in held if match), "historical")
            self.check(broken, "run", "liberia", "--strategy", strategy, "-o", "result.h5")

        def not_compared(self, broken=broken):
            self.check(broken, "compare", "liberia", "--replicates", 2)

        if broken.flaw:
            setattr(BrokenScenarios, f"test_{broken.name}", unittest.expectedFailure(told))
            continue
        for suffix, test in (("", told), ("_and_nothing_else", nothing_else), ("_not_run", not_run), ("_not_compared", not_compared)):
            excused = suffix == "_and_nothing_else" and broken.cascade
            setattr(BrokenScenarios, f"test_{broken.name}{suffix}", unittest.expectedFailure(test) if excused else test)


add_tests()


class Settings(common.Case):
    """--set on the command line: no file and line, but the setting as it was given."""

    BAD = (
        (("nothing",), ("--set nothing: ", "table.key=value")),
        (("scenario.end",), ("--set scenario.end: ", "table.key=value")),
        (("scenario.end=",), ("--set scenario.end=: ", "no value")),
        (("=3",), ("--set =3: ", "table.key")),
        (("a..b=1",), ("--set a..b=1: ", "table.key")),
        (("scenario.end=tomorrow",), ("--set scenario.end=tomorrow: ", "expected a date, such as 2018-03-30")),
        (("scenario.ende=2013-01-01",), ("unknown key scenario.ende", "did you mean scenario.end?")),
        (("nowhere.key=1",), ("unknown table nowhere",)),
        (("scenario.persons_per_agent=0",), ("scenario.persons_per_agent = 0", ">= 1", "<= 10000", "default 100")),
        (("state.legitimacy=nan",), ("not a finite number",)),
        (('state.army="2000 km"',), ("state.army", "km [length]")),
        (("scenario=3",), ("scenario is an integer", "a table at", "scenario.toml:4")),
        (('extends="base.toml"',), ("extends can only be set in a file",)),
        (("state.police=-1", 'scenario.step="1 wek"', "scenario.x=2"), ("state.police = -1", "unknown unit wek", "did you mean week?", "unknown key scenario.x")),
    )

    def test_bad_settings(self):
        for settings, words in self.BAD:
            options = [word for setting in settings for word in ("--set", setting)]
            for command in (("validate",), ("run", "-o", self.folder / "result.h5"), ("compare", "-o", self.folder / "result.h5")):
                with self.subTest(command=command[0], settings=settings):
                    done = common.program(command[0], common.LIBERIA, *command[1:], *options)
                    self.assertEqual(done.code, 65, done.told())
                    for word in words:
                        self.assertIn(word, done.err)
                    self.assertRegex(done.err, r"(?m)^\d+ errors?; nothing was run$")
                    self.assertEqual(self.files(), [])

    def test_an_earlier_end_leaves_later_phases_out(self):
        self.succeed("validate", common.LIBERIA, "--set", "scenario.end=2012-06-30")

    def test_a_bad_end_is_one_error(self):
        done = common.program("validate", common.LIBERIA, "--set", "scenario.end=tomorrow")
        self.assertIn("1 error; nothing was run", done.err)


class Inputs(common.Case):
    """What is there at all."""

    def test_missing_scenario(self):
        (self.folder / "empty").mkdir()
        for name, words in (("nowhere", "no such file or folder"), ("nowhere.toml", "no such file or folder"), ("empty", "scenario.toml")):
            for command in ("validate", "run", "compare", "show", "plan", "parameters"):
                with self.subTest(command=command, name=name):
                    done = common.program(command, name, cwd=self.folder)
                    self.assertEqual(done.code, 66, done.told())
                    self.assertIn(f"{name}: cannot be read", done.err)
                    self.assertIn(words, done.err)
                    self.assertEqual(done.out, "")
        self.assertEqual(self.files(), [])

    def test_missing_overlay(self):
        done = common.program("validate", common.LIBERIA, "nowhere.toml", cwd=self.folder)
        self.assertEqual(done.code, 66, done.told())
        self.assertIn("nowhere.toml: cannot be read", done.err)

    def test_folder_for_a_file(self):
        scenario = self.scenario()
        scenario.path("strategies/folder.toml").mkdir()
        done = common.program("validate", "liberia", cwd=self.folder)
        self.assertEqual(done.code, 66, done.told())
        self.assertIn("liberia/strategies/folder.toml: cannot be read: it is not a regular file", done.err)

    def test_overlay_with_a_fault(self):
        self.scenario()
        (self.folder / "overlay.toml").write_text("[state]\nlegitimacy = 0.5\nlegitimate = 0.5\n", encoding="utf-8")
        done = common.program("validate", "liberia", "overlay.toml", cwd=self.folder)
        self.assertEqual(done.code, 65, done.told())
        self.assertIn("overlay.toml:3:1: unknown key state.legitimate", done.err)

    def test_the_shipped_scenarios_are_valid(self):
        shipped = sorted(path.parent for path in (common.SOURCE / "scenarios").glob("*/scenario.toml"))
        self.assertLessEqual({"arvania", "cote_divoire", "generic", "liberia", "mali"}, {folder.name for folder in shipped})
        for folder in shipped:
            with self.subTest(folder.name):
                done = self.succeed("validate", folder)
                self.assertIn("nothing was run", done.out)
                self.assertEqual(done.err, "")

    def test_line_ends_and_byte_order_marks_change_nothing(self):
        scenario = self.scenario()
        for name in (TOML, "counties.csv", "adjacency.csv", "identity.csv", "strength.csv", ABRUPT):
            scenario.write(name, "\ufeff" + scenario.read(name).replace("\n", "\r\n"))
        changed = self.succeed("show", "liberia", cwd=self.folder)
        self.assertEqual(changed.out, self.succeed("show", common.LIBERIA).out)
        self.succeed("validate", "liberia", cwd=self.folder)


if __name__ == "__main__":
    common.main()
