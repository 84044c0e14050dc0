#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Fighters give up their arms and enter a camp in the region where they are, at the rate at which their group sends them there
/// (`region_group.joins_disarmament`, written by the groups).
struct Disarmament {
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "disarmament";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::fighters);
    static constexpr auto looks = sim::columns(region_group::joins_disarmament, group::pay);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::disarmed);
    static constexpr auto streams = sim::streams({"disarmament"});
    static constexpr auto parameters = sim::parameters();

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_few_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Disarmament> persons, const sim::Step& now) const;
};

/// Persons leave the camps of disarmament, at the hazards
///
///     home:        1 / stay, into a programme with the odds  paid reach  of the disarmament activity, else as a former fighter
///     to fight:    to_fight if the group fights + impatience (overdue years),
///
/// where `paid` is the share of its money that the activity has, `reach` is the share of people whom mission or successor reach
/// with it, and overdue is the time beyond `patience`. Who waits in a camp without prospects goes back to arms: waiting, not
/// disarming, is where programmes fail (Humphreys and Weinstein 2007 find no effect of programmes on who demobilises, so that
/// the way home has the same hazard with and without one).
struct Demobilisation {
    double stay_weeks = 13.0;
    double patience_years = 0.5;
    double impatience = 0.02;
    double to_fight = 0.05;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "demobilisation";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::cantoned);
    static constexpr auto looks = sim::columns(group::posture, group::alive, activity::paid, region_activity::reach);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::rearmed);
    static constexpr auto streams = sim::streams({"demobilisation", "rearming"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("stay", &Demobilisation::stay_weeks, "weeks", sim::above(0.0), "mean stay in a camp of disarmament",
                       sim::source("assumed: camps are planned for weeks and last months", sim::Grade::D),
                       sim::raises("cantoned")),
        sim::parameter("patience", &Demobilisation::patience_years, "years", sim::between(0.0, 20.0),
                       "stay from which those who wait go back to arms", sim::source("assumed", sim::Grade::D),
                       sim::lowers("rearmed")),
        sim::parameter("impatience", &Demobilisation::impatience, "week^-1", sim::between(0.0, 1.0),
                       "hazard of going back to arms for each year of waiting beyond that", sim::source("assumed", sim::Grade::D),
                       sim::raises("rearmed")),
        sim::parameter("to_fight", &Demobilisation::to_fight, "week^-1", sim::between(0.0, 1.0),
                       "hazard of going back to a group that fights", sim::source("assumed", sim::Grade::D),
                       sim::raises("rearmed")));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_few_splits(persons_per_agent, agents_per_community); }
    void step(sim::Rows<Demobilisation> persons, const sim::Step& now) const;

  private:
    void rearm(const sim::Rows<Demobilisation>& persons, const sim::Step& now) const;
    void go_home(const sim::Rows<Demobilisation>& persons, const sim::Step& now) const;
};

/// Persons leave reintegration programmes: at the hazard 1 / duration they finish, and of these the share
///
///     success = training + (1 - training) jobs,     jobs = 1 - (1 - livelihood)(1 - youth_jobs if younger than 30)
///
/// is reintegrated with a better livelihood; the others, and those who drop out at the hazard drop_out (1 - paid), are former
/// fighters. Aid cut the poverty of ex-fighters in Burundi by 20 to 35 points and changed no view of peace or state (Gilligan,
/// Mvukiyehe and Samii 2013), so attitudes are left alone; jobs and capital keep men from arms, training alone hardly does
/// (Blattman and Annan 2016).
struct Reintegration {
    double duration_weeks = 52.0;
    double training = 0.10;
    double livelihood_gain = 0.25;
    double drop_out = 0.03;
    std::int64_t persons_per_agent = 1;
    std::int64_t agents_per_community = 1;

    static constexpr std::string_view name = "reintegration";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(community::region, community::in_programme);
    static constexpr auto looks = sim::columns(region::youth_jobs, activity::paid);
    static constexpr auto writes = moved_columns;
    static constexpr auto adds = sim::columns(region::graduated);
    static constexpr auto streams = sim::streams({"reintegration"});

    static constexpr auto parameters = sim::parameters(
        sim::parameter("duration", &Reintegration::duration_weeks, "weeks", sim::above(0.0), "mean time in a programme",
                       sim::source("assumed: about a year", sim::Grade::C), sim::raises("in_programme")),
        sim::parameter("training", &Reintegration::training, "1", sim::between(0.0, 1.0),
                       "share of those without a job in sight who are reintegrated",
                       sim::source("Blattman and Annan 2016: training alone about 0; size judged", sim::Grade::B),
                       sim::raises("reintegrated")),
        sim::parameter("livelihood_gain", &Reintegration::livelihood_gain, "1", sim::between(0.0, 1.0),
                       "rise of livelihood security of those who are reintegrated",
                       sim::source("Gilligan, Mvukiyehe and Samii 2013: poverty -20 to -35 points, Burundi", sim::Grade::B),
                       sim::raises("livelihood")),
        sim::parameter("drop_out", &Reintegration::drop_out, "week^-1", sim::between(0.0, 1.0),
                       "hazard of leaving a programme that has no money", sim::source("assumed: months", sim::Grade::D),
                       sim::lowers("in_programme")));

    [[nodiscard]] std::uint32_t reserve_rows() const { return rows_for_few_splits(persons_per_agent, agents_per_community); }
    /// Share of those who finish who are reintegrated.
    [[nodiscard]] double success(double livelihood, double youth_jobs, std::uint8_t age_years) const {
        const double jobs = 1.0 - (1.0 - livelihood) * (age_years < 30 ? 1.0 - youth_jobs : 1.0);
        return training + (1.0 - training) * jobs;
    }
    void step(sim::Rows<Reintegration> persons, const sim::Step& now) const;
};

}  // namespace drawdown
