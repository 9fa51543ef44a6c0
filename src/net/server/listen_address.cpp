#include "listen_address.hpp"

#include "pinrelay/net/server.hpp"

#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cstdint>
#include <string>

namespace pinrelay::net {
namespace ip = boost::asio::ip;

namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, port);
    if (text.empty() || failure != std::errc{} || stop != end) return std::nullopt;
    return port;
}

std::optional<ip::address> parse_host(std::string_view text) {
    if (text.empty()) return ip::address_v4::any();
    if (text == "localhost") return ip::address_v4::loopback();
    boost::system::error_code wrong;
    if (text.front() != '[') {
        const auto address = ip::make_address_v4(std::string(text), wrong);
        return wrong ? std::nullopt : std::optional<ip::address>(address);
    }
    if (text.back() != ']') return std::nullopt;
    const auto address = ip::make_address_v6(std::string(text.substr(1, text.size() - 2)), wrong);
    return wrong ? std::nullopt : std::optional<ip::address>(address);
}

// "[::]" takes connections of IPv4, too: see bind_acceptor.
bool stands_for(const ip::address& wide, const ip::address& narrow) {
    if (wide == narrow || (wide.is_v6() && wide.is_unspecified())) return true;
    return wide.is_unspecified() && narrow.is_v4();
}

}  // namespace

std::optional<ip::tcp::endpoint> parse_listen_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto host = parse_host(text.substr(0, colon));
    const auto port = parse_port(text.substr(colon + 1));
    if (!host || !port) return std::nullopt;
    return ip::tcp::endpoint(*host, *port);
}

std::optional<std::string> problem_of_listen_address(const std::string& address_and_port) {
    if (parse_listen_address(address_and_port)) return std::nullopt;
    return "must be an address and a port such as \"0.0.0.0:8080\" or \"[::]:8080\"; names are not resolved";
}

bool listen_addresses_meet(const std::string& one, const std::string& other) {
    const auto first = parse_listen_address(one);
    const auto second = parse_listen_address(other);
    if (!first || !second || first->port() != second->port() || first->port() == 0) return false;
    return stands_for(first->address(), second->address()) || stands_for(second->address(), first->address());
}

}  // namespace pinrelay::net
