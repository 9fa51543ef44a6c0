#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/networks.hpp"

namespace pinrelay::ingest {

// Addresses and CIDR blocks of the proxies in front, and who the visitor behind them is.
class TrustedProxies {
public:
    // Throws std::invalid_argument, naming the entry, for what is neither an address nor a block.
    explicit TrustedProxies(const std::vector<std::string>& entries) : networks_(entries) {}

    bool contains(const boost::asio::ip::address& address) const { return networks_.contains(address); }

    // The peer, unless it is a trusted proxy: then the right-most address of X-Forwarded-For (all its lines, in
    // order) that is no trusted proxy itself, else X-Real-IP. What stands further left can be forged.
    std::optional<boost::asio::ip::address> client(const http::Request& request) const;
    std::optional<std::string> client_address(const http::Request& request) const;

private:
    http::Networks networks_;
};

// The value of a cookie in the request's Cookie headers, raw; nothing when absent or empty.
std::optional<std::string> cookie_value(const http::Request& request, std::string_view name);

}  // namespace pinrelay::ingest
