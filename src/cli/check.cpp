#include <cstdio>

#include "commands.hpp"
#include "load.hpp"

namespace pinrelay::cli {

int check(const Options& options) {
    const auto loaded = load_checked(options);
    for (const auto& problem : loaded.problems) std::fprintf(stderr, "%s\n", problem.text().c_str());
    if (!loaded.problems.empty()) return 1;

    const auto& config = loaded.config;
    std::printf("configuration is fine: %zu account(s), listening on %s, delivering to %s\n", config.accounts.size(),
                config.listen.c_str(), config.endpoint.c_str());
    for (const auto& account : config.accounts)
        std::printf("  ad account %s, profile %s%s\n", account.ad_account_id.c_str(), account.mapping.profile.c_str(),
                    account.test_mode ? ", TEST MODE: nothing is recorded" : "");
    return 0;
}

}  // namespace pinrelay::cli
