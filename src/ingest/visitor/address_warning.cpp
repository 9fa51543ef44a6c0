#include "address_warning.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "ingest/outcome/warnings.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::ingest {
namespace {

using model::Warning;

constexpr std::string_view not_known =
    "the addresses of visitors are not known; their events are sent only with an e-mail or an advertising id";

struct TroubleRow {
    AddressTrouble trouble;
    AddressReport report;
};

constexpr std::array trouble_rows = {
    TroubleRow{AddressTrouble::UntrustedProxy,
               {"a peer that is not in collect.trusted_proxies forwards visitors; their addresses are not read, and "
                "its own stands in for all of them",
                "it is not a trusted proxy, so its own address counts as the visitor's",
                "list it in collect.trusted_proxies (PINRELAY_TRUSTED_PROXIES) if it is your proxy"}},
    TroubleRow{AddressTrouble::NoClient,
               {not_known, "the header names trusted proxies only, and no visitor",
                "collect.trusted_proxies must not cover the visitors' own addresses; on one machine, test with the "
                "address of another"}},
    TroubleRow{AddressTrouble::OtherHeader,
               {not_known, "the trusted proxy sends this header, which is not read",
                "set collect.forwarded_header (PINRELAY_FORWARDED_HEADER) to the header that your proxy writes: "
                "x-forwarded-for or forwarded"}},
    TroubleRow{AddressTrouble::NoHeader,
               {not_known, "the trusted proxy does not send this header",
                "let the proxy write the visitor's address into that header; nginx: proxy_set_header X-Forwarded-For "
                "$remote_addr"}},
    TroubleRow{AddressTrouble::Unreadable,
               {not_known, "the header holds no readable address", "let the proxy write plain addresses into it"}},
};

constexpr AddressReport not_public = {
    "the address of a visitor is not a public one; it is not sent",
    "it is an address of this machine or of a private network, which no visitor on the internet can have",
    "where a proxy is in front of the relay, list it in collect.trusted_proxies (PINRELAY_TRUSTED_PROXIES) and let it "
    "write the visitor's address into X-Forwarded-For; a visitor on your own network has no public address"};

const AddressReport* row_of(AddressTrouble trouble) noexcept {
    const auto* row =
        std::ranges::find_if(trouble_rows, [trouble](const TroubleRow& one) { return one.trouble == trouble; });
    return row == trouble_rows.end() ? nullptr : &row->report;
}

bool is_not_public(const Client& client) {
    return client.trouble == AddressTrouble::None && client.address &&
           !identity::public_address(http::to_text(*client.address));
}

// "127.0.0.1, X-Forwarded-For: it is not a trusted proxy, …"
std::string what_is_wrong(const Client& client, const AddressReport& report) {
    const std::string peer = client.peer ? http::to_text(*client.peer) : "the peer";
    return peer + ", " + std::string(client.header) + ": " + std::string(report.cause) + "; " +
           std::string(report.advice);
}

}  // namespace

AddressReport report_about(const Client& client) {
    if (is_not_public(client)) return not_public;
    const AddressReport* row = row_of(client.trouble);
    return row == nullptr ? AddressReport() : *row;
}

std::optional<Warning> warning_about(const Client& client) {
    if (is_not_public(client))
        return Warning{warnings::address_not_public, std::string(client.source),
                       http::to_text(*client.address) + " (from " + std::string(client.source) +
                           ") is not sent: " + std::string(not_public.cause) + "; " + std::string(not_public.advice)};
    const AddressReport* row = row_of(client.trouble);
    if (row == nullptr) return std::nullopt;
    const bool untrusted = client.trouble == AddressTrouble::UntrustedProxy;
    return Warning{untrusted ? warnings::proxy_not_trusted : warnings::address_unknown, std::string(client.header),
                   what_is_wrong(client, *row)};
}

}  // namespace pinrelay::ingest
