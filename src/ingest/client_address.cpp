#include "client_address.hpp"

#include <boost/algorithm/string/predicate.hpp>

namespace pinrelay::ingest {
namespace ip = boost::asio::ip;

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// An address as proxies write it: plain, "1.2.3.4:5678", "[2001:db8::1]:443" or quoted.
std::optional<ip::address> parse_hop(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (!text.empty() && text.front() == '[') {
        text = text.substr(1, text.find(']') - 1);
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos && text.rfind(':') == colon) {
        text = text.substr(0, colon);
    }
    boost::system::error_code error;
    const auto address = ip::make_address(text, error);
    if (error) return std::nullopt;
    return http::canonical(address);
}

// Every hop of every X-Forwarded-For line, left to right.
std::vector<std::string_view> forwarded_hops(const http::Request& request) {
    std::vector<std::string_view> hops;
    for (const auto& [name, value] : request.headers) {
        if (!boost::algorithm::iequals(name, "X-Forwarded-For")) continue;
        std::string_view rest = value;
        while (true) {
            const auto comma = rest.find(',');
            hops.push_back(rest.substr(0, comma));
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
    }
    return hops;
}

}  // namespace

std::optional<ip::address> TrustedProxies::client(const http::Request& request) const {
    auto peer = parse_hop(request.peer_address);
    if (!peer || !contains(*peer)) return peer;

    const auto hops = forwarded_hops(request);
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        auto address = parse_hop(*hop);
        // What is left of garbage cannot be believed.
        if (!address || !contains(*address)) return address;
    }
    if (!hops.empty()) return std::nullopt;

    const std::string* real = request.header("X-Real-IP");
    return real == nullptr ? std::nullopt : parse_hop(*real);
}

std::optional<std::string> TrustedProxies::client_address(const http::Request& request) const {
    const auto address = client(request);
    if (!address) return std::nullopt;
    return address->to_string();
}

std::optional<std::string> cookie_value(const http::Request& request, std::string_view name) {
    for (const auto& [header, value] : request.headers) {
        if (!boost::algorithm::iequals(header, "Cookie")) continue;
        std::string_view rest = value;
        while (!rest.empty()) {
            const auto end = rest.find(';');
            const std::string_view pair = trimmed(rest.substr(0, end));
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name && equals + 1 < pair.size())
                return std::string(pair.substr(equals + 1));
            if (end == std::string_view::npos) break;
            rest.remove_prefix(end + 1);
        }
    }
    return std::nullopt;
}

}  // namespace pinrelay::ingest
