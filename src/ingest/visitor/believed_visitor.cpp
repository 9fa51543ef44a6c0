#include "believed_visitor.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "ingest/outcome/warnings.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/identity/normalise.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::string_view advice =
    "a sender that nothing vouches for chooses no other visitor; give your server a key, or list its address in "
    "allow_networks: docs/access.md";

// A library that poses as a browser in Node.
constexpr std::string_view posing_library = "[GA4MP/";

const std::string* own_browser(const http::Request& request) {
    const std::string* agent = request.header("User-Agent");
    if (agent == nullptr || !ascii::starts_with_ignoring_case(*agent, "mozilla/")) return nullptr;
    return agent->find(posing_library) == std::string::npos ? agent : nullptr;
}

std::optional<std::string> own_public_address(const Client& client) {
    if (!client.address) return std::nullopt;
    auto address = identity::public_address(http::to_text(*client.address));
    return address ? std::optional(*std::move(address)) : std::nullopt;
}

bool is_same_address(std::string_view text, const std::string& own) {
    const auto address = identity::public_address(text);
    return address && *address == own;
}

std::optional<std::string_view> leave_out(std::optional<std::string_view>& field, std::string_view code,
                                          std::string_view name, std::string_view what,
                                          std::vector<model::Warning>& warnings) {
    warnings.push_back({code, std::string(name), std::string(what).append(" is not believed: ").append(advice)});
    return std::exchange(field, std::nullopt);
}

}  // namespace

std::optional<std::string_view> keep_believed_visitor(model::Event& event, const http::Request& request,
                                                      const Client& client, model::Trust trust,
                                                      std::vector<model::Warning>& warnings) {
    if (trust >= model::Trust::Network) return std::nullopt;
    const auto own = own_public_address(client);
    if (!own) return std::nullopt;
    if (event.ip_address && !is_same_address(*event.ip_address, *own))
        leave_out(event.ip_address, warnings::address_not_believed, "ip_override", "the address in the event",
                  warnings);
    const std::string* browser = own_browser(request);
    if (!event.user_agent || browser == nullptr || *event.user_agent == *browser) return std::nullopt;
    return leave_out(event.user_agent, warnings::user_agent_not_believed, "user_agent", "the user agent in the event",
                     warnings);
}

}  // namespace pinrelay::ingest
