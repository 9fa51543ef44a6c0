#include "pinrelay/destinations/pinterest/rule_check.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "destinations/pinterest/schema.hpp"
#include "destinations/pinterest/translate/translate.hpp"
#include "event_names.hpp"
#include "parameters.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/nearest_name.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "rules.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// In a short name two slips make another word: "sign_in" is no misspelt "sign_up".
constexpr std::size_t shortest_with_two_slips = 8;

// A name without the letters that senders write differently.
std::string letters_of(std::string_view name) {
    std::string letters = ascii::in_lower_case(name);
    std::erase_if(letters, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return letters;
}

// "page_viewed" goes on where "page_view" ends: a name of its own. One letter more is a slip.
bool goes_on(std::string_view name, std::string_view known) {
    return name.starts_with(known) && name.size() > known.size() + 1;
}

// The known name of which this one is a misspelling.
std::optional<std::string_view> misspelt(std::string_view name) {
    const std::string letters = letters_of(name);
    std::optional<std::string_view> meant;
    std::size_t fewest = 3;
    const auto look_at = [&](std::string_view known, std::size_t most) {
        const std::string other = letters_of(known);
        const std::size_t slips = slips_between(letters, other);
        if (slips > most || slips >= fewest || goes_on(letters, other)) return;
        fewest = slips;
        meant = known;
    };
    for (const NameRow& row : name_rows()) look_at(row.ga4, row.ga4.size() < shortest_with_two_slips ? 1 : 2);
    for (const std::string& known : standard_event_names()) look_at(known, 1);
    return fewest == 0 ? std::nullopt : meant;
}

std::string is_it(std::string_view name) { return "; is \"" + std::string(name) + "\" meant?"; }

std::optional<std::string> doubt_of_ga4_name(std::string_view name) {
    if (name == every_event || find_row(name) != nullptr || !pinterest_spelling(name).empty()) return std::nullopt;
    const auto meant = misspelt(name);
    return meant ? std::optional("no sender is known to use this name" + is_it(*meant)) : std::nullopt;
}

// The name of Pinterest's list that somebody means who writes another one; empty where nothing is near.
std::string_view meant_pinterest_name(std::string_view name) {
    if (const auto known = pinterest_spelling(name); !known.empty()) return known;
    const NameRow* row = find_row(ascii::in_lower_case(name));
    if (row != nullptr && is_standard_name(row->standard) && row->standard != custom_event) return row->standard;
    const std::vector<std::string_view> names(standard_event_names().begin(), standard_event_names().end());
    return nearest_name(name, names).value_or(std::string_view());
}

std::optional<std::string> doubt_of_pinterest_name(std::string_view name, const Settings& settings) {
    if (is_standard_name(name) || !is_sendable_name(name)) return std::nullopt;
    const auto meant = meant_pinterest_name(name);
    if (!meant.empty()) return "is not in Pinterest's list of names" + is_it(meant);
    if (settings.custom_name == CustomName::EventName) return std::nullopt;
    return "is not in Pinterest's list of names; an event of your own is {\"name\": \"custom\", \"custom_name\": …}";
}

// An event of which everything arrives, so that what is missing afterwards is missing because of the parameter.
model::Event whole_event(Time now) {
    model::Event event;
    event.name = "purchase";
    event.event_id = "id-1";
    event.fingerprint = "00112233445566778899aabbccddeeff";
    event.time = now;
    event.page_location = "https://shop.example/";
    event.ip_address = "203.0.113.45";
    event.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    event.value = "10.00";
    event.currency = "USD";
    event.user_data.emails = {"jane@shop.example"};
    model::Item item;
    item.id = "SKU-1";
    item.name = "Chair";
    item.price = "10.00";
    item.quantity = "1";
    event.items = {item};
    return event;
}

bool has_field(const destination::Translation& translation, std::string pointer) {
    const auto* record = std::get_if<model::Record>(&translation.outcome);
    if (record == nullptr) return false;
    model::Arena arena;
    const auto parsed = model::parse_json(record->body, arena);
    const auto* body = std::get_if<model::Value>(&parsed);
    std::ranges::replace(pointer, '.', '/');
    if (const auto each = pointer.find(each_of_list); each != std::string::npos)
        pointer.replace(each, each_of_list.size(), "/0");  // a key of each item is one of the first
    return body != nullptr && body->at_pointer("/" + pointer) != nullptr;
}

// Why the field of the finished event does not hold the parameter's constant: translates an event with it and without.
std::optional<std::string> doubt_of_constant(const ParameterRule& parameter, Settings settings) {
    constexpr Time now = std::chrono::sys_days(std::chrono::January / 1 / 2026);
    settings.rules.clear();
    settings.profile = Profile::Standard;
    settings.client_ip = ClientIp::Full;
    const model::Event event = whole_event(now);
    EventRule rule;
    rule.ga4_name = event.name;
    rule.parameters = {parameter};

    const auto with = translate(event, now, settings, Rules({std::move(rule)}), "");
    const auto without = translate(event, now, settings, Rules({}), "");
    if (const auto* drop = std::get_if<destination::Drop>(&with.outcome)) return drop->message;
    for (const auto& warning : with.warnings) {
        const bool is_new = std::ranges::none_of(without.warnings, [&](const destination::Warning& other) {
            return other.code == warning.code && other.field == warning.field;
        });
        if (is_new) return warning.message;
    }
    if (has_field(with, parameter.target)) return std::nullopt;
    return "the field stays empty with it";
}

// Gathers the findings of one rule.
class Findings {
public:
    Findings(std::size_t rule, std::vector<RuleFinding>& all) : rule_(rule), all_(all) {}

    void add(std::string part, std::string reason, bool is_problem) {
        all_.push_back({rule_, std::move(part), std::move(reason), is_problem});
    }
    void warn(std::string part, std::optional<std::string> doubt) {
        if (doubt) add(std::move(part), std::move(*doubt), false);
    }

private:
    std::size_t rule_;
    std::vector<RuleFinding>& all_;
};

}  // namespace

std::vector<RuleFinding> check_rules(const Settings& settings) {
    std::vector<RuleFinding> all;
    for (std::size_t i = 0; i < settings.rules.size(); ++i) {
        const EventRule& rule = settings.rules[i];
        Findings findings(i, all);
        for (auto& problem : problems_of(rule)) findings.add(std::move(problem.part), std::move(problem.reason), true);
        findings.warn("", doubt_of_ga4_name(rule.ga4_name));
        if (rule.pinterest_name) findings.warn(".name", doubt_of_pinterest_name(*rule.pinterest_name, settings));
        for (const ParameterRule& parameter : rule.parameters) {
            if (!parameter.constant || problem_of(parameter)) continue;
            auto doubt = doubt_of_constant(parameter, settings);
            if (doubt) doubt->insert(0, "the fixed value does not fit: ");
            findings.warn(part_of(parameter), std::move(doubt));
        }
    }
    return all;
}

}  // namespace pinrelay::destinations::pinterest
