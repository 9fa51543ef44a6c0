#include "account_routes.hpp"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/predicate.hpp>

namespace pinrelay::ingest {
namespace {

// "example.com:443" → "example.com"; an IPv6 literal keeps its brackets.
std::string_view without_port(std::string_view authority) {
    if (!authority.empty() && authority.front() == '[') return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

bool host_matches(std::string_view pattern, std::string_view host) {
    if (!pattern.starts_with("*.")) return boost::algorithm::iequals(pattern, host);
    const std::string_view suffix = pattern.substr(1);
    return host.size() > suffix.size() && boost::algorithm::iends_with(host, suffix);
}

// "/shop" takes /shop and /shop/…, not /shopping.
bool path_matches(std::string_view prefix, std::string_view path) {
    while (!prefix.empty() && prefix.back() == '/') prefix.remove_suffix(1);
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

std::string event_host(const model::Event& event, const http::Request& request) {
    if (event.page_location)
        if (auto host = url_host(*event.page_location)) return std::move(*host);
    return request_host(request).value_or("");
}

}  // namespace

std::optional<std::string> url_host(std::string_view url) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = url.substr(0, scheme_end);
    if (!boost::algorithm::iequals(scheme, "https") && !boost::algorithm::iequals(scheme, "http")) return std::nullopt;
    std::string_view authority = url.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find_first_of("/?#\\"));
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    authority = without_port(authority);
    if (authority.empty()) return std::nullopt;
    return boost::algorithm::to_lower_copy(std::string(authority));
}

std::optional<std::string> request_host(const http::Request& request) {
    const std::string* header = request.header("Host");
    if (header == nullptr || header->empty()) return std::nullopt;
    return boost::algorithm::to_lower_copy(std::string(without_port(*header)));
}

bool takes(const Route& route, const model::Event& event, const http::Request& request) {
    const auto any = [](const auto& list, auto&& matches) {
        return list.empty() || std::any_of(list.begin(), list.end(), matches);
    };
    if (!any(route.measurement_ids, [&](const auto& id) { return event.measurement_id == id; })) return false;
    if (!any(route.paths, [&](const auto& prefix) { return path_matches(prefix, request.path); })) return false;
    if (route.hosts.empty()) return true;
    const std::string host = event_host(event, request);
    return any(route.hosts, [&](const auto& pattern) { return host_matches(pattern, host); });
}

}  // namespace pinrelay::ingest
