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

// Addresses and CIDR blocks of the proxies in front, and who the visitor behind them is.
class TrustedProxies {
public:
    // Throws std::invalid_argument, naming the entry, for what is neither an address nor a block.
    explicit TrustedProxies(const std::vector<std::string>& entries,
                            ForwardedHeader header = ForwardedHeader::XForwardedFor)
        : networks_(entries), header_(header) {}

    bool contains(const boost::asio::ip::address& address) const { return networks_.contains(address); }

    // The peer, unless it is a trusted proxy: then the right-most address of the header that the proxies write (all its
    // lines, in order) that is no trusted proxy itself; where X-Forwarded-For is theirs and absent, X-Real-IP. What
    // stands further left can be forged, and so can the header that they do not write: it is never looked at.
    std::optional<boost::asio::ip::address> client(const http::Request& request) const;

private:
    http::Networks networks_;
    ForwardedHeader header_;
};

// The value of a cookie in the request's Cookie headers, raw; nothing when absent or empty.
std::optional<std::string> cookie_value(const http::Request& request, std::string_view name);

}  // namespace pinrelay::ingest
