#include "secret_lists.hpp"

#include <array>
#include <optional>
#include <string_view>

#include "pinrelay/config/file_text.hpp"

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

}  // namespace

void resolve_keys(AccountDraft& account, const std::string& shown, const Environment& environment,
                  const Report& report) {
    for (const List& list : lists) {
        const auto& file = account.*list.file;
        const auto& variable = account.*list.variable;
        if (!file && !variable) continue;
        const std::string key = shown + "." + list.name + (file ? "_file" : "_env");
        if (file && variable) {
            report.add(key, std::string("give only one of ") + list.name + "_file and " + list.name + "_env");
            continue;
        }
        FileText read = file ? read_file(*file) : FileText{environment.get(*variable), "that variable is not set"};
        auto& text = read.text;
        if (!text) {
            report.add(key, (file ? shown_path(*file) + ": " : "") + read.problem);
            continue;
        }
        auto problem = read_keys(*text, account.*list.keys);
        wipe(*text);
        if (problem) report.add(key, std::move(*problem));
    }
}

}  // namespace pinrelay::config
