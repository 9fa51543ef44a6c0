#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/ingest/settings.hpp"

namespace pinrelay::ingest {

// Why a request's own words about its client are not believed, or name nobody.
enum class AddressTrouble {
    None,
    UntrustedProxy,  // the peer sends a header for proxies and is none of the trusted ones
    NoClient,        // the trusted proxies' header names trusted proxies only
    OtherHeader,     // a trusted proxy sends the header that is not read
    NoHeader,        // a trusted proxy names no client at all
    Unreadable,      // the header holds something that is no address, or far too many of them
};

// The client of a request.
struct Client {
    std::optional<boost::asio::ip::address> address;  // nothing where none can be told
    std::string_view source;                          // what told it: "the connection", "X-Forwarded-For" …
    AddressTrouble trouble = AddressTrouble::None;
    std::string_view header;                       // the one that the trouble is about
    std::optional<boost::asio::ip::address> peer;  // of the connection
    bool contradicted = false;                     // X-Real-IP names another visitor than X-Forwarded-For

    // The address where it shows who sends, for trust: a proxy that writes only one of two headers lets the other one
    // through as the visitor sent it.
    std::optional<boost::asio::ip::address> vouched_address() const { return contradicted ? std::nullopt : address; }
};

// The trusted proxies, and the client's address behind them. Immutable; any thread.
class TrustedProxies {
public:
    // `entries` are addresses or CIDR blocks. Throws std::invalid_argument, which names the entry, for any other text.
    explicit TrustedProxies(const std::vector<std::string>& entries,
                            ForwardedHeader header = ForwardedHeader::XForwardedFor)
        : networks_(entries), header_(header) {}

    bool contains(const boost::asio::ip::address& address) const { return networks_.contains(address); }

    // The address is the peer's, unless the peer is a trusted proxy. Then it is the right-most address of the proxies'
    // header that belongs to no trusted proxy. All lines of the header count, in order. X-Real-IP replaces an absent
    // X-Forwarded-For; beside one it must not contradict. A visitor can forge all addresses further left, and the
    // header that the proxies do not write. Nothing where the header has no readable address.
    Client client(const http::Request& request) const;

private:
    Client behind_proxies(const http::Request& request) const;

    http::Networks networks_;
    ForwardedHeader header_;
};

// The values of all cookies of that name in the request's Cookie headers, raw, the first `most` that are not empty.
std::vector<std::string> cookie_values(const http::Request& request, std::string_view name, std::size_t most);

// The value of a cookie in the request's Cookie headers, raw; nothing when absent or empty.
std::optional<std::string> cookie_value(const http::Request& request, std::string_view name);

}  // namespace pinrelay::ingest
