#include "visitor_address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/identity/normalised.hpp"

namespace pinrelay::decode {
namespace {

constexpr std::size_t most_hops = 20;  // of a list; each is parsed
constexpr std::string_view between_hops = ",;";
constexpr std::string_view forwarded_for = "for=";
constexpr std::size_t longest_entry = 100;  // an address with its scope, brackets and port

// One entry of a list, which may be one of the header Forwarded.
std::string_view address_in(std::string_view entry) noexcept {
    entry = ascii::trimmed(entry, "\" \t\r\n");
    if (ascii::starts_with_ignoring_case(entry, forwarded_for)) entry.remove_prefix(forwarded_for.size());
    return http::bare_address(entry);
}

// Calls `take` with each entry until it returns true.
template <class Take>
void for_each_entry(std::string_view text, const Take& take) {
    for (std::size_t i = 0; i < most_hops && !text.empty(); ++i) {
        const std::size_t end = std::min(text.find_first_of(between_hops), text.size());
        const std::string_view entry = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (entry.size() <= longest_entry && take(address_in(entry))) return;
    }
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
        boost::system::error_code no_address;
        boost::asio::ip::make_address(entry, no_address);
        const identity::Normalised address = identity::public_address(entry);
        if (no_address || address) return false;
        why = std::string(identity::text_of(address.problem())) + " (" + std::string(entry) + ")";
        return true;
    });
    return why;
}

}  // namespace pinrelay::decode
