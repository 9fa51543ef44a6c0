#include <stdexcept>

#include "app/trust/requirements.hpp"
#include "checks.hpp"

namespace pinrelay::app {

void check_require(Findings& findings) {
    const auto& accounts = findings.config().accounts;
    for (std::size_t i = 0; i < accounts.size(); ++i)
        for (const auto& row : accounts[i].require) {
            // A rule that cannot work has a problem of its own.
            try {
                if (auto reason = problem_of(row, accounts[i], findings.config().proof_cookie))
                    findings.written(row.key, std::move(*reason), true);
            } catch (const std::invalid_argument&) {
                return;
            }
        }
}

}  // namespace pinrelay::app
