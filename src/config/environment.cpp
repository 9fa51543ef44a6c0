#include "environment.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "config/values/read_value.hpp"
#include "config/values/suggestion.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {

namespace {

constexpr std::string_view prefix = "PINRELAY_";
constexpr std::string_view file_variable = "PINRELAY_CONFIG";  // read by the command line
constexpr std::string_view id_variable = "PINRELAY_AD_ACCOUNT_ID";
constexpr std::string_view token_variable = "PINRELAY_ACCESS_TOKEN";
constexpr std::string_view token_file_variable = "PINRELAY_ACCESS_TOKEN_FILE";

constexpr std::string_view in_quotes =
    "is written in quotes, which are part of the value here: leave them out (Docker's env files keep them)";

constexpr std::string_view as_json =
    "is written as a list of JSON: here the entries are separated by commas, without brackets and quotes";

// In a pod beside a service called "pinrelay" or "pinrelay-admin" there are variables such as PINRELAY_PORT and
// PINRELAY_ADMIN_PORT_9090_TCP_ADDR that nobody wrote.
bool is_service_link(const std::string& name, const std::string& value) {
    constexpr std::array parts = {"_SERVICE_HOST", "_SERVICE_PORT", "_TCP_", "_UDP_", "_SCTP_"};
    constexpr std::array schemes = {"tcp://", "udp://", "sctp://"};
    return std::ranges::any_of(parts, [&](const char* part) { return name.find(part) != std::string::npos; }) ||
           std::ranges::any_of(schemes, [&](const char* scheme) { return value.starts_with(scheme); });
}

// systemd takes the quotes of "NAME=value" away, Docker's --env-file takes none away: they become part of the value. No
// value begins or ends with one.
bool is_quoted(std::string_view text) {
    const auto is_quote = [](char c) { return c == '"' || c == '\''; };
    return !text.empty() && (is_quote(text.front()) || is_quote(text.back()));
}

bool is_json_list(std::string_view text) { return text.starts_with('[') && text.ends_with(']'); }

std::optional<std::string> mistake_in(std::string_view text, Shape shape) {
    if (is_quoted(text)) return std::string(in_quotes);
    if (shape == Shape::List && is_json_list(text)) return std::string(as_json);
    return std::nullopt;
}

// Where a variable is laid over the rest.
struct Overlay {
    const Environment& environment;
    Origins& origins;
    const Report& report;

    // Reads the key's variable, if it is set, into `target`. `section` is "", "accounts[0]." or "accounts[0].mapping.".
    template <class Target>
    void read(const Key<Target>& key, Target& target, const std::string& section) const {
        const std::string name(key.variable);
        const auto text = name.empty() ? std::nullopt : environment.get(name);
        if (!text) return;
        const std::string path = section + std::string(key.path);
        const std::size_t before = report.count();
        const Shape shape = shape_of_key(key);
        if (auto mistake = mistake_in(*text, shape))
            report.add(name, std::move(*mistake));
        else
            read_key(json_of_variable(*text, shape), key, target, name, report);
        origins.set_by(path, name);
        if (report.count() > before) origins.doubt(path);
    }
};

struct Synonym {
    std::string_view name;
    std::string_view meant;
};
constexpr std::array synonyms = {
    Synonym{"PINRELAY_PORT", "PINRELAY_LISTEN"},
    Synonym{"PINRELAY_BIND", "PINRELAY_LISTEN"},
    Synonym{"PINRELAY_ADDRESS", "PINRELAY_LISTEN"},
    Synonym{"PINRELAY_TOKEN", "PINRELAY_ACCESS_TOKEN"},
    Synonym{"PINRELAY_TOKEN_FILE", "PINRELAY_ACCESS_TOKEN_FILE"},
};

// Compared without what all variables begin with, which would make every short name near to another one.
std::optional<std::string_view> meant_variable(std::string_view name, const std::vector<std::string_view>& known) {
    const auto synonym = std::ranges::find(synonyms, name, &Synonym::name);
    if (synonym != synonyms.end()) return synonym->meant;
    std::vector<std::string_view> ends;
    ends.reserve(known.size());
    for (const auto variable : known)
        ends.push_back(variable.starts_with(prefix) ? variable.substr(prefix.size()) : "");
    const auto meant = meant_name(name.substr(prefix.size()), ends);
    if (!meant) return std::nullopt;
    return known[static_cast<std::size_t>(std::ranges::find(ends, *meant) - ends.begin())];
}

bool has_token(const AccountDraft& account) {
    return account.token_text || account.token_file || account.token_variable;
}

void overlay_token(const Overlay& overlay, std::vector<AccountDraft>& accounts) {
    const auto token = overlay.environment.get(std::string(token_variable));
    const auto file = overlay.environment.get(std::string(token_file_variable));
    if (token && file)
        overlay.report.add(std::string(token_file_variable),
                           "cannot be set together with " + std::string(token_variable));
    if (!token && !file) return;
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        auto& account = accounts[i];
        if (accounts.size() > 1 && has_token(account)) continue;
        overlay.origins.set_by(account_path(i) + ".access_token",
                               std::string(token ? token_variable : token_file_variable));
        account.token_text = token;
        account.token_file = token ? std::nullopt : file;
        account.token_variable.reset();
        account.token_from_environment = true;
    }
}

void overlay_account_id(const Overlay& overlay, std::vector<AccountDraft>& accounts) {
    const auto id = overlay.environment.get(std::string(id_variable));
    if (!id) return;
    if (accounts.size() > 1)
        return overlay.report.add(std::string(id_variable), "cannot say which of the file's accounts it means");
    const std::string path = account_path(0) + ".ad_account_id";
    overlay.origins.set_by(path, std::string(id_variable));
    accounts.front().ad_account_id = *id;
    auto problem = is_quoted(*id) ? std::string(in_quotes) : problem_of_ad_account_id(*id);
    if (!problem) return;
    overlay.report.add(std::string(id_variable), std::move(*problem));
    overlay.origins.doubt(path);
}

bool is_own_step(std::string_view variable) {
    return variable == id_variable || variable == token_variable || variable == token_file_variable;
}

template <class Target>
void add_variables(std::span<const Key<Target>> keys, std::vector<std::string_view>& names) {
    for (const auto& key : keys)
        if (!key.variable.empty()) names.push_back(key.variable);
}

template <class Target>
void doubt_keys(std::string_view variable, std::span<const Key<Target>> keys, const std::string& section,
                Origins& origins) {
    for (const auto& key : keys)
        if (key.variable == variable) origins.doubt(section + std::string(key.path));
}

// The keys that the variable would have set.
void doubt_variable(std::string_view variable, std::size_t accounts, Origins& origins) {
    doubt_keys(variable, config_keys(), "", origins);
    if (accounts == 0 && is_own_step(variable)) origins.doubt("accounts");
    for (std::size_t i = 0; i < accounts; ++i) {
        doubt_keys(variable, account_keys(), account_path(i) + ".", origins);
        doubt_keys(variable, mapping_keys(), account_path(i) + ".mapping.", origins);
    }
}

}  // namespace

std::optional<std::string> Environment::get(const std::string& name) const {
    auto text = read_(name);
    if (!text) return std::nullopt;
    // Env files written on Windows leave a carriage return behind the value.
    const auto plain = ascii::trimmed(*text, ascii::blanks_and_line_ends);
    if (plain.empty()) return std::nullopt;
    if (plain.size() < text->size()) *text = std::string(plain);
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

void overlay(const Environment& environment, Draft& draft, Origins& origins, const Report& report) {
    const bool account_variable = environment.get(std::string(id_variable)) ||
                                  environment.get(std::string(token_variable)) ||
                                  environment.get(std::string(token_file_variable));
    if (draft.accounts.empty() && account_variable) draft.accounts.emplace_back().mapping = draft.mapping;

    const Overlay once{environment, origins, report};
    for (const auto& key : config_keys()) once.read(key, draft.config, "");
    overlay_account_id(once, draft.accounts);
    overlay_token(once, draft.accounts);

    std::vector<Problem> repeated;  // each account would report the same variable once more
    const Report unheard("", repeated);
    for (std::size_t i = 0; i < draft.accounts.size(); ++i) {
        const Overlay of_account{environment, origins, i == 0 ? report : unheard};
        auto& account = draft.accounts[i];
        for (const auto& key : mapping_keys()) of_account.read(key, account.mapping, account_path(i) + ".mapping.");
        for (const auto& key : account_keys())
            if (!is_own_step(key.variable))
                of_account.read(key, static_cast<AccountDraft&>(account), account_path(i) + ".");
    }
}

void report_unknown_variables(const Environment& environment, const Draft& draft, Origins& origins,
                              const Report& report) {
    std::vector<std::string_view> known{file_variable};
    if (draft.config.proof_keys_variable) known.push_back(*draft.config.proof_keys_variable);
    for (const auto& account : draft.accounts)
        for (const auto* variable : {&account.token_variable, &account.keys_variable, &account.signing_keys_variable})
            if (*variable) known.push_back(**variable);
    add_variables(config_keys(), known);
    add_variables(mapping_keys(), known);
    add_variables(account_keys(), known);
    for (const auto& name : environment.names()) {
        if (!name.starts_with(prefix) || std::ranges::find(known, name) != known.end()) continue;
        if (is_service_link(name, environment.get(name).value_or(""))) continue;
        const auto meant = meant_variable(name, known);
        report.add(name, "is not known" + (meant ? "; is \"" + std::string(*meant) + "\" meant?" : std::string()));
        if (meant) doubt_variable(*meant, draft.accounts.size(), origins);
    }
}

}  // namespace pinrelay::config
