#pragma once

#include "models/transition/columns.hpp"
#include "models/transition/inputs.hpp"
#include "sim/process.hpp"

namespace drawdown {

/// Participation of women and youth in local institutions, and of women, youth and identity groups in the peace process.
///
/// In a region, w' = up (1 - w) - down w:
///     women: up = programmes a + projects women_projects q + civil S + open E,   down = custom + fear_of_violence (1 - exp(-v /
///            violence_scale)) + insecurity (1 - security)
///     youth: up = programmes a + projects (1 - women_projects) q + civil S + open E + jobs J, down = custom + insecurity (1 -
///     security)
/// with reach a of the participation activity and q of quick-impact projects, at least 15 % of whose money goes to women's
/// empowerment (Considerations for Mission Leadership 6.2); S civil society, E inclusiveness of the government, J youth in jobs,
/// v cases of sexual violence a year per 10,000 people.
///
/// In the process, the share of women (youth) relaxes to home + s (most - home): home = `heard` x mean participation in the
/// regions is what the country carries by itself, s = (political support + participation reach) / 2 what the mission pushes; so
/// it falls after the exit unless it is owned. Participation of an identity group relaxes to its inclusion in politics, and from
/// there to full by s.
struct Participation {
    double programmes = 0.004;
    double projects = 0.003;
    double women_projects = 0.15;
    double civil = 0.002;
    double open = 0.001;
    double jobs = 0.001;
    double custom = 0.003;
    double fear_of_violence = 0.003;
    double violence_scale = 20.0;
    double insecurity = 0.002;
    double process_rate = 0.01;
    double heard = 0.5;
    double most_women = 0.4;
    double most_youth = 0.3;

    static constexpr std::string_view name = "participation";
    static constexpr auto reads = sim::columns(region::adults, region::population, region::civil_society, region::sexual_violence,
                                               region::security_level, region::youth_jobs, region_activity::reach,
                                               country::inclusiveness, country::process_support, identity::inclusion);
    static constexpr auto writes = sim::columns(region::women_participation, region::youth_participation,
                                                country::women_in_process, country::youth_in_process, identity::participation);
    static constexpr auto parameters = sim::parameters(
        sim::parameter("programmes", &Participation::programmes, "week^-1", sim::between(0.0, 1.0),
                       "rise of participation by gender and youth advisers who reach all",
                       sim::source("assumed: five years", sim::Grade::D), sim::raises("women_participation")),
        sim::parameter("projects", &Participation::projects, "week^-1", sim::between(0.0, 1.0),
                       "rise of participation by quick-impact projects that reach all and serve nothing else",
                       sim::source("assumed", sim::Grade::D), sim::raises("women_participation")),
        sim::parameter("women_projects", &Participation::women_projects, "1", sim::between(0.0, 1.0),
                       "share of quick-impact projects for women's empowerment",
                       sim::source("Considerations for Mission Leadership 6.2: at least 15 %", sim::Grade::B),
                       sim::raises("women_participation")),
        sim::parameter("civil", &Participation::civil, "week^-1", sim::between(0.0, 1.0),
                       "rise of participation by strong civil society", sim::source("assumed", sim::Grade::D),
                       sim::raises("women_participation")),
        sim::parameter("open", &Participation::open, "week^-1", sim::between(0.0, 1.0),
                       "rise of participation under a fully inclusive government", sim::source("assumed", sim::Grade::D),
                       sim::raises("women_participation")),
        sim::parameter("jobs", &Participation::jobs, "week^-1", sim::between(0.0, 1.0),
                       "rise of the participation of youth where all work or learn",
                       sim::source("Considerations for Mission Leadership 6.3; size judged", sim::Grade::D),
                       sim::raises("youth_participation")),
        sim::parameter("custom", &Participation::custom, "week^-1", sim::between(0.0, 1.0),
                       "rate at which custom undoes participation", sim::source("assumed: six years", sim::Grade::D),
                       sim::lowers("women_participation")),
        sim::parameter("fear_of_violence", &Participation::fear_of_violence, "week^-1", sim::between(0.0, 1.0),
                       "rate at which sexual violence drives women out of public life",
                       sim::source("Considerations for Mission Leadership 6.2: sign; size judged", sim::Grade::D),
                       sim::lowers("women_participation")),
        sim::parameter("violence_scale", &Participation::violence_scale, "year^-1", sim::above(0.0),
                       "cases of sexual violence a year per 10,000 people at which two thirds of that is reached",
                       sim::source("assumed", sim::Grade::D), sim::raises("women_participation")),
        sim::parameter("insecurity", &Participation::insecurity, "week^-1", sim::between(0.0, 1.0),
                       "rate at which full insecurity undoes participation", sim::source("assumed", sim::Grade::D),
                       sim::lowers("women_participation")),
        sim::parameter("process_rate", &Participation::process_rate, "week^-1", sim::between(0.0, 1.0),
                       "speed at which shares in the process follow", sim::source("assumed: two years", sim::Grade::D),
                       sim::moves("women_in_process")),
        sim::parameter("heard", &Participation::heard, "1", sim::between(0.0, 1.0),
                       "share in the process relative to participation in the regions, without a push",
                       sim::source("assumed", sim::Grade::D), sim::raises("women_in_process")),
        sim::parameter("most_women", &Participation::most_women, "1", sim::between(0.0, 1.0),
                       "share of women in the process under the strongest push",
                       sim::source("Krause et al. 2018: few agreements have women signatories; size judged", sim::Grade::C),
                       sim::raises("women_in_process")),
        sim::parameter("most_youth", &Participation::most_youth, "1", sim::between(0.0, 1.0),
                       "share of youth in the process under the strongest push", sim::source("assumed", sim::Grade::D),
                       sim::raises("youth_in_process")));

    void step(sim::View<Participation> state, const sim::Step& now) const;
};

/// Participation at the start.
void start_participation(sim::State& state, const Inputs& in);

}  // namespace drawdown
