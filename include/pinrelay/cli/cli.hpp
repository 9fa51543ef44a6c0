#pragma once

namespace pinrelay::cli {

// `pinrelay serve|check|health|version`. Exit codes: 0 done, 1 the answer is no (check found problems, health is
// bad), 2 it could not start. Every failure is one line on standard error.
int run(int argc, char** argv);

}  // namespace pinrelay::cli
