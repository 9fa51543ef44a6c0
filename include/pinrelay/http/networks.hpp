#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <cstddef>
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

// The address as text, as its own to_string() has it, which takes ten times as long for IPv4.
std::string to_text(const boost::asio::ip::address& address);

// The same address in its one spelling: without a scope, and IPv4-mapped IPv6 (from a dual-stack socket) as IPv4.
boost::asio::ip::address canonical(const boost::asio::ip::address& address);

// Identifies a network in limits per client. Keys of networks of different widths differ.
using ClientKey = std::uint64_t;

// The networks that a client may choose its addresses from, the narrowest first: an IPv4 address alone; of an IPv6
// address its /64, its /56 and its /48. A /64 is the smallest network that a provider gives to a subscriber; a home
// often has a /56, a rented server a /48, and could otherwise be 256 or 65,536 clients. IPv4 has no wider network here:
// a subscriber has one address, which costs money, and neighbours in a /24 are strangers to each other.
struct ClientNetworks {
    std::array<ClientKey, 3> keys{};
    std::size_t count = 1;  // of the keys that mean something

    const ClientKey* begin() const noexcept { return keys.data(); }
    const ClientKey* end() const noexcept { return keys.data() + count; }
    friend bool operator==(const ClientNetworks&, const ClientNetworks&) = default;
};
ClientNetworks client_networks(const boost::asio::ip::address& canonical_address) noexcept;

// How many times as much as one client each of these networks may have: of a limit's unit, by position in `keys`.
inline constexpr std::array<std::size_t, 3> network_shares = {1, 4, 16};

}  // namespace pinrelay::http
