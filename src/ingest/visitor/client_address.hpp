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

// The trusted proxies, and the client's address behind them. Immutable; any thread.
class TrustedProxies {
public:
    // `entries` are addresses or CIDR blocks. Throws std::invalid_argument, which names the entry, for any other text.
    explicit TrustedProxies(const std::vector<std::string>& entries,
                            ForwardedHeader header = ForwardedHeader::XForwardedFor)
        : networks_(entries), header_(header) {}

    bool contains(const boost::asio::ip::address& address) const { return networks_.contains(address); }

    // The peer's address, unless the peer is a trusted proxy. Then it is the right-most address of the proxies' header
    // that belongs to no trusted proxy. All lines of the header count, in order. X-Real-IP replaces an absent
    // X-Forwarded-For. A visitor can forge all addresses further left, and the header that the proxies do not write.
    // Nothing where the header has no readable address.
    std::optional<boost::asio::ip::address> client(const http::Request& request) const;

private:
    http::Networks networks_;
    ForwardedHeader header_;
};

// The value of a cookie in the request's Cookie headers, raw; nothing when absent or empty.
std::optional<std::string> cookie_value(const http::Request& request, std::string_view name);

}  // namespace pinrelay::ingest
