#include <cstdio>
#include <string>

#include "cli/spool/text.hpp"
#include "commands.hpp"
#include "load.hpp"
#include "pinrelay/app/test_alarm.hpp"
#include "summary.hpp"

namespace pinrelay::cli {
namespace {

int test_alarms(const config::Config& config) {
    const auto test = app::send_test_alarm(config);
    if (test.taken) {
        std::printf("the receiver of the alarms took a test message (%s)\n", test.answer.c_str());
        return 0;
    }
    std::fprintf(stderr, "no test message reached the receiver of the alarms: %s\n", test.answer.c_str());
    return 1;
}

}  // namespace

int check(const Options& options) {
    const auto loaded = load_checked(options);
    for (const auto& problem : loaded.problems) std::fprintf(stderr, "%s\n", problem.text().c_str());
    for (const auto& warning : loaded.warnings) std::fprintf(stderr, "warning: %s\n", warning.text().c_str());
    if (!loaded.problems.empty()) return 1;

    std::string headline = "configuration is fine: " + counted(loaded.config.accounts.size(), "account");
    if (!loaded.warnings.empty()) headline += ", " + counted(loaded.warnings.size(), "warning");
    std::printf("%s\n%s", headline.c_str(), summary(loaded.config).c_str());
    return options.alarms ? test_alarms(loaded.config) : 0;
}

}  // namespace pinrelay::cli
