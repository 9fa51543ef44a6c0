#include "event_id.hpp"

#include "clear_text.hpp"
#include "labels.hpp"
#include "pinrelay/identity/digest.hpp"
#include "present.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

// The sibling endpoint for measurement partners caps its copy of the id there and says that the two must match.
constexpr std::size_t longest_id = 256;

std::string bounded(const std::string& id) { return id.size() > longest_id ? identity::sha256_hex(id) : id; }

}  // namespace

std::string event_id(const model::Event& event, std::string_view event_name, WarningList& warnings) {
    if (const auto id = id_without_email(present(event.event_id), "event_id", warnings)) return bounded(*id);

    const bool is_purchase = event_name == "checkout";
    if (auto id = is_purchase ? present(event.transaction_id) : std::nullopt) {
        warnings.add(warnings::event_id_derived, "event_id", "the event has no id; the transaction id stands for it");
        return bounded(*id_without_email(std::move(id), "event_id", warnings));
    }
    warnings.add(warnings::event_id_derived, "event_id",
                 "the event has no id; a digest of the hit stands for it and cannot match the browser tag's");
    return event.fingerprint;
}

}  // namespace pinrelay::destinations::pinterest
