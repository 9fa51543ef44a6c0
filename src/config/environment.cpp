#include "environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "config/values/read_value.hpp"
#include "config/values/suggestion.hpp"

namespace pinrelay::config {

namespace {

constexpr std::string_view prefix = "PINRELAY_";
constexpr std::string_view file_variable = "PINRELAY_CONFIG";  // read by the command line
constexpr std::string_view id_variable = "PINRELAY_AD_ACCOUNT_ID";
constexpr std::string_view token_variable = "PINRELAY_ACCESS_TOKEN";
constexpr std::string_view token_file_variable = "PINRELAY_ACCESS_TOKEN_FILE";

// In a pod beside a service called "pinrelay" or "pinrelay-admin" there are variables such as PINRELAY_PORT and
// PINRELAY_ADMIN_PORT_9090_TCP_ADDR that nobody wrote.
bool is_service_link(const std::string& name, const std::string& value) {
    constexpr std::array parts = {"_SERVICE_HOST", "_SERVICE_PORT", "_TCP_", "_UDP_", "_SCTP_"};
    constexpr std::array schemes = {"tcp://", "udp://", "sctp://"};
    return std::ranges::any_of(parts, [&](const char* part) { return name.find(part) != std::string::npos; }) ||
           std::ranges::any_of(schemes, [&](const char* scheme) { return value.starts_with(scheme); });
}

template <class Target>
void overlay_keys(const Environment& environment, std::span<const Key<Target>> keys, Target& target,
                  const Report& report) {
    for (const auto& key : keys) {
        const std::string name(key.variable);
        if (const auto text = name.empty() ? std::nullopt : environment.get(name))
            read_key(json_of_variable(*text, shape_of_key(key)), key, target, name, report);
    }
}

bool has_token(const AccountDraft& account) {
    return account.token_text || account.token_file || account.token_variable;
}

void overlay_token(const Environment& environment, std::vector<AccountDraft>& accounts, const Report& report) {
    const auto token = environment.get(std::string(token_variable));
    const auto file = environment.get(std::string(token_file_variable));
    if (token && file)
        report.add(std::string(token_file_variable), "cannot be set together with " + std::string(token_variable));
    if (!token && !file) return;
    for (auto& account : accounts) {
        if (accounts.size() > 1 && has_token(account)) continue;
        account.token_text = token;
        account.token_file = token ? std::nullopt : file;
        account.token_variable.reset();
        account.token_from_environment = true;
    }
}

void overlay_account_id(const Environment& environment, std::vector<AccountDraft>& accounts, const Report& report) {
    const auto id = environment.get(std::string(id_variable));
    if (!id) return;
    if (accounts.size() > 1) {
        report.add(std::string(id_variable), "cannot say which of the file's accounts it means");
        return;
    }
    if (auto problem = problem_of_ad_account_id(*id)) report.add(std::string(id_variable), std::move(*problem));
    accounts.front().ad_account_id = *id;
}

bool is_own_step(std::string_view variable) {
    return variable == id_variable || variable == token_variable || variable == token_file_variable;
}

template <class Target>
void add_variables(std::span<const Key<Target>> keys, std::vector<std::string_view>& names) {
    for (const auto& key : keys)
        if (!key.variable.empty()) names.push_back(key.variable);
}

}  // namespace

std::optional<std::string> Environment::get(const std::string& name) const {
    auto text = read_(name);
    if (text && text->empty()) return std::nullopt;
    return text;
}

std::vector<std::string> Environment::names() const { return names_ ? names_() : std::vector<std::string>(); }

Environment process_environment() {
    const auto read = [](const std::string& name) -> std::optional<std::string> {
        const char* text = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets variables
        return text == nullptr ? std::nullopt : std::optional<std::string>(text);
    };
    const auto names = [] {
        std::vector<std::string> all;
        for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
            const std::string_view text(*entry);
            all.emplace_back(text.substr(0, text.find('=')));
        }
        return all;
    };
    return Environment(read, names);
}

void overlay(const Environment& environment, Draft& draft, const Report& report) {
    const bool account_variable = environment.get(std::string(id_variable)) ||
                                  environment.get(std::string(token_variable)) ||
                                  environment.get(std::string(token_file_variable));
    if (draft.accounts.empty() && account_variable) draft.accounts.emplace_back().mapping = draft.mapping;

    overlay_keys(environment, config_keys(), draft.config, report);
    overlay_account_id(environment, draft.accounts, report);
    overlay_token(environment, draft.accounts, report);

    std::vector<Problem> repeated;  // each account would report the same variable once more
    for (std::size_t i = 0; i < draft.accounts.size(); ++i) {
        const Report& first_only = i == 0 ? report : Report("", repeated);
        auto& account = draft.accounts[i];
        overlay_keys(environment, mapping_keys(), account.mapping, first_only);
        for (const auto& key : account_keys()) {
            const std::string name(key.variable);
            if (name.empty() || is_own_step(name)) continue;
            if (const auto text = environment.get(name))
                read_key(json_of_variable(*text, shape_of_key(key)), key, account, name, first_only);
        }
    }
}

void report_unknown_variables(const Environment& environment, const Draft& draft, const Report& report) {
    std::vector<std::string_view> known{file_variable};
    for (const auto& account : draft.accounts)
        for (const auto* variable : {&account.token_variable, &account.keys_variable, &account.signing_keys_variable})
            if (*variable) known.push_back(**variable);
    add_variables(config_keys(), known);
    add_variables(mapping_keys(), known);
    add_variables(account_keys(), known);
    for (const auto& name : environment.names()) {
        if (!name.starts_with(prefix) || std::ranges::find(known, name) != known.end()) continue;
        if (is_service_link(name, environment.get(name).value_or(""))) continue;
        report.add(name, unknown_name(name, known));
    }
}

}  // namespace pinrelay::config
