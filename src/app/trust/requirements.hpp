#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pinrelay/config/config.hpp"
#include "pinrelay/ingest/settings.hpp"

namespace pinrelay::app {

// What an account requires, by the names under which its events are sent. Rows with a problem are left out. Throws as
// the destination does for a mapping rule that cannot work.
std::vector<ingest::Requirement> requirements(const config::Account& account);

// Why a row cannot be kept: the account sends no event of that name, or has no sender who could meet it. Throws for a
// mapping rule that cannot work.
std::optional<std::string> problem_of(const config::Requirement& row, const config::Account& account, bool has_proofs);

// The second reason alone. Mapping rules do not matter.
std::optional<std::string> problem_of_senders(const config::Requirement& row, const config::Account& account,
                                              bool has_proofs);

}  // namespace pinrelay::app
