#include <cstdio>
#include <string>

#include "cli/spool/text.hpp"
#include "commands.hpp"
#include "load.hpp"
#include "pinrelay/app/online_check.hpp"
#include "pinrelay/app/test_alarm.hpp"
#include "summary.hpp"

namespace pinrelay::cli {
namespace {

// False where an account is not in order.
bool print_online(const config::Config& config) {
    bool all_good = true;
    for (const auto& finding : app::check_online(config)) {
        all_good = all_good && finding.good;
        std::printf("%s: %s: %s\n", finding.good ? "good" : "PROBLEM", finding.account.c_str(),
                    printable(finding.sentence).c_str());
        for (const auto& warning : finding.warnings)
            std::printf("warning: %s: %s\n", finding.account.c_str(), printable(warning).c_str());
    }
    return all_good;
}

// False where the message reached nobody.
bool test_alarms(const config::Config& config) {
    const auto test = app::send_test_alarm(config);
    if (test.taken) {
        std::printf("the receiver of the alarms took a test message (%s)\n", test.answer.c_str());
        return true;
    }
    std::fprintf(stderr, "no test message reached the receiver of the alarms: %s\n", test.answer.c_str());
    return false;
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
    const bool all_good = !options.online || print_online(loaded.config);
    const bool reached = !options.alarms || test_alarms(loaded.config);
    return all_good && reached ? 0 : 1;
}

}  // namespace pinrelay::cli
