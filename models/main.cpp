#include "models/cli/command_line.hpp"

int main(int argc, char** argv) { return drawdown::command_line(argc, argv); }
