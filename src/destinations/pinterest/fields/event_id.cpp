#include "event_id.hpp"

#include "destinations/pinterest/json_object.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// The sibling endpoint for measurement partners caps its copy of the id there and says that the two must match.
constexpr std::size_t longest_id = 256;

std::string_view clean(std::string_view id, const KnownPerson& person, model::Arena& arena, Notes& notes) {
    if (holds_clear_text(id, person)) {
        notes.warn(warnings::clear_text_removed, "event_id", "it holds a person's data; its digest stands for it");
        return sha256_of(id, arena);
    }
    return id.size() > longest_id ? sha256_of(id, arena) : id;
}

}  // namespace

std::string_view event_id(const model::Event& event, std::string_view event_name, const KnownPerson& person,
                          model::Arena& arena, Notes& notes) {
    if (const auto id = present(event.event_id)) return clean(*id, person, arena, notes);

    const bool is_purchase = event_name == "checkout";
    if (const auto id = is_purchase ? present(event.transaction_id) : std::nullopt) {
        notes.warn(warnings::event_id_derived, "event_id", "the event has no id; the transaction id stands for it");
        return clean(*id, person, arena, notes);
    }
    notes.warn(warnings::event_id_derived, "event_id",
               "the event has no id; a digest of the hit stands for it and cannot match the browser tag's");
    return event.fingerprint;
}

}  // namespace pinrelay::destinations::pinterest
