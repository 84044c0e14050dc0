#pragma once
// State variables of the transition model, one line each. A column's table is the part of its name before the dot.

#include "models/transition/columns/country.hpp"
#include "models/transition/columns/groups.hpp"
#include "models/transition/columns/kinds.hpp"
#include "models/transition/columns/people.hpp"
#include "models/transition/columns/places.hpp"
