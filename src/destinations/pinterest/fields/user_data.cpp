#include "user_data.hpp"

#include "click_id.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
std::optional<std::string> kept_address(std::string_view address, ClientIp policy) {
    switch (policy) {
        case ClientIp::Full: return std::string(address);
        case ClientIp::Truncated: return identity::truncated_address(address);
        case ClientIp::None: break;
    }
    return std::nullopt;
}

namespace make {

std::optional<model::Value> client_ip_address(const Field&, Scene& scene, Notes& notes) {
    const auto given = present(scene.event.ip_address);
    if (!given || scene.settings.client_ip == ClientIp::None) return std::nullopt;
    const auto usable = identity::public_address(*given);
    if (usable) {
        const auto kept = kept_address(*usable, scene.settings.client_ip);
        return kept ? filled(scene.arena.copy(*kept)) : std::nullopt;
    }
    notes.warn(warnings::address_not_public, "user_data.client_ip_address",
               "the address " + std::string(identity::text_of(usable.problem())) + ": no visitor can have it");
    return std::nullopt;
}

std::optional<model::Value> click_id(const Field& field, Scene& scene, Notes& notes) {
    if (notes.explains())
        notes.chose(path_of(field), source_of_click_id(scene.event, scene.settings.click_id_order, scene.arena),
                    field.rule);
    return filled(scene.click_id());
}

}  // namespace make
}  // namespace pinrelay::destinations::pinterest
