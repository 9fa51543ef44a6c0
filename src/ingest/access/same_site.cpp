#include "same_site.hpp"

#include <algorithm>
#include <optional>

#include "account_routes.hpp"

namespace pinrelay::ingest {
namespace {

// An Origin that names no host ("null", of a sandboxed frame) is not made up for by the Referer.
std::optional<std::string> page_host(const http::Request& request) {
    const std::string* page = request.header("Origin");
    if (page == nullptr) page = request.header("Referer");
    return page == nullptr ? std::nullopt : url_host(*page);
}

bool is_or_is_below(std::string_view host, std::string_view domain) {
    if (!host.ends_with(domain)) return false;
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

const std::string* domain_of(std::string_view host, const std::vector<std::string>& domains) {
    const auto found =
        std::ranges::find_if(domains, [&](const std::string& domain) { return is_or_is_below(host, domain); });
    return found == domains.end() ? nullptr : &*found;
}

bool is_led_by_other_site(const http::Request& request) noexcept {
    const std::string* site = request.header("Sec-Fetch-Site");
    return site != nullptr && *site == "cross-site";
}

bool is_same_site(const http::Request& request, const std::vector<std::string>& domains) {
    if (const std::string* site = request.header("Sec-Fetch-Site"))
        return *site == "same-origin" || *site == "same-site";
    const auto page = page_host(request);
    const auto host = request_host(request);
    if (!page || !host) return false;
    if (*page == *host) return true;
    const std::string* domain = domain_of(*host, domains);
    return domain != nullptr && is_or_is_below(*page, *domain);
}

}  // namespace pinrelay::ingest
