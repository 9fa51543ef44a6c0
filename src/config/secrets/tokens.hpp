#pragma once

#include "config/keys.hpp"
#include "config/report.hpp"

namespace pinrelay::config {

// Finds the account's token where the configuration says that it is. `shown` is "accounts[1]". No token is ever put
// into a report.
void resolve_token(AccountDraft& account, const std::string& shown, const Environment& environment,
                   const Origins& origins, const Report& file, const Report& variables);

}  // namespace pinrelay::config
