#include "user_data.hpp"

#include "click_id.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
std::optional<std::string> kept_address(const std::string& address, ClientIp policy) {
    switch (policy) {
        case ClientIp::Full: return address;
        case ClientIp::Truncated: return identity::truncated_address(address);
        case ClientIp::None: break;
    }
    return std::nullopt;
}

namespace make {

std::optional<model::Value> client_ip_address(const Field&, Scene& scene, Notes& notes) {
    const auto given = present(scene.event.ip_address);
    if (!given || scene.settings.client_ip == ClientIp::None) return std::nullopt;
    auto usable = identity::public_address(*given);
    if (usable) return filled(kept_address(*usable, scene.settings.client_ip));
    notes.warn(warnings::address_not_public, "user_data.client_ip_address",
               "the address " + std::string(identity::text_of(usable.problem())) + ": no visitor can have it");
    return std::nullopt;
}

std::optional<model::Value> click_id(const Field& field, Scene& scene, Notes& notes) {
    if (notes.explains())
        notes.chose(path_of(field), source_of_click_id(scene.event, scene.settings.click_id_order), field.rule);
    return filled(scene.click_id());
}

}  // namespace make
}  // namespace pinrelay::destinations::pinterest
