#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::http {

// A set of addresses and CIDR blocks. Immutable, so safe to use from any thread.
class Networks {
public:
    Networks() = default;

    // Throws std::invalid_argument if an entry is neither an address nor a block; the message names the entry.
    explicit Networks(const std::vector<std::string>& entries);

    bool contains(const boost::asio::ip::address& address) const;
    bool empty() const noexcept { return v4_.empty() && v6_.empty(); }

private:
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

// An address without what proxies write around it: blanks, quotes, brackets, a port. "[2001:db8::1]:443" is
// "2001:db8::1". Any other text comes back trimmed. Points into `hop`.
std::string_view bare_address(std::string_view hop) noexcept;

// The same address in its one spelling: without a scope, and IPv4-mapped IPv6 (from a dual-stack socket) as IPv4.
boost::asio::ip::address canonical(const boost::asio::ip::address& address);

// Identifies a client for limits per client: an IPv4 address, or the /64 network of an IPv6 address. A /64 is the
// smallest network that a provider gives to a subscriber.
using ClientKey = std::uint64_t;
ClientKey client_key(const boost::asio::ip::address& canonical_address) noexcept;

}  // namespace pinrelay::http
