#include "visitor_address.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <cstdint>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::decode {
namespace {

using boost::asio::ip::address;

constexpr std::size_t most_hops = 20;  // of a list; each is parsed
constexpr std::string_view between_hops = ",;";
constexpr std::string_view forwarded_for = "for=";
constexpr std::size_t longest_entry = 100;  // an address with its scope, brackets and port

// One entry of a list without quotes, brackets and port.
std::string_view without_port(std::string_view entry) noexcept {
    entry = ascii::trimmed(entry, "\" \t\r\n");
    if (ascii::starts_with_ignoring_case(entry, forwarded_for)) {  // of the header Forwarded
        entry.remove_prefix(forwarded_for.size());
        entry = ascii::trimmed(entry, "\" \t\r\n");
    }
    if (entry.starts_with('[')) return entry.substr(1, entry.find(']') - 1);
    const std::size_t colon = entry.find(':');
    const bool one_colon = colon != std::string_view::npos && entry.find(':', colon + 1) == std::string_view::npos;
    return one_colon ? entry.substr(0, colon) : entry;
}

// Calls `take` with each entry until it returns true.
template <class Take>
void for_each_entry(std::string_view text, const Take& take) {
    for (std::size_t i = 0; i < most_hops && !text.empty(); ++i) {
        const std::size_t end = std::min(text.find_first_of(between_hops), text.size());
        const std::string_view entry = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (entry.size() <= longest_entry && take(without_port(entry))) return;
    }
}

struct NamedBlock {
    std::uint32_t network;
    unsigned host_bits;
    std::string_view kind;
};
constexpr std::array blocks = {
    NamedBlock{0x0A000000, 24, "a private address"},                  // 10.0.0.0/8
    NamedBlock{0xAC100000, 20, "a private address"},                  // 172.16.0.0/12
    NamedBlock{0xC0A80000, 16, "a private address"},                  // 192.168.0.0/16
    NamedBlock{0x64400000, 22, "an address inside a carrier's net"},  // 100.64.0.0/10
    NamedBlock{0xA9FE0000, 16, "a link-local address"},               // 169.254.0.0/16
};

std::string_view kind_of_v6(const boost::asio::ip::address_v6& v6) {
    constexpr unsigned unique_local = 0xFC;
    constexpr unsigned unique_local_mask = 0xFE;
    if (v6.is_link_local()) return "a link-local address";
    if ((v6.to_bytes()[0] & unique_local_mask) == unique_local) return "a private address";
    return "a reserved address";
}

std::string_view kind_of_v4(const boost::asio::ip::address_v4& v4) {
    const std::uint32_t number = v4.to_uint();
    const auto block = std::ranges::find_if(
        blocks, [number](const NamedBlock& one) { return number >> one.host_bits == one.network >> one.host_bits; });
    return block == blocks.end() ? "a reserved address" : block->kind;
}

std::string_view kind_of(const address& one) {
    if (one.is_loopback()) return "a loopback address";
    if (one.is_unspecified()) return "no address of anybody";
    if (one.is_multicast()) return "a multicast address";
    return one.is_v4() ? kind_of_v4(one.to_v4()) : kind_of_v6(one.to_v6());
}

}  // namespace

std::optional<std::string> visitor_address(std::string_view text) {
    if (auto whole = identity::public_address(text)) return whole;
    std::optional<std::string> found;
    for_each_entry(text, [&found](std::string_view entry) {
        found = identity::public_address(entry);
        return found.has_value();
    });
    return found;
}

std::string why_no_visitor_address(std::string_view text) {
    std::string why = "cannot be read as an address";
    for_each_entry(text, [&why](std::string_view entry) {
        boost::system::error_code error;
        const address parsed = boost::asio::ip::make_address(std::string(entry), error);
        if (error) return false;
        const address one = http::canonical(parsed);
        why = "is " + std::string(kind_of(one)) + " (" + one.to_string() + ")";
        return true;
    });
    return why;
}

}  // namespace pinrelay::decode
