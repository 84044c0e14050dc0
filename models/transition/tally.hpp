#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/person_rows.hpp"
#include "sim/field.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Counts persons by what they do and where, and sums the attitudes of adults at home. Nothing is sampled: the counts are exact.
/// Those in protection sites are counted among the displaced too; fighters in disarmament count where their camp is.
struct Tally {
    static constexpr std::string_view name = "tally";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(person::grievance, person::fear, person::trust_state, person::trust_mission,
                                               person::expectation, person::weight, person::status, person::location,
                                               person::group, person::age, person::livelihood, community::region);
    static constexpr auto looks = sim::columns(group::pay);  // for the number of groups
    static constexpr auto writes =
        sim::columns(community::grievance, community::trust_state, community::residents, community::away, community::fighters,
                     community::former, community::cantoned, community::in_programme);
    static constexpr auto adds =
        sim::columns(region::population, region::adults, region::displaced, region::sites, region::refugees, region::former,
                     region::cantoned, region::in_programme, region::reintegrated, region::security, region::grievance_sum,
                     region::fear_sum, region::trust_state_sum, region::trust_mission_sum, region::expectation_sum,
                     region::livelihood_sum, region_group::fighters, country::population);
    static constexpr auto parameters = sim::parameters();

    void step(sim::Rows<Tally> persons, const sim::Step& now) const;
};

/// Persons, displaced persons and the sum of their welfare by region, sex and age band, in the weeks that are recorded. A
/// person's welfare is the mean of livelihood security and of the services that come to the person: those of the region at home,
/// aid for the displaced.
struct Census {
    static constexpr std::string_view name = "census";
    static constexpr std::string_view table = "person";
    static constexpr std::string_view owner = "community";
    static constexpr auto reads = sim::columns(person::weight, person::status, person::location, person::sex, person::age,
                                               person::livelihood, community::region);
    static constexpr auto looks = sim::columns(region::services, region::aid);
    static constexpr auto adds = sim::columns(region_cohort::population, region_cohort::displaced, region_cohort::welfare_sum);
    static constexpr auto parameters = sim::parameters();

    void step(sim::Rows<Census> persons, const sim::Step& now) const;
};

/// Mean welfare by region, sex and age band from the sums of the census; between recorded weeks it stays as it was.
struct Welfare {
    static constexpr std::string_view name = "welfare";
    static constexpr auto reads = sim::columns(region_cohort::welfare_sum, region_cohort::population);
    static constexpr auto writes = sim::columns(region_cohort::welfare);
    static constexpr auto parameters = sim::parameters();

    void step(sim::View<Welfare> state, const sim::Step& now) const;
};

}  // namespace drawdown
