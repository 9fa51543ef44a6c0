#include "pinrelay/app/check.hpp"

#include <array>
#include <stdexcept>

#include "app/checks/checks.hpp"
#include "collect_certificate.hpp"
#include "wiring.hpp"

namespace pinrelay::app {
namespace {

constexpr std::array key_files = {"collect.tls_certificate_file", "collect.tls_key_file"};

// Neither half is said to be missing where the other one could not be read.
void check_collect_certificate(Findings& findings) {
    for (const char* key : key_files)
        if (!findings.is_known(key)) return;
    for (const auto& problem : check_certificate(findings.config(), ""))
        findings.problem(problem.key, "", problem.reason);
}

// The last guard: what the destination itself refuses, though nothing above has seen it.
void check_destinations(Findings& findings) {
    if (findings.has_problems()) return;
    const auto& accounts = findings.config().accounts;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        try {
            make_destination(accounts[i]);
        } catch (const std::invalid_argument& wrong) {
            findings.problem(config::account_path(i), "", wrong.what());
        }
    }
}

}  // namespace

void check(config::Loaded& loaded) {
    Findings findings(loaded);
    for (const auto part : {check_delivery, check_alarms, check_ports, check_networks, check_mapping, check_require,
                            check_item_id_maps, check_data_directory, check_collect_certificate, check_destinations})
        part(findings);
}

void log_warnings(const std::vector<config::Problem>& warnings, Logger& logger) {
    for (const auto& warning : warnings)
        logger.warn("the configuration holds a value that can hardly be right",
                    {{"where", warning.where}, {"key", warning.key}, {"reason", warning.reason}});
}

}  // namespace pinrelay::app
