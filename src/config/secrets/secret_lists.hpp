#pragma once

#include <string>

#include "config/keys.hpp"
#include "config/report.hpp"

namespace pinrelay::config {

// Reads the account's shared keys and signing keys, one a line, from the files or variables that it names. `shown` is
// "accounts[1]". No key is ever put into a report.
void resolve_keys(AccountDraft& account, const std::string& shown, const Environment& environment,
                  const Report& report);

// The same for the keys of the proof cookie.
void resolve_proof_keys(Config& config, const Environment& environment, const Report& report);

// Reads the token of the admin port from its file, if it names one, and checks it.
void resolve_admin_token(Config& config, const Report& report);

}  // namespace pinrelay::config
