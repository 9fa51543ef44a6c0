#include "scene.hpp"

#include "data_processing.hpp"
#include "destinations/pinterest/fields/click_id.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

std::string_view country_of(const model::Event& event, const Settings& settings, model::Arena& arena) {
    for (const std::string_view text : event.user_data.countries)
        if (const auto country = identity::country(text)) return arena.copy(*country);
    return arena.copy(ascii::in_lower_case(settings.default_region.value_or("")));
}

}  // namespace

std::span<const Line> Scene::lines(Notes& notes) {
    if (!lines_) lines_ = read_lines(event.items, settings.item_ids, arena, notes);
    return *lines_;
}

const std::optional<Money>& Scene::money(Notes& notes) {
    if (!money_) {
        const bool from_lines = stands_for_total(event.name, named.event_name);
        money_ = money_of(event, lines(notes), from_lines, settings, arena, notes);
    }
    return *money_;
}

std::string_view Scene::country() {
    if (!country_) country_ = country_of(event, settings, arena);
    return *country_;
}

std::optional<std::string_view> Scene::click_id() {
    if (!click_id_) click_id_ = pinterest::click_id(event, settings.click_id_order, arena);
    return *click_id_;
}

bool Scene::limits_data() {
    if (!limits_data_) limits_data_ = limits_data_processing(event);
    return *limits_data_;
}

}  // namespace pinrelay::destinations::pinterest
