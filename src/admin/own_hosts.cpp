#include "own_hosts.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <optional>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/http/networks.hpp"

namespace pinrelay::admin {
namespace {

using boost::asio::ip::address;

// Never delegated in the public DNS: RFC 6762, RFC 8375, ICANN's reservation of "internal", Kubernetes' short names.
constexpr std::array<std::string_view, 4> private_suffixes = {".svc", ".local", ".internal", ".home.arpa"};

std::optional<address> address_of(std::string_view host) {
    boost::system::error_code wrong;
    const auto parsed = boost::asio::ip::make_address(std::string(http::bare_address(host)), wrong);
    if (wrong) return std::nullopt;
    return http::canonical(parsed);
}

bool matches(std::string_view host, std::string_view pattern) {
    pattern = without_trailing_dot(pattern);
    if (!pattern.starts_with("*.")) return ascii::equals_ignoring_case(host, pattern);
    return ascii::ends_with_ignoring_case(host, pattern.substr(1));
}

bool is_private_name(std::string_view host) {
    if (host.find('.') == std::string_view::npos) return !host.empty();
    return std::ranges::any_of(private_suffixes,
                               [host](auto suffix) { return ascii::ends_with_ignoring_case(host, suffix); });
}

bool is_loopback_name(std::string_view host) { return matches(host, "localhost") || matches(host, "*.localhost"); }

}  // namespace

bool listens_on_loopback(std::string_view listen) {
    const std::string_view host = without_port(listen);
    const auto bound = address_of(host);
    return bound ? bound->is_loopback() : is_loopback_name(host);
}

bool is_own_host(std::string_view host, std::string_view listen, const std::vector<std::string>& configured) {
    host = without_trailing_dot(without_port(host));
    if (is_loopback_name(host)) return true;
    if (std::ranges::any_of(configured, [host](const auto& pattern) { return matches(host, pattern); })) return true;

    // ":9090" listens on every address, as "0.0.0.0:9090" does.
    const bool is_local = listens_on_loopback(listen);
    if (const auto literal = address_of(host))
        return literal->is_loopback() || literal == address_of(without_port(listen)) || !is_local;
    return !is_local && is_private_name(host);
}

}  // namespace pinrelay::admin
