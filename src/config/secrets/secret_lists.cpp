#include "secret_lists.hpp"

#include <array>
#include <optional>
#include <string_view>

#include "pinrelay/config/file_text.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {

namespace {

// Long enough that guessing is hopeless.
constexpr std::size_t shortest_key = 16;

struct List {
    const char* name;  // of the keys: NAME_file and NAME_env
    std::optional<std::string> AccountDraft::*file;
    std::optional<std::string> AccountDraft::*variable;
    std::vector<Secret> Account::*keys;
};
constexpr std::array lists = {
    List{"keys", &AccountDraft::keys_file, &AccountDraft::keys_variable, &Account::keys},
    List{"signing_keys", &AccountDraft::signing_keys_file, &AccountDraft::signing_keys_variable,
         &Account::signing_keys},
};

bool is_visible_text(std::string_view text) {
    for (const char c : text)
        if (c <= ' ' || c >= 0x7f) return false;
    return true;
}

// Why there are no keys to use. Nothing when all keys of the text are in the list.
std::optional<std::string> read_keys(std::string_view text, std::vector<Secret>& keys) {
    constexpr std::string_view breaks = "\r\n,";
    while (!text.empty()) {
        const auto end = text.find_first_of(breaks);
        const auto key = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (key.empty()) continue;
        if (key.size() < shortest_key || !is_visible_text(key))
            return "each key must have at least 16 characters, all visible ASCII without blanks, one key a line";
        keys.emplace_back(std::string(key));
    }
    if (keys.empty()) return "holds no key";
    return std::nullopt;
}

// Where a list of keys is named. Problems name the key NAME_file or NAME_env.
struct Place {
    const std::optional<std::string>& file;
    const std::optional<std::string>& variable;
    std::string path;  // "accounts[1].keys": what "_file" and "_env" follow
    std::string name;  // "keys"
};

void resolve(const Place& place, std::vector<Secret>& keys, const Environment& environment, const Report& report) {
    if (!place.file && !place.variable) return;
    const std::string key = place.path + (place.file ? "_file" : "_env");
    if (place.file && place.variable)
        return report.add(key, "give only one of " + place.name + "_file and " + place.name + "_env");
    FileText read =
        place.file ? read_file(*place.file) : FileText{environment.get(*place.variable), "that variable is not set"};
    auto& text = read.text;
    if (!text) return report.add(key, (place.file ? shown_path(*place.file) + ": " : "") + read.problem);
    auto problem = read_keys(*text, keys);
    wipe(*text);
    if (problem) report.add(key, std::move(*problem));
}

}  // namespace

void resolve_keys(AccountDraft& account, const std::string& shown, const Environment& environment,
                  const Report& report) {
    for (const List& list : lists)
        resolve({account.*list.file, account.*list.variable, shown + "." + list.name, list.name}, account.*list.keys,
                environment, report);
}

void resolve_proof_keys(Config& config, const Environment& environment, const Report& report) {
    resolve({config.proof_keys_file, config.proof_keys_variable, "cookies.proof_keys", "proof_keys"}, config.proof_keys,
            environment, report);
}

void resolve_admin_token(Config& config, const Report& report) {
    if (config.admin_token_file && !config.admin_token.empty())
        return report.add("admin_token_file", "give only one of admin_token and admin_token_file");
    if (config.admin_token_file) {
        FileText read = read_file(*config.admin_token_file);
        if (!read.text)
            return report.add("admin_token_file", shown_path(*config.admin_token_file) + ": " + read.problem);
        config.admin_token = Secret(std::string(ascii::trimmed(*read.text, ascii::blanks_and_line_ends)));
        wipe(*read.text);
        if (config.admin_token.empty()) return report.add("admin_token_file", "holds no token");
    }
    if (config.admin_token.empty()) return;
    const std::string& token = config.admin_token.reveal();
    if (token.size() < shortest_key || !is_visible_text(token))
        report.add(config.admin_token_file ? "admin_token_file" : "admin_token",
                   "the token must have at least 16 characters, all visible ASCII without blanks");
}

}  // namespace pinrelay::config
