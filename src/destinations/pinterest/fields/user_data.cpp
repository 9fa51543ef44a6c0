#include "user_data.hpp"

#include "click_id.hpp"
#include "customer_type.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/present.hpp"
#include "identifiers.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

std::optional<std::string> address(const model::Event& event, const Settings& settings, WarningList& warnings) {
    const auto given = present(event.ip_address);
    if (!given || settings.client_ip == ClientIp::None) return std::nullopt;
    auto usable = identity::public_address(*given);
    if (usable) return kept_address(*usable, settings.client_ip);
    warnings.add(warnings::address_not_public, "user_data.client_ip_address",
                 "the address " + std::string(identity::text_of(usable.problem())) + ": no visitor can have it");
    return std::nullopt;
}

}  // namespace

std::optional<std::string> kept_address(const std::string& address, ClientIp policy) {
    switch (policy) {
        case ClientIp::Full: return address;
        case ClientIp::Truncated: return identity::truncated_address(address);
        case ClientIp::None: break;
    }
    return std::nullopt;
}

Object user_data(const model::Event& event, const Settings& settings, PersonMemo& memo, WarningList& warnings) {
    Object members = hashed_identifiers(event, settings, memo, warnings);
    put_filled(members, "client_ip_address", address(event, settings, warnings));
    put_filled(members, "client_user_agent", present(event.user_agent));
    put_filled(members, "click_id", click_id(event, settings.click_id_order));
    put_filled(members, "partner_id", present(event.user_data.partner_id));
    put_filled(members, "customer_type", customer_type(event.customer_type, warnings));
    return members;
}

}  // namespace pinrelay::destinations::pinterest
