#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <iterator>

#include "identity/text/field_text.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::identity {
namespace {

struct Block {
    std::uint32_t network;
    int bits;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c = 0) { return a << 24 | b << 16 | c << 8; }

// No visitor's, by IANA's register of special purposes. The blocks for documentation are not here: samples use them.
constexpr std::array not_a_visitors = {
    Block{v4(0, 0), 8},        // this network
    Block{v4(10, 0), 8},       // private
    Block{v4(100, 64), 10},    // behind a carrier's translation
    Block{v4(127, 0), 8},      // loopback
    Block{v4(169, 254), 16},   // link-local
    Block{v4(172, 16), 12},    // private
    Block{v4(192, 0, 0), 24},  // protocol assignments
    Block{v4(192, 168), 16},   // private
    Block{v4(198, 18), 15},    // benchmarks
    Block{v4(224, 0), 4},      // multicast
    Block{v4(240, 0), 4},      // reserved, broadcast
};

bool holds(Block block, std::uint32_t address) noexcept {
    const int host_bits = 32 - block.bits;
    return address >> host_bits == block.network >> host_bits;
}

template <int family, std::size_t length, class Address>
std::optional<std::string> written(const Address& address) {
    std::array<char, length> text{};
    if (inet_ntop(family, &address, text.data(), text.size()) == nullptr) return std::nullopt;
    return std::string(text.data());
}

std::optional<std::string> written_v4(const in_addr& address) { return written<AF_INET, INET_ADDRSTRLEN>(address); }
std::optional<std::string> written_v6(const in6_addr& address) { return written<AF_INET6, INET6_ADDRSTRLEN>(address); }

std::optional<std::string> public_v4(in_addr address) {
    const std::uint32_t number = ntohl(address.s_addr);
    if (std::ranges::any_of(not_a_visitors, [number](Block block) { return holds(block, number); }))
        return std::nullopt;
    return written_v4(address);
}

std::optional<std::string> public_v6(const in6_addr& address) {
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
        in_addr mapped{};
        std::memcpy(&mapped, &address.s6_addr[12], sizeof(mapped));
        return public_v4(mapped);
    }
    // 2000::/3 is all that has been given out; loopback, local, unique local and multicast lie outside.
    constexpr int global_prefix = 0b001;
    if (address.s6_addr[0] >> 5 != global_prefix) return std::nullopt;
    return written_v6(address);
}

}  // namespace

std::optional<std::string> public_address(std::string_view text) {
    const auto field = field_text(text);
    if (!field || field->find('\0') != std::string_view::npos) return std::nullopt;
    const std::string address(*field);
    in_addr v4_address{};
    if (inet_pton(AF_INET, address.c_str(), &v4_address) == 1) return public_v4(v4_address);
    in6_addr v6_address{};
    if (inet_pton(AF_INET6, address.c_str(), &v6_address) == 1) return public_v6(v6_address);
    return std::nullopt;
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
