#include "pinrelay/cli/cli.hpp"

int main(int argc, char** argv) { return pinrelay::cli::run(argc, argv); }
