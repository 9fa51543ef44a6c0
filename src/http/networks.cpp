#include "pinrelay/http/networks.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::http {
namespace ip = boost::asio::ip;

namespace {

constexpr unsigned short v4_bits = 32;
constexpr unsigned short v6_bits = 128;

template <class Network>
bool any_holds(const std::vector<Network>& blocks, const Network& host) {
    return std::ranges::any_of(blocks,
                               [&host](const Network& block) { return host == block || host.is_subnet_of(block); });
}

}  // namespace

Networks::Networks(const std::vector<std::string>& entries) {
    for (const auto& entry : entries) {
        boost::system::error_code error;
        const bool is_block = entry.find('/') != std::string::npos;
        if (const auto v4 = ip::make_network_v4(is_block ? entry : entry + "/32", error); !error) {
            v4_.push_back(v4.canonical());
            continue;
        }
        if (const auto v6 = ip::make_network_v6(is_block ? entry : entry + "/128", error); !error) {
            v6_.push_back(v6.canonical());
            continue;
        }
        throw std::invalid_argument("\"" + entry + "\" is neither an address nor a CIDR block");
    }
}

bool Networks::contains(const ip::address& address) const {
    return address.is_v4() ? any_holds(v4_, ip::network_v4(address.to_v4(), v4_bits))
                           : any_holds(v6_, ip::network_v6(address.to_v6(), v6_bits));
}

std::string_view bare_address(std::string_view hop) noexcept {
    hop = ascii::trimmed(hop, "\" \t\r\n");
    if (hop.starts_with('[')) return hop.substr(1, hop.find(']') - 1);
    const auto colon = hop.find(':');
    const bool has_port = colon != std::string_view::npos && hop.rfind(':') == colon;  // IPv6 has two at least
    return has_port ? hop.substr(0, colon) : hop;
}

std::string to_text(const ip::address& address) {
    if (!address.is_v4()) return address.to_string();
    constexpr std::size_t longest = std::string_view("255.255.255.255").size();
    std::array<char, longest> text{};
    char* end = text.data();
    for (const unsigned byte : address.to_v4().to_bytes()) {
        if (end != text.data()) *end++ = '.';
        end = std::to_chars(end, text.data() + text.size(), byte).ptr;
    }
    return {text.data(), end};
}

ip::address canonical(const ip::address& address) {
    if (!address.is_v6()) return address;
    auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6);
    v6.scope_id(0);
    return v6;
}

ClientNetworks client_networks(const ip::address& canonical_address) noexcept {
    // No public /64 begins with 32 zero bits, so the two kinds never meet.
    if (canonical_address.is_v4()) return {{canonical_address.to_v4().to_uint()}, 1};
    constexpr std::size_t prefix_bytes = 8;
    constexpr unsigned byte_bits = 8;
    const auto bytes = canonical_address.to_v6().to_bytes();
    ClientKey narrow = 0;
    for (std::size_t i = 0; i < prefix_bytes; ++i) narrow = (narrow << byte_bits) | bytes[i];

    // Addresses in use begin with 001 (global), 1111 (local) or zeros. With the first bits turned a wide network's key
    // begins like none of them: 101 or 0111, and 011 or 1011.
    constexpr ClientKey of_56 = ClientKey{1} << 63U;
    constexpr ClientKey of_48 = ClientKey{1} << 62U;
    constexpr ClientKey kept_56 = ~((ClientKey{1} << 8U) - 1);
    constexpr ClientKey kept_48 = ~((ClientKey{1} << 16U) - 1);
    return {{narrow, (narrow & kept_56) ^ of_56, (narrow & kept_48) ^ of_48}, 3};
}

}  // namespace pinrelay::http
