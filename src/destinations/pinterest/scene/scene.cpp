#include "scene.hpp"

#include "data_processing.hpp"
#include "destinations/pinterest/fields/click_id.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

std::string country_of(const model::Event& event, const Settings& settings) {
    for (const auto& text : event.user_data.countries)
        if (auto country = identity::country(text)) return *std::move(country);
    return ascii::in_lower_case(settings.default_region.value_or(""));
}

}  // namespace

const std::vector<Line>& Scene::lines(Notes& notes) {
    if (!lines_) lines_ = read_lines(event.items, settings.item_ids, notes);
    return *lines_;
}

const std::optional<Money>& Scene::money(Notes& notes) {
    if (!money_) {
        const bool from_lines = stands_for_total(event.name, named.event_name);
        money_ = money_of(event, lines(notes), from_lines, settings, notes);
    }
    return *money_;
}

const std::string& Scene::country() {
    if (!country_) country_ = country_of(event, settings);
    return *country_;
}

const std::optional<std::string>& Scene::click_id() {
    if (!click_id_) click_id_ = pinterest::click_id(event, settings.click_id_order);
    return *click_id_;
}

bool Scene::limits_data() {
    if (!limits_data_) limits_data_ = limits_data_processing(event);
    return *limits_data_;
}

}  // namespace pinrelay::destinations::pinterest
