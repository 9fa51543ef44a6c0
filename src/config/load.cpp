#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/secrets/secret_lists.hpp"
#include "config/secrets/tokens.hpp"
#include "config/secrets/webhook.hpp"
#include "document.hpp"
#include "environment.hpp"
#include "json_file.hpp"
#include "keys.hpp"
#include "pinrelay/config/config.hpp"
#include "pinrelay/config/file_text.hpp"
#include "proxy.hpp"
#include "reach.hpp"

namespace pinrelay::config {

namespace {

Draft read_draft(const std::optional<std::filesystem::path>& file, Origins& origins, const Report& report) {
    if (!file) return {};
    const auto read = read_file(*file);
    const nlohmann::json document = read.text ? parse_document(*read.text, report) : nlohmann::json();
    if (!read.text) report.add("the file", read.problem);
    if (document.is_object()) return read_document(document, report);
    origins.doubt_file();
    return {};
}

void check_identities(Loaded& loaded, const Report& report) {
    const auto& accounts = loaded.config.accounts;
    if (accounts.empty() && loaded.origins.is_known("accounts"))
        report.add("accounts",
                   "there is none: set PINRELAY_AD_ACCOUNT_ID and PINRELAY_ACCESS_TOKEN, or list accounts "
                   "in the file");
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const std::string key = account_path(i) + ".ad_account_id";
        const auto& id = accounts[i].ad_account_id;
        if (id.empty()) {
            if (!loaded.origins.is_known(key)) continue;
            const bool by_variable = loaded.origins.name(key) != key;
            loaded.problems.push_back(loaded.origins.problem(
                key, "", by_variable ? "is missing" : "is missing; PINRELAY_AD_ACCOUNT_ID sets it, too"));
            continue;
        }
        const auto end = accounts.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(accounts.begin(), end, [&](const auto& other) { return other.ad_account_id == id; }))
            report.add(key, "is the same as another account's; one account can have several hosts and paths");
    }
}

void warn_of_tag_ids(Loaded& loaded) {
    for (std::size_t i = 0; i < loaded.config.accounts.size(); ++i) {
        const std::string key = account_path(i) + ".ad_account_id";
        if (looks_like_tag_id(loaded.config.accounts[i].ad_account_id))
            loaded.warnings.push_back(loaded.origins.problem(
                key, "",
                "has 13 digits and begins with 26, as tag ids do: give the id of the ad account, which usually begins "
                "with 549, from Pinterest's Ads Manager"));
    }
}

void check_delays(Loaded& loaded) {
    constexpr std::string_view cap = "delivery.retry_cap";
    constexpr std::string_view base = "delivery.retry_base";
    const Origins& origins = loaded.origins;
    if (!origins.is_known(cap) || !origins.is_known(base)) return;
    if (loaded.config.retry_cap >= loaded.config.retry_base) return;
    // The one that a variable has set is more likely the wrong one than what a file says or leaves out.
    const bool base_by_variable = origins.name(base) != base && origins.name(cap) == cap;
    loaded.problems.push_back(base_by_variable
                                  ? origins.problem(base, "", "must not be longer than " + origins.name(cap))
                                  : origins.problem(cap, "", "must not be shorter than " + origins.name(base)));
}

// Pages from which letters were removed may be two thirds empty: with more than a third of the store, dead letters
// could fill it.
void check_dead_letters(Loaded& loaded) {
    constexpr std::string_view quota = "dead_letters.max_bytes";
    constexpr std::string_view whole = "spool.max_bytes";
    constexpr std::uint64_t least_times = 4;
    const Origins& origins = loaded.origins;
    if (!origins.is_known(quota) || !origins.is_known(whole)) return;
    if (loaded.config.dead_letters_max_bytes <= loaded.config.spool_max_bytes / least_times) return;
    loaded.problems.push_back(origins.problem(quota, "", "must not be more than a quarter of " + origins.name(whole)));
}

// Without a file each key is known by its variable, also where nothing has set it.
void name_by_variables(Origins& origins) {
    const auto name_all = [&origins](const auto& keys, const std::string& section) {
        for (const auto& key : keys)
            if (!key.variable.empty()) origins.set_by(section + std::string(key.path), std::string(key.variable));
    };
    name_all(config_keys(), "");
    name_all(account_keys(), account_path(0) + ".");
    name_all(mapping_keys(), account_path(0) + ".mapping.");
}

}  // namespace

Loaded load(const std::optional<std::filesystem::path>& file, const Environment& environment) {
    Loaded loaded;
    const std::string where = file ? file->string() : "environment";
    loaded.origins = Origins(where);
    if (!file) name_by_variables(loaded.origins);
    const Report variables("environment", loaded.problems);
    const Report whole(where, loaded.problems, &loaded.origins);

    Draft draft = read_draft(file, loaded.origins, whole);
    overlay(environment, draft, loaded.origins, variables);
    // An unread file may name variables of its own.
    if (!loaded.origins.doubts_file()) report_unknown_variables(environment, draft, loaded.origins, variables);
    resolve_proxy(draft.config, environment);
    resolve_admin_token(draft.config, whole);
    resolve_proof_keys(draft.config, environment, whole);
    resolve_webhook(draft.config, environment, whole);
    for (std::size_t i = 0; i < draft.accounts.size(); ++i) {
        auto& account = draft.accounts[i];
        resolve_token(account, account_path(i), environment, loaded.origins, whole, variables);
        resolve_keys(account, account_path(i), environment, whole);
    }

    loaded.config = std::move(draft.config);
    for (auto& account : draft.accounts) loaded.config.accounts.push_back(std::move(account));
    // What these find is wrong together, while each value by itself can be read.
    const Report meaning(where, loaded.problems);
    check_identities(loaded, meaning);
    report_unreachable(loaded.config, loaded.origins, meaning);
    check_delays(loaded);
    check_dead_letters(loaded);
    warn_of_tag_ids(loaded);
    return loaded;
}

std::uint64_t dead_letter_quota(const Config& config) noexcept {
    constexpr std::uint64_t usual_part = 10;
    return config.dead_letters_max_bytes > 0 ? config.dead_letters_max_bytes : config.spool_max_bytes / usual_part;
}

std::string one_line(const std::vector<Problem>& problems) {
    std::string line;
    for (const auto& problem : problems) line += (line.empty() ? "" : "; ") + problem.text();
    return line;
}

}  // namespace pinrelay::config
