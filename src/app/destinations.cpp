#include "pinrelay/app/destinations.hpp"

#include <utility>

#include "choices.hpp"
#include "item_id_maps.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "wiring.hpp"

namespace pinrelay::app {
namespace {

std::vector<pinterest::EventRule> event_rules(const std::vector<config::EventMapping>& events) {
    std::vector<pinterest::EventRule> rules;
    for (const auto& event : events) {
        pinterest::EventRule rule{event.ga4_name, event.drop, event.pinterest_name, event.custom_name, {}};
        for (const auto& parameter : event.parameters) {
            pinterest::ParameterRule out{parameter.target, parameter.pointer, std::nullopt};
            if (parameter.constant_json) {
                model::Arena arena;
                const auto parsed = model::parse_json(*parameter.constant_json, arena);
                if (const auto* value = std::get_if<model::Value>(&parsed)) out.constant = model::Document(*value);
            }
            rule.parameters.push_back(std::move(out));
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

}  // namespace

pinterest::Settings pinterest_settings(const config::Account& account) {
    const config::Mapping& mapping = account.mapping;
    pinterest::Settings settings;
    settings.ad_account_id = account.ad_account_id;
    settings.access_token = account.access_token;
    settings.profile = lookup(profiles, mapping.profile);
    settings.rules = event_rules(mapping.events);
    settings.forward_page_view = mapping.forward_page_view;
    settings.unknown_events = lookup(unknown_events, mapping.unknown_events);
    settings.custom_name = lookup(custom_names, mapping.custom_name);
    settings.default_currency = mapping.default_currency;
    settings.default_region = mapping.default_region;
    settings.phone_hash = lookup(phone_hashes, mapping.phone_hash);
    settings.num_items = lookup(item_counts, mapping.num_items);
    settings.item_ids = {mapping.item_id, nullptr, mapping.item_id_prefix, mapping.item_id_suffix};
    settings.click_id_order.clear();
    for (const auto& source : mapping.click_id_order)
        settings.click_id_order.push_back(lookup(click_id_sources, source));
    settings.external_id_lower_case = mapping.external_id_lower_case;
    settings.external_id_from_client_id = mapping.external_id_from_client_id;
    settings.external_id_from_pin_unauth = mapping.external_id_from_pin_unauth;
    settings.advertiser_tracking = mapping.advertiser_tracking;
    settings.client_ip = lookup(client_ips, mapping.client_ip);
    settings.late_policy = lookup(late_policies, mapping.late_policy);
    settings.partner_name = mapping.partner_name;
    settings.test_mode = account.test_mode;
    return settings;
}

namespace {

// With the account's map of item ids, which the mere settings leave out.
pinterest::Settings settings_with_files(const config::Account& account, ItemIdMaps& maps) {
    auto settings = pinterest_settings(account);
    settings.item_ids.map = maps.load(account.mapping.item_id_map_file);
    return settings;
}

}  // namespace

std::unique_ptr<destination::Destination> make_destination(const config::Account& account) {
    ItemIdMaps maps;
    return pinterest::make_pinterest(settings_with_files(account, maps));
}

std::vector<std::unique_ptr<destination::Destination>> make_destinations(const config::Config& config) {
    std::vector<std::unique_ptr<destination::Destination>> destinations;
    ItemIdMaps maps;
    for (const auto& account : config.accounts) {
        auto settings = settings_with_files(account, maps);
        settings.max_contents = config.max_items;
        destinations.push_back(pinterest::make_pinterest(std::move(settings)));
    }
    return destinations;
}

}  // namespace pinrelay::app
