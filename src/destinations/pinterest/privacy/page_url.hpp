#pragma once

#include <optional>
#include <string_view>

#include "destinations/pinterest/notes.hpp"
#include "known_person.hpp"
#include "pinrelay/model/arena.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::destinations::pinterest {

// event_source_url: the page's URL byte for byte, its `epik` included, but without user and password, and with
// "redacted" in the place of e-mail addresses and phones (in a segment of the path, a matrix parameter, the query, the
// fragment), of the values of parameters named for a person's data, and of values that are the event's own person's:
// clear text reaches neither the disk nor Pinterest. In the event or in the arena.
std::optional<std::string_view> page_url(const model::Event& event, const KnownPerson& person, model::Arena& arena,
                                         Notes& notes);

}  // namespace pinrelay::destinations::pinterest
