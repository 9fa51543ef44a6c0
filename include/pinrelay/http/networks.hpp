#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace pinrelay::http {

// A set of addresses: single ones and CIDR blocks. Immutable once made, so safe on any thread.
class Networks {
public:
    Networks() = default;

    // Throws std::invalid_argument, naming the entry, for what is neither an address nor a block.
    explicit Networks(const std::vector<std::string>& entries);

    bool contains(const boost::asio::ip::address& address) const;
    bool empty() const noexcept { return v4_.empty() && v6_.empty(); }

private:
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

// One spelling per address: IPv4-mapped IPv6, as a dual-stack socket gives it, as IPv4, and no scope.
boost::asio::ip::address canonical(const boost::asio::ip::address& address);

// Who counts as one client where clients are limited: an IPv4 address, or the /64 of an IPv6 one, which is the least
// that a subscriber gets.
using ClientKey = std::uint64_t;
ClientKey client_key(const boost::asio::ip::address& canonical_address) noexcept;

}  // namespace pinrelay::http
