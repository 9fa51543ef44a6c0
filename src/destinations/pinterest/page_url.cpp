#include "page_url.hpp"

#include "labels.hpp"
#include "pinrelay/destination/destination.hpp"
#include "present.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

constexpr std::string_view replacement = "redacted";

// Something, '@', something with a dot. "@37.7,-122.4" of a map and "@user" of a profile are no addresses.
bool looks_like_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0) return false;
    const auto dot = text.find('.', at);
    return dot != std::string_view::npos && dot > at + 1 && dot + 1 < text.size();
}

// Decoded twice, since a URL within a URL is encoded twice.
bool holds_email(std::string_view value) {
    const bool can_hold = value.find('@') != std::string_view::npos || value.find('%') != std::string_view::npos;
    if (!can_hold) return false;
    const std::string decoded = http::percent_decode(value);
    return looks_like_email(decoded) || looks_like_email(http::percent_decode(decoded));
}

}  // namespace

std::optional<std::string> page_url(const model::Event& event, WarningList& warnings) {
    auto url = present(event.page_location);
    if (!url) return std::nullopt;
    const auto parameters = url->find_first_of("?#");
    if (parameters == std::string::npos) return url;

    std::string result = url->substr(0, parameters);
    std::string_view rest = std::string_view(*url).substr(parameters);
    while (!rest.empty()) {
        result += rest.front();  // '?', '#' or '&'
        rest.remove_prefix(1);
        const std::string_view pair = rest.substr(0, rest.find_first_of("&#?"));
        rest.remove_prefix(pair.size());
        const auto equals = pair.find('=');
        const std::string_view value = equals == std::string_view::npos ? pair : pair.substr(equals + 1);
        result += pair.substr(0, pair.size() - value.size());
        if (holds_email(value)) {
            warnings.add(warnings::url_identifier_removed, "event_source_url", "the URL carries an e-mail address");
            result += replacement;
        } else {
            result += value;
        }
    }
    return result;
}

}  // namespace pinrelay::destinations::pinterest
