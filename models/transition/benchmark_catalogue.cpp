#include <array>

#include "models/transition/benchmark_inputs.hpp"

namespace drawdown {

namespace {

struct Condition {
    Indicator indicator;
    double at_least;
    std::string_view label;
};

/// One output of a chapter and its three benchmarks.
struct Output {
    std::string_view id;
    std::string_view outcome;
    std::string_view output;
    std::array<Condition, 3> terms;  // short, medium, long
};

using I = Indicator;

const std::vector<Output>& chapters() {
    static const std::vector<Output> list = {
        {"cml_3_1_host",
         "CML 3.1 host government and population",
         "host-government engagement and consent",
         {{{I::host_consent, 0.55, "The government supports the mission and its departure plan"},
           {I::clean_hands, 0.65, "The government neither obstructs nor shares in abuses"},
           {I::legitimacy, 0.50, "People accept the government as theirs"}}}},
        {"cml_3_1_community",
         "CML 3.1 host government and population",
         "community engagement, expectations, bridge to government",
         {{{I::popular_consent, 0.50, "Communities accept the mission"},
           {I::expectations_met, 0.85, "Services come near to what people expect"},
           {I::trust_state, 0.40, "People turn to their government"}}}},
        {"cml_3_2_peace",
         "CML 3.2 peace process",
         "peace process: provisions, verification, spoilers, inclusion",
         {{{I::ceasefire, 0.90, "The ceasefire holds among the signatories"},
           {I::implementation, 0.60, "Most of the agreement is carried out"},
           {I::ownership, 0.60, "The parties carry the agreement by themselves"}}}},
        {"cml_1_1_rights",
         "CML 1.1 principles",
         "human rights and due diligence on support to forces",
         {{{I::rights_record, 0.75, "Few abuses by host forces are on record"},
           {I::few_abuses, 0.85, "Host forces abuse little"},
           {I::justice_capacity, 0.35, "Courts and prisons do their work"}}}},
        {"cml_6_2_women",
         "CML 6.2 women, peace and security",
         "women, peace and security",
         {{{I::women_participation, 0.30, "Women take part in local institutions"},
           {I::women_in_process, 0.25, "Women take part in the peace process"},
           {I::women_safe, 0.80, "Women are safe from sexual violence"}}}},
        {"cml_1_1_conduct",
         "CML 1.1 principles",
         "conduct and discipline",
         {{{I::conduct, 0.80, "Misconduct is rare and dealt with"},
           {I::trust_mission, 0.50, "People trust the mission"},
           {I::forces_conduct, 0.70, "Host forces that the mission supports meet due diligence"}}}},
        {"cml_2_integration",
         "CML 2 integrated missions",
         "integrated structure and hand-over to the country team",
         {{{I::integration, 0.50, "Mission and country team plan and act as one"},
           {I::successors_ready, 0.50, "Successors are ready for mandated tasks"},
           {I::handed_over, 0.60, "Mandated tasks have working successors"}}}},
        {"cml_6_1_relief",
         "CML 6.1 humanitarian relief",
         "humanitarian relief and space, quick-impact projects",
         {{{I::access, 0.60, "Aid reaches those in need"},
           {I::needs_met, 0.85, "Needs are met by aid or livelihoods"},
           {I::cleared_land, 0.90, "Routes and land are free of mines"}}}},
        {"cml_6_3_youth",
         "CML 6.3 youth",
         "youth",
         {{{I::youth_jobs, 0.52, "The young work or learn"},
           {I::youth_participation, 0.30, "The young take part in local institutions"},
           {I::youth_in_process, 0.20, "The young take part in the peace process"}}}},
        {"cml_6_4_civil",
         "CML 6.4 civil society",
         "civil society",
         {{{I::civil_society, 0.45, "Civil-society organisations are strong"},
           {I::civil_independence, 0.55, "They stand on their own feet"},
           {I::local_dialogue, 0.40, "Communities settle disputes by their own mechanisms"}}}},
        {"cml_6_5_returns",
         "CML 6.5 returns",
         "returns of refugees and displaced, protection sites, property",
         {{{I::returns, 0.60, "Most who fled are home"},
           {I::settled_property, 0.85, "Property is free or disputes over it are settled"},
           {I::refugees_home, 0.75, "Refugees have come back from abroad"}}}},
        {"cml_6_6_recovery",
         "CML 6.6 recovery to development",
         "recovery, donors, disarmament and reintegration, security sector",
         {{{I::reintegrated, 0.40, "Former fighters have been reintegrated"},
           {I::army_capacity, 0.35, "The security sector can do its work"},
           {I::own_budget, 0.87, "The state pays for its functions"}}}},
        {"cml_6_7_media",
         "CML 6.7 media",
         "independent media, rumour, mission radio",
         {{{I::truth, 0.80, "Few believe hostile rumours"},
           {I::media, 0.35, "Independent media reach the people"},
           {I::press_freedom, 0.56, "The press is free"}}}}};
    return list;
}

std::vector<BenchmarkInput> make() {
    constexpr std::array<std::string_view, 3> suffix = {"_short", "_medium", "_long"};
    std::vector<BenchmarkInput> all;
    for (const Output& chapter : chapters()) {
        for (std::size_t t = 0; t < chapter.terms.size(); ++t) {
            BenchmarkInput benchmark;
            benchmark.name = std::string(chapter.id) + std::string(suffix[t]);
            benchmark.label = chapter.terms[t].label;
            benchmark.outcome = chapter.outcome;
            benchmark.output = chapter.output;
            benchmark.term = static_cast<Term>(t);
            benchmark.indicator = chapter.terms[t].indicator;
            benchmark.at_least = chapter.terms[t].at_least;
            all.push_back(std::move(benchmark));
        }
    }
    return all;
}

}  // namespace

const std::vector<BenchmarkInput>& benchmark_catalogue() {
    static const std::vector<BenchmarkInput> catalogue = make();
    return catalogue;
}

}  // namespace drawdown
