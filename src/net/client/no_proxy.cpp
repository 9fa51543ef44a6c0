#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <stdexcept>
#include <string>

#include "forward_proxy.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {
namespace {

constexpr std::string_view separators = ", \t";

bool holds_address(std::string_view entry, const std::string& host) {
    if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
    try {
        return http::Networks({std::string(entry)}).contains(http::canonical(boost::asio::ip::make_address(host)));
    } catch (const std::invalid_argument&) {  // a name, or garbage
        return false;
    }
}

// "pinterest.com", ".pinterest.com" and "pinterest.com." all name the domain with all below it.
bool holds_name(std::string_view entry, std::string_view host) {
    if (entry.starts_with('.')) entry.remove_prefix(1);
    if (entry.ends_with('.')) entry.remove_suffix(1);
    if (host.ends_with('.')) host.remove_suffix(1);
    if (entry.empty() || host.size() < entry.size()) return false;
    const auto above = host.size() - entry.size();
    return ascii::equals_ignoring_case(host.substr(above), entry) && (above == 0 || host[above - 1] == '.');
}

}  // namespace

bool is_exempt(const Origin& origin, std::string_view no_proxy) {
    while (true) {
        no_proxy.remove_prefix(std::min(no_proxy.find_first_not_of(separators), no_proxy.size()));
        const auto entry = no_proxy.substr(0, no_proxy.find_first_of(separators));
        if (entry.empty()) return false;
        no_proxy.remove_prefix(entry.size());
        if (entry == "*") return true;
        if (origin.literal ? holds_address(entry, origin.host) : holds_name(entry, origin.host)) return true;
    }
}

}  // namespace pinrelay::net
