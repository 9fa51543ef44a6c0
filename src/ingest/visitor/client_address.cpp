#include "client_address.hpp"

#include <array>

#include "forwarded.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::ingest {
namespace ip = boost::asio::ip;

namespace {

std::optional<ip::address> parse_hop(std::string_view text) {
    const std::string_view bare = http::bare_address(text);
    const bool is_v6 = bare.find(':') != std::string_view::npos;  // Asio's own function tries both
    boost::system::error_code error;
    const ip::address address =
        is_v6 ? ip::address(ip::make_address_v6(bare, error)) : ip::address(ip::make_address_v4(bare, error));
    if (error) return std::nullopt;
    return http::canonical(address);
}

// Removes the right-most address from an X-Forwarded-For line and returns it.
Hop take_last_address(std::optional<std::string_view>& rest) {
    const auto comma = rest->rfind(',');
    const auto address = parse_hop(comma == std::string_view::npos ? *rest : rest->substr(comma + 1));
    if (comma == std::string_view::npos)
        rest.reset();
    else
        *rest = rest->substr(0, comma);
    return {false, address};
}

struct HeaderReader {
    ForwardedHeader header;
    std::string_view name;
    Hop (*take_last)(std::optional<std::string_view>& rest);
    std::string_view alternative;  // a header with one address, where there is no hop; "" for none
};
constexpr std::array readers = {
    HeaderReader{ForwardedHeader::XForwardedFor, "X-Forwarded-For", take_last_address, "X-Real-IP"},
    HeaderReader{ForwardedHeader::Forwarded, "Forwarded", take_last_element, ""},
};

const HeaderReader& reader_of(ForwardedHeader header) {
    for (const HeaderReader& reader : readers)
        if (reader.header == header) return reader;
    return readers.front();
}

constexpr std::string_view the_connection = "the connection";

// The first header by which a proxy of any kind names its client, but for the one that is read; "" where there is none.
std::string_view forwarding_header(const http::Request& request, std::string_view read) {
    for (const std::string_view name : {"X-Forwarded-For", "Forwarded", "X-Real-IP"})
        if (name != read && request.header(name) != nullptr) return name;
    return {};
}

// Whether the proxies' other header names a visitor, and another one. What is no public address is not a visitor's.
bool names_another(const http::Request& request, std::string_view header, const ip::address& address,
                   const TrustedProxies& proxies) {
    const std::string* text = header.empty() ? nullptr : request.header(header);
    const auto other = text == nullptr ? std::nullopt : parse_hop(*text);
    return other && *other != address && !proxies.contains(*other) &&
           identity::public_address(other->to_string()).has_value();
}

// More proxies in a row than there are anywhere: only a loop or a forger makes so many.
constexpr std::size_t most_hops = 64;

}  // namespace

Client TrustedProxies::client(const http::Request& request) const {
    Client client;
    if (request.peer_address) client.peer = parse_hop(*request.peer_address);
    if (!client.peer) return client;
    if (contains(*client.peer)) {
        Client behind = behind_proxies(request);
        behind.peer = client.peer;
        return behind;
    }
    client.address = client.peer;
    client.source = the_connection;
    client.header = forwarding_header(request, {});
    if (!client.header.empty()) client.trouble = AddressTrouble::UntrustedProxy;
    return client;
}

Client TrustedProxies::behind_proxies(const http::Request& request) const {
    const auto failed = [](AddressTrouble trouble, std::string_view header) {
        return Client{std::nullopt, {}, trouble, header, {}};
    };
    const HeaderReader& reader = reader_of(header_);
    std::size_t hops = 0;
    for (auto line = request.headers.rbegin(); line != request.headers.rend(); ++line) {
        if (!ascii::equals_ignoring_case(line->first, reader.name)) continue;
        std::optional<std::string_view> rest = line->second;
        while (rest) {
            if (++hops > most_hops) return failed(AddressTrouble::Unreadable, reader.name);
            const Hop hop = reader.take_last(rest);
            if (hop.empty) continue;
            // Nothing to the left of garbage can be trusted.
            if (!hop.address) return failed(AddressTrouble::Unreadable, reader.name);
            if (contains(*hop.address)) continue;
            Client client{hop.address, reader.name, {}, {}, {}};
            client.contradicted = names_another(request, reader.alternative, *hop.address, *this);
            return client;
        }
    }
    if (hops > 0) return failed(AddressTrouble::NoClient, reader.name);
    const std::string* real = reader.alternative.empty() ? nullptr : request.header(reader.alternative);
    if (real != nullptr) {
        const auto address = parse_hop(*real);
        return address ? Client{address, reader.alternative, {}, {}, {}}
                       : failed(AddressTrouble::Unreadable, reader.alternative);
    }
    const std::string_view other = forwarding_header(request, reader.name);
    return other.empty() ? failed(AddressTrouble::NoHeader, reader.name) : failed(AddressTrouble::OtherHeader, other);
}

std::vector<std::string> cookie_values(const http::Request& request, std::string_view name, std::size_t most) {
    std::vector<std::string> values;
    for (const auto& [header, value] : request.headers) {
        if (!ascii::equals_ignoring_case(header, "Cookie")) continue;
        for (const UrlPair& piece : UrlPairs(value, ';')) {
            const UrlPair cookie = split_pair(ascii::trimmed(piece.text, ascii::blanks));
            if (cookie.name != name || !cookie.value || cookie.value->empty()) continue;
            values.emplace_back(*cookie.value);
            if (values.size() == most) return values;
        }
    }
    return values;
}

std::optional<std::string> cookie_value(const http::Request& request, std::string_view name) {
    auto values = cookie_values(request, name, 1);
    return values.empty() ? std::nullopt : std::optional(std::move(values.front()));
}

}  // namespace pinrelay::ingest
