#include "address_warning.hpp"

#include <string>

#include "ingest/outcome/warnings.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::ingest {
namespace {

using model::Warning;

std::string_view code_of(AddressTrouble trouble) noexcept {
    return trouble == AddressTrouble::UntrustedProxy ? warnings::proxy_not_trusted : warnings::address_unknown;
}

std::string what_is_wrong(const Client& client) {
    const std::string header(client.header);
    const std::string peer = client.peer ? client.peer->to_string() : "the peer";
    switch (client.trouble) {
        case AddressTrouble::None: break;
        case AddressTrouble::UntrustedProxy:
            return peer + " sends " + header +
                   " and is not a trusted proxy, so its own address counts as the visitor's";
        case AddressTrouble::NoClient: return header + " from " + peer + " names trusted proxies only, and no visitor";
        case AddressTrouble::OtherHeader:
            return "the trusted proxy " + peer + " sends " + header + ", which is not read";
        case AddressTrouble::NoHeader:
            return "the trusted proxy " + peer + " sends no " + header + ", so the visitor's address is unknown";
        case AddressTrouble::Unreadable: return header + " from " + peer + " holds no readable address";
    }
    return {};
}

}  // namespace

std::string_view advice_about(AddressTrouble trouble) noexcept {
    switch (trouble) {
        case AddressTrouble::None: break;
        case AddressTrouble::UntrustedProxy: return "list it in collect.trusted_proxies if it is your proxy";
        case AddressTrouble::NoClient:
            return "collect.trusted_proxies must not cover the visitors' own addresses; on one machine, test with the "
                   "address of another";
        case AddressTrouble::OtherHeader: return "set collect.forwarded_header to the header that your proxy writes";
        case AddressTrouble::NoHeader: return "let the proxy write the client's address into that header";
        case AddressTrouble::Unreadable: return "let the proxy write plain addresses into that header";
    }
    return {};
}

std::optional<Warning> warning_about(const Client& client) {
    if (client.trouble != AddressTrouble::None)
        return Warning{code_of(client.trouble), std::string(client.header),
                       what_is_wrong(client) + "; " + std::string(advice_about(client.trouble))};
    if (!client.address || identity::public_address(client.address->to_string())) return std::nullopt;
    return Warning{warnings::address_not_public, std::string(client.source),
                   client.address->to_string() + " (from " + std::string(client.source) +
                       ") is not a public address: no visitor can have it, and it is not sent"};
}

}  // namespace pinrelay::ingest
