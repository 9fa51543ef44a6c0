#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/secrets/secret_lists.hpp"
#include "config/secrets/tokens.hpp"
#include "document.hpp"
#include "environment.hpp"
#include "json_file.hpp"
#include "pinrelay/config/config.hpp"
#include "proxy.hpp"
#include "reach.hpp"

namespace pinrelay::config {

namespace {

Draft read_draft(const std::optional<std::filesystem::path>& file, const Report& report) {
    if (!file) return {};
    const auto text = read_file(*file);
    if (!text) {
        report.add("the file", "cannot be read");
        return {};
    }
    const nlohmann::json document = parse_document(*text, report);
    return document.is_object() ? read_document(document, report) : Draft();
}

void check_identities(const std::vector<Account>& accounts, const Report& report) {
    if (accounts.empty())
        report.add("accounts",
                   "there is none: set PINRELAY_AD_ACCOUNT_ID and PINRELAY_ACCESS_TOKEN, or list accounts "
                   "in the file");
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        const std::string key = "accounts[" + std::to_string(i) + "].ad_account_id";
        const auto& id = accounts[i].ad_account_id;
        const auto end = accounts.begin() + static_cast<std::ptrdiff_t>(i);
        if (!id.empty() &&
            std::any_of(accounts.begin(), end, [&](const auto& other) { return other.ad_account_id == id; }))
            report.add(key, "is the same as another account's; one account can have several hosts and paths");
    }
}

// An id that was given and refused has its problem already.
bool lacks_id(const std::vector<Problem>& problems, const std::string& key, const AccountDraft& account) {
    return account.ad_account_id.empty() && std::ranges::none_of(problems, [&](const auto& problem) {
               return problem.key == key || problem.key == "PINRELAY_AD_ACCOUNT_ID";
           });
}

void check_whole(const Config& config, const Report& report) {
    check_identities(config.accounts, report);
    report_unreachable(config, report);
    if (config.retry_cap < config.retry_base)
        report.add("delivery.retry_cap", "must not be shorter than delivery.retry_base");
}

}  // namespace

Loaded load(const std::optional<std::filesystem::path>& file, const Environment& environment) {
    Loaded loaded;
    const Report variables("environment", loaded.problems);
    const Report whole(file ? file->string() : "environment", loaded.problems);

    Draft draft = read_draft(file, whole);
    overlay(environment, draft, variables);
    report_unknown_variables(environment, draft, variables);
    resolve_proxy(draft.config, environment);
    for (std::size_t i = 0; i < draft.accounts.size(); ++i) {
        const std::string shown = "accounts[" + std::to_string(i) + "]";
        auto& account = draft.accounts[i];
        if (lacks_id(loaded.problems, shown + ".ad_account_id", account))
            whole.add(shown + ".ad_account_id", "is missing; PINRELAY_AD_ACCOUNT_ID sets it, too");
        resolve_token(account, shown, environment, whole, variables);
        resolve_keys(account, shown, environment, whole);
    }

    loaded.config = std::move(draft.config);
    for (auto& account : draft.accounts) loaded.config.accounts.push_back(std::move(account));
    check_whole(loaded.config, whole);
    return loaded;
}

std::string one_line(const std::vector<Problem>& problems) {
    std::string line;
    for (const auto& problem : problems) line += (line.empty() ? "" : "; ") + problem.text();
    return line;
}

}  // namespace pinrelay::config
