#include "document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "config/values/read_value.hpp"
#include "config/values/suggestion.hpp"
#include "event_mappings.hpp"
#include "pinrelay/core/ascii.hpp"
#include "requirements.hpp"

namespace pinrelay::config {
using nlohmann::json;

namespace {

constexpr std::string_view schema_key = "$schema";  // for editors

template <class Target>
const Key<Target>* find_key(std::span<const Key<Target>> keys, std::string_view path) {
    const auto found = std::ranges::find_if(keys, [path](const auto& key) { return key.path == path; });
    return found == keys.end() ? nullptr : &*found;
}

// "collect.debug" is a path; in the file `debug` stands in the object `collect`.
bool is_dotted(std::string_view name) { return name.find('.') != std::string_view::npos; }

// "collect." for the rows of that section, "" for the rows outside any; what stands at that level.
std::vector<std::string_view> names_in(const std::string& section) {
    std::vector<std::string_view> names;
    for (const auto& key : config_keys()) {
        if (!key.path.starts_with(section)) continue;
        const auto rest = key.path.substr(section.size());
        const auto name = rest.substr(0, rest.find('.'));
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    if (section.empty()) names.insert(names.end(), {"accounts", "mapping"});
    return names;
}

template <class Target>
std::vector<std::string_view> names_of(std::span<const Key<Target>> keys, std::vector<std::string_view> names) {
    for (const auto& key : keys) names.push_back(key.path);
    return names;
}

// Where a key belongs that is written in another place.
struct Home {
    std::string place;               // for people
    std::vector<std::string> paths;  // of the key there
};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('.') + 1); }

// `accounts` is how many the file has.
std::optional<Home> home_of(std::string_view name, std::size_t accounts) {
    const auto is_it = [name](const auto& key) { return key.path == name || last_part(key.path) == name; };
    if (const auto key = std::ranges::find_if(config_keys(), is_it); key != config_keys().end()) {
        const std::string_view path = key->path;
        if (!is_dotted(path)) return Home{"at the top of the file", {std::string(path)}};
        const std::string section(path.substr(0, path.find('.')));
        return Home{"as \"" + std::string(last_part(path)) + "\" inside \"" + section + "\": { … }",
                    {std::string(path)}};
    }
    const bool of_account = name == "require" || find_key(account_keys(), name) != nullptr;
    if (!of_account && find_key(mapping_keys(), name) == nullptr && name != "events") return std::nullopt;
    Home home{of_account ? "inside an entry of \"accounts\"" : "inside \"mapping\": { … }", {}};
    const std::string between = of_account ? "." : ".mapping.";
    for (std::size_t i = 0; i < std::max<std::size_t>(accounts, 1); ++i)
        home.paths.push_back(account_path(i) + between + std::string(name));
    return home;
}

// A name that is none of `known` in the section "collect." or "". The key that seems to be meant is in doubt.
void report_unknown(const std::string& section, const std::string& name, const std::vector<std::string_view>& known,
                    std::size_t accounts, const Report& report) {
    const auto home = home_of(name, accounts);
    const auto meant = meant_name(name, known);
    const bool near = meant && ascii::equals_ignoring_case(*meant, name);
    if (home && !near) {
        report.add(section + name, "is not known here: write it " + home->place);
        for (const auto& path : home->paths) report.doubt(path);
        return;
    }
    report.add(section + name, unknown_name(name, known));
    if (meant) report.doubt(section + std::string(*meant));
}

std::size_t count_accounts(const json& document) {
    const auto accounts = document.find("accounts");
    return accounts == document.end() || !accounts->is_array() ? 0 : accounts->size();
}

void read_mapping(const json& value, const std::string& shown, Mapping& mapping, std::size_t accounts,
                  const Report& report) {
    if (!value.is_object()) return report.add(shown, "must be an object");
    for (const auto& [name, member] : value.items()) {
        const std::string shown_member = shown + "." + name;
        if (name == "events") {
            read_events(member, shown_member, mapping.events, report);
        } else if (const auto* key = find_key(mapping_keys(), name)) {
            read_key(member, *key, mapping, shown_member, report);
        } else {
            report_unknown(shown + ".", name, names_of(mapping_keys(), {"events"}), accounts, report);
        }
    }
}

AccountDraft read_account(const json& value, const std::string& shown, const Mapping& common, std::size_t accounts,
                          const Report& report) {
    AccountDraft account;
    account.mapping = common;
    if (!value.is_object()) {
        report.add(shown, "must be an object");
        return account;
    }
    for (const auto& [name, member] : value.items()) {
        const std::string shown_member = shown + "." + name;
        if (name == "mapping") {
            read_mapping(member, shown_member, account.mapping, accounts, report);
        } else if (name == "require") {
            read_require(member, shown_member, account.require, report);
        } else if (const auto* key = find_key(account_keys(), name)) {
            read_key(member, *key, account, shown_member, report);
        } else {
            report_unknown(shown + ".", name, names_of(account_keys(), {"mapping", "require"}), accounts, report);
        }
    }
    return account;
}

void read_accounts(const json& value, Draft& draft, const Report& report) {
    if (!value.is_array()) return report.add("accounts", "must be a list of accounts: [ { … } ]");
    for (std::size_t i = 0; i < value.size(); ++i)
        draft.accounts.push_back(read_account(value[i], account_path(i), draft.mapping, value.size(), report));
}

void read_section(const json& value, const std::string& section, Config& config, std::size_t accounts,
                  const Report& report) {
    if (!value.is_object()) return report.add(section.substr(0, section.size() - 1), "must be an object");
    for (const auto& [name, member] : value.items()) {
        const std::string path = section + name;
        if (const auto* key = find_key(config_keys(), path)) {
            read_key(member, *key, config, path, report);
        } else {
            report_unknown(section, name, names_in(section), accounts, report);
        }
    }
}

}  // namespace

Draft read_document(const json& document, const Report& report) {
    Draft draft;
    const std::size_t accounts = count_accounts(document);
    if (const auto mapping = document.find("mapping"); mapping != document.end())
        read_mapping(*mapping, "mapping", draft.mapping, accounts, report);
    for (const auto& [name, member] : document.items()) {
        const std::string section = name + ".";
        if (name == schema_key || name == "mapping") continue;
        if (name == "accounts") {
            read_accounts(member, draft, report);
        } else if (const auto* key = find_key(config_keys(), name); key != nullptr && !is_dotted(name)) {
            read_key(member, *key, draft.config, name, report);
        } else if (!names_in(section).empty()) {
            read_section(member, section, draft.config, accounts, report);
        } else {
            report_unknown("", name, names_in(""), accounts, report);
        }
    }
    return draft;
}

}  // namespace pinrelay::config
