#include "webhook_target.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "pinrelay/net/client.hpp"

namespace pinrelay::app {
namespace {

// A text alone could also be a target.
boost::system::result<WebhookTarget, std::string> wrong(std::string reason) {
    return {boost::system::in_place_error, std::move(reason)};
}

}  // namespace

boost::system::result<WebhookTarget, std::string> parse_webhook(const std::string& url) {
    constexpr std::string_view end_of_scheme = "://";
    const auto is_visible = [](char c) { return c > ' ' && c < 0x7f; };
    if (!std::ranges::all_of(url, is_visible)) return wrong("must be visible ASCII without blanks");
    if (url.find('#') != std::string::npos) return wrong("must not hold a fragment, which follows '#'");
    const auto scheme = url.find(end_of_scheme);
    const auto host = scheme == std::string::npos ? 0 : scheme + end_of_scheme.size();
    const auto place = std::min(url.find_first_of("/?", host), url.size());
    WebhookTarget target;
    target.origin = url.substr(0, place);
    if (const auto problem = net::problem_of_origin(target.origin)) return wrong(*problem);
    const auto query = std::min(url.find('?', place), url.size());
    target.path = query == place ? "/" : url.substr(place, query - place);
    if (query < url.size()) target.query = url.substr(query + 1);
    return target;
}

}  // namespace pinrelay::app
