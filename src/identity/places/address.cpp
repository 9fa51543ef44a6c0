#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>

#include "identity/text/field_text.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

struct Block {
    std::uint32_t network;
    int bits;
    Problem problem;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) { return a << 24 | b << 16 | c << 8; }

// No visitor's, by IANA's register of special purposes. The blocks for documentation are not here: samples use them.
constexpr std::array not_a_visitors = {
    Block{v4(0, 0), 32, Problem::UnspecifiedAddress},
    Block{v4(0, 0), 8, Problem::ReservedAddress},  // this network
    Block{v4(10, 0), 8, Problem::PrivateAddress},
    Block{v4(100, 64), 10, Problem::CarrierAddress},
    Block{v4(127, 0), 8, Problem::LoopbackAddress},
    Block{v4(169, 254), 16, Problem::LinkLocalAddress},
    Block{v4(172, 16), 12, Problem::PrivateAddress},
    Block{v4(192, 0, 0), 24, Problem::ReservedAddress},  // protocol assignments
    Block{v4(192, 168), 16, Problem::PrivateAddress},
    Block{v4(198, 18), 15, Problem::ReservedAddress},  // benchmarks
    Block{v4(224, 0), 4, Problem::MulticastAddress},
    Block{v4(240, 0), 4, Problem::ReservedAddress},  // and broadcast
};

bool holds(Block block, std::uint32_t address) noexcept {
    const int host_bits = 32 - block.bits;
    return address >> host_bits == block.network >> host_bits;
}

// inet_ntop takes ten times as long, for it prints by a format.
std::string written_v4(const in_addr& address) {
    std::string text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        if (!text.empty()) text += '.';
        text += std::to_string(ntohl(address.s_addr) >> static_cast<unsigned>(shift) & 0xFFU);
    }
    return text;
}

std::optional<std::string> written_v6(const in6_addr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_ntop(AF_INET6, &address, text.data(), text.size()) == nullptr) return std::nullopt;
    return std::string(text.data());
}

Normalised found(std::optional<std::string> address) {
    if (!address) return Problem::NotAnAddress;
    return std::move(*address);
}

Normalised public_v4(in_addr address) {
    const std::uint32_t number = ntohl(address.s_addr);
    const auto* const block = std::ranges::find_if(not_a_visitors, [number](Block b) { return holds(b, number); });
    if (block != not_a_visitors.end()) return block->problem;
    return found(written_v4(address));
}

Problem problem_of_v6(const in6_addr& address) {
    constexpr int unique_local_prefix = 0b1111110;  // fc00::/7
    if (IN6_IS_ADDR_UNSPECIFIED(&address)) return Problem::UnspecifiedAddress;
    if (IN6_IS_ADDR_LOOPBACK(&address)) return Problem::LoopbackAddress;
    if (IN6_IS_ADDR_LINKLOCAL(&address)) return Problem::LinkLocalAddress;
    if (IN6_IS_ADDR_MULTICAST(&address)) return Problem::MulticastAddress;
    if (address.s6_addr[0] >> 1 == unique_local_prefix) return Problem::PrivateAddress;
    return Problem::ReservedAddress;
}

Normalised public_v6(const in6_addr& address) {
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
        in_addr mapped{};
        std::memcpy(&mapped, &address.s6_addr[12], sizeof(mapped));
        return public_v4(mapped);
    }
    // 2000::/3 is all that has been given out; loopback, local, unique local and multicast lie outside.
    constexpr int global_prefix = 0b001;
    if (address.s6_addr[0] >> 5 != global_prefix) return problem_of_v6(address);
    return found(written_v6(address));
}

// "203.0.113.9:443", "[2001:db8::1]:443", "[2001:db8::1]"
bool has_port(std::string_view text) {
    if (text.starts_with('[')) return true;
    in_addr address{};
    const auto colon = text.find(':');
    return colon != std::string_view::npos &&
           inet_pton(AF_INET, std::string(text.substr(0, colon)).c_str(), &address) == 1;
}

}  // namespace

Normalised public_address(std::string_view text) {
    const auto field = field_text(text);
    if (!field) return problem_of_field(text);
    if (field->find('\0') != std::string_view::npos) return Problem::NotAnAddress;
    const std::string address(*field);
    in_addr v4_address{};
    if (inet_pton(AF_INET, address.c_str(), &v4_address) == 1) return public_v4(v4_address);
    in6_addr v6_address{};
    if (inet_pton(AF_INET6, address.c_str(), &v6_address) == 1) return public_v6(v6_address);
    return has_port(address) ? Problem::AddressWithPort : Problem::NotAnAddress;
}

std::optional<std::string> truncated_address(std::string_view text) {
    constexpr std::uint32_t host_of_v4 = 0xFF;
    constexpr std::size_t kept_bytes_of_v6 = 6;
    const std::string address(text);
    in_addr v4_address{};
    if (inet_pton(AF_INET, address.c_str(), &v4_address) == 1) {
        v4_address.s_addr &= ~htonl(host_of_v4);
        return written_v4(v4_address);
    }
    in6_addr v6_address{};
    if (inet_pton(AF_INET6, address.c_str(), &v6_address) != 1) return std::nullopt;
    std::fill(std::begin(v6_address.s6_addr) + kept_bytes_of_v6, std::end(v6_address.s6_addr), std::uint8_t{0});
    return written_v6(v6_address);
}

}  // namespace pinrelay::identity
