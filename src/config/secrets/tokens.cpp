#include "tokens.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "pinrelay/config/file_text.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {

namespace {

// Without a copy that stays behind.
std::string moved_out(std::string& text) {
    std::string token(ascii::trimmed(text, ascii::blanks_and_line_ends));
    wipe(text);
    return token;
}

// Which key holds the token, as the operator knows it.
std::string token_key(const AccountDraft& account, const std::string& shown) {
    if (account.token_from_environment)
        return account.token_file ? "PINRELAY_ACCESS_TOKEN_FILE" : "PINRELAY_ACCESS_TOKEN";
    if (account.token_file) return shown + ".access_token_file";
    return shown + (account.token_variable ? ".access_token_env" : ".access_token");
}

constexpr std::array token_keys = {".access_token", ".access_token_file", ".access_token_env"};

// Whether there may be a token in what could not be read.
bool is_in_doubt(const Origins& origins, const std::string& shown) {
    return !std::ranges::all_of(token_keys, [&](const char* key) { return origins.is_known(shown + key); });
}

struct Found {
    std::optional<std::string> text;
    std::optional<std::string> problem{};  // only without a text
};

Found find_token(const AccountDraft& account, const Environment& environment) {
    if (account.token_text) return {std::string(ascii::trimmed(*account.token_text, ascii::blanks_and_line_ends))};
    if (account.token_file) {
        auto read = read_file(*account.token_file);
        if (!read.text) return {std::nullopt, shown_path(*account.token_file) + ": " + read.problem};
        return {moved_out(*read.text)};
    }
    auto text = environment.get(*account.token_variable);
    if (!text) return {std::nullopt, "that variable is not set"};
    return {moved_out(*text)};
}

}  // namespace

void resolve_token(AccountDraft& account, const std::string& shown, const Environment& environment,
                   const Origins& origins, const Report& file, const Report& variables) {
    const Report& report = account.token_from_environment ? variables : file;
    const int places = (account.token_text ? 1 : 0) + (account.token_file ? 1 : 0) + (account.token_variable ? 1 : 0);
    const std::string key = token_key(account, shown);
    if (places == 0 && is_in_doubt(origins, shown)) return;
    if (places == 0)
        return report.add(origins.name(key),
                          "there is no access token: set PINRELAY_ACCESS_TOKEN or PINRELAY_ACCESS_TOKEN_FILE, or "
                          "access_token_file or access_token_env of the account");
    if (places > 1) return report.add(key, "give only one of access_token, access_token_file and access_token_env");
    Found found = find_token(account, environment);
    if (found.text) found.problem = problem_of_token(*found.text);
    if (found.problem) return report.add(key, std::move(*found.problem));
    account.access_token = Secret(std::move(*found.text));
    if (account.token_text) wipe(*account.token_text);
}

}  // namespace pinrelay::config
