#pragma once

namespace drawdown {

/// Runs one command; returns the exit code: 0 ok, 1 some replicates failed, 64 usage, 65 invalid scenario, 66 no input, 70 a
/// fault of the program, 73 cannot create, 74 cannot write, 75 interrupted before the result was written, 130 interrupted twice.
int command_line(int argc, char** argv);

}  // namespace drawdown
