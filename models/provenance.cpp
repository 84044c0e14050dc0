#include "models/provenance.hpp"

namespace drawdown {

std::string version() { return DRAWDOWN_VERSION; }
std::string commit() { return DRAWDOWN_COMMIT; }

}  // namespace drawdown
