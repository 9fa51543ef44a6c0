#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "keys.hpp"
#include "report.hpp"

namespace pinrelay::config {

// What a configuration file says, before the environment is laid over it.
struct Draft {
    Config config;
    Mapping mapping;  // common to all accounts
    std::vector<AccountDraft> accounts;
};

// Reads every key of the document by the tables; an unknown one is a problem.
Draft read_document(const nlohmann::json& document, const Report& report);

}  // namespace pinrelay::config
