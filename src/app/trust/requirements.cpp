#include "requirements.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "app/wiring.hpp"
#include "pinrelay/destinations/pinterest/sent_names.hpp"

namespace pinrelay::app {
namespace {

using model::Trust;

struct SenderRow {
    std::string_view text;
    Trust trust;
};
constexpr std::array sender_rows = {
    SenderRow{"signing_keys", Trust::Signed},
    SenderRow{"keys", Trust::Key},
    SenderRow{"networks", Trust::Network},
    SenderRow{"browsers", Trust::Browser},
};

// Whoever is known better than the least of them meets the requirement as well.
Trust least_of(const config::Requirement& row) {
    Trust least = Trust::Signed;
    for (const SenderRow& sender : sender_rows)
        if (std::ranges::find(row.senders, sender.text) != row.senders.end()) least = std::min(least, sender.trust);
    return least;
}

Trust best_of(const config::Account& account, bool has_proofs) {
    if (!account.signing_keys.empty()) return Trust::Signed;
    if (!account.keys.empty()) return Trust::Key;
    if (!account.allow_networks.empty()) return Trust::Network;
    return has_proofs ? Trust::Browser : Trust::Anonymous;
}

}  // namespace

std::vector<ingest::Requirement> requirements(const config::Account& account) {
    std::vector<ingest::Requirement> list;
    if (account.require.empty()) return list;
    const auto settings = pinterest_settings(account);
    for (const auto& row : account.require)
        for (const auto& name : destinations::pinterest::sent_names(settings, row.event_name).names)
            list.push_back({name.event_name, name.custom_name, least_of(row)});
    return list;
}

std::optional<std::string> problem_of(const config::Requirement& row, const config::Account& account, bool has_proofs) {
    if (auto sent = destinations::pinterest::sent_names(pinterest_settings(account), row.event_name); sent.problem)
        return std::move(sent.problem);
    return problem_of_senders(row, account, has_proofs);
}

std::optional<std::string> problem_of_senders(const config::Requirement& row, const config::Account& account,
                                              bool has_proofs) {
    if (best_of(account, has_proofs) >= least_of(row)) return std::nullopt;
    return "can be met by no sender: give the account signing_keys_file, keys_file or allow_networks, or no such event "
           "is ever sent";
}

}  // namespace pinrelay::app
