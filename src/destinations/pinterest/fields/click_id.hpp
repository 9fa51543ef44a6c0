#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/destinations/pinterest/settings.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// The `epik` of a URL's query, as Pinterest's own tag reads it: the name in any case, its first occurrence, the value
// raw and cut at a further '='; "&amp;" counts as '&'. Nothing where it is empty. In the URL or in the arena.
std::optional<std::string_view> epik_of(std::string_view url, model::Arena& arena);

// The first click id that the sources, asked in that order, give.
std::optional<std::string_view> click_id(const model::Event& event, const std::vector<ClickIdSource>& order,
                                         model::Arena& arena);

// Where that click id stood, for explanations: "epik in page_location", "cookie _epik".
std::string source_of_click_id(const model::Event& event, const std::vector<ClickIdSource>& order, model::Arena& arena);

// The cookie `_epik` with an event's click id, whichever source that came from: so the server renews what a script
// wrote, which browsers keep for days only. None where there is no id, or it cannot stand in a cookie.
std::vector<destination::Cookie> click_id_cookies(std::optional<std::string_view> id);

}  // namespace pinrelay::destinations::pinterest
