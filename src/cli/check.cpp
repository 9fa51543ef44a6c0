#include <cstdio>
#include <string>

#include "cli/spool/text.hpp"
#include "commands.hpp"
#include "load.hpp"
#include "summary.hpp"

namespace pinrelay::cli {
int check(const Options& options) {
    const auto loaded = load_checked(options);
    for (const auto& problem : loaded.problems) std::fprintf(stderr, "%s\n", problem.text().c_str());
    for (const auto& warning : loaded.warnings) std::fprintf(stderr, "warning: %s\n", warning.text().c_str());
    if (!loaded.problems.empty()) return 1;

    std::string headline = "configuration is fine: " + counted(loaded.config.accounts.size(), "account");
    if (!loaded.warnings.empty()) headline += ", " + counted(loaded.warnings.size(), "warning");
    std::printf("%s\n%s", headline.c_str(), summary(loaded.config).c_str());
    return 0;
}

}  // namespace pinrelay::cli
