#include "document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "config/values/read_value.hpp"
#include "config/values/suggestion.hpp"
#include "event_mappings.hpp"
#include "pinrelay/core/nearest_name.hpp"

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
std::vector<std::string_view> names_of(std::span<const Key<Target>> keys, std::string_view further) {
    std::vector<std::string_view> names{further};
    for (const auto& key : keys) names.push_back(key.path);
    return names;
}

// A name that is none of `known` in the section "collect." or "". The key that seems to be meant is in doubt.
void report_unknown(const std::string& section, const std::string& name, const std::vector<std::string_view>& known,
                    const Report& report) {
    report.add(section + name, unknown_name(name, known));
    if (const auto meant = nearest_name(name, known)) report.doubt(section + std::string(*meant));
}

void read_mapping(const json& value, const std::string& shown, Mapping& mapping, const Report& report) {
    if (!value.is_object()) return report.add(shown, "must be an object");
    for (const auto& [name, member] : value.items()) {
        const std::string shown_member = shown + "." + name;
        if (name == "events") {
            read_events(member, shown_member, mapping.events, report);
        } else if (const auto* key = find_key(mapping_keys(), name)) {
            read_key(member, *key, mapping, shown_member, report);
        } else {
            report_unknown(shown + ".", name, names_of(mapping_keys(), "events"), report);
        }
    }
}

AccountDraft read_account(const json& value, const std::string& shown, const Mapping& common, const Report& report) {
    AccountDraft account;
    account.mapping = common;
    if (!value.is_object()) {
        report.add(shown, "must be an object");
        return account;
    }
    for (const auto& [name, member] : value.items()) {
        const std::string shown_member = shown + "." + name;
        if (name == "mapping") {
            read_mapping(member, shown_member, account.mapping, report);
        } else if (const auto* key = find_key(account_keys(), name)) {
            read_key(member, *key, account, shown_member, report);
        } else {
            report_unknown(shown + ".", name, names_of(account_keys(), "mapping"), report);
        }
    }
    return account;
}

void read_accounts(const json& value, Draft& draft, const Report& report) {
    if (!value.is_array()) return report.add("accounts", "must be a list of accounts: [ { … } ]");
    for (std::size_t i = 0; i < value.size(); ++i)
        draft.accounts.push_back(read_account(value[i], "accounts[" + std::to_string(i) + "]", draft.mapping, report));
}

void read_section(const json& value, const std::string& section, Config& config, const Report& report) {
    if (!value.is_object()) return report.add(section.substr(0, section.size() - 1), "must be an object");
    for (const auto& [name, member] : value.items()) {
        const std::string path = section + name;
        if (const auto* key = find_key(config_keys(), path)) {
            read_key(member, *key, config, path, report);
        } else {
            report_unknown(section, name, names_in(section), report);
        }
    }
}

}  // namespace

Draft read_document(const json& document, const Report& report) {
    Draft draft;
    if (const auto mapping = document.find("mapping"); mapping != document.end())
        read_mapping(*mapping, "mapping", draft.mapping, report);
    for (const auto& [name, member] : document.items()) {
        const std::string section = name + ".";
        if (name == schema_key || name == "mapping") continue;
        if (name == "accounts") {
            read_accounts(member, draft, report);
        } else if (const auto* key = find_key(config_keys(), name); key != nullptr && !is_dotted(name)) {
            read_key(member, *key, draft.config, name, report);
        } else if (!names_in(section).empty()) {
            read_section(member, section, draft.config, report);
        } else {
            report_unknown("", name, names_in(""), report);
        }
    }
    return draft;
}

}  // namespace pinrelay::config
