#include "visitor_id.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/algorithm/hex.hpp>
#include <iterator>

#include "pinrelay/identity/normalise.hpp"
#include "pinrelay/model/origins.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::string_view figures = "0123456789abcdef";

// By the destination's own rule for what an id is: "0" and "undefined" name nobody.
bool names_user(const model::Event& event) {
    const auto is_id = [](std::string_view text) { return identity::external_id_exact(text).has_value(); };
    const auto& ids = event.user_data.external_ids;
    return (event.user_id && is_id(*event.user_id)) || std::ranges::any_of(ids, is_id);
}

}  // namespace

bool openssl_random(std::span<unsigned char> bytes) {
    return RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1;
}

std::optional<std::string> new_visitor_id(const RandomBytes& random) {
    std::array<unsigned char, id_bytes> bytes{};
    if (!random(bytes)) return std::nullopt;
    std::string id;
    id.reserve(2 * bytes.size());
    boost::algorithm::hex_lower(bytes.begin(), bytes.end(), std::back_inserter(id));
    return id;
}

bool is_visitor_id(std::string_view text) {
    return text.size() == 2 * id_bytes && text.find_first_not_of(figures) == std::string_view::npos;
}

void add_visitor_id(model::Event& event, std::string_view id) {
    if (event.sender != model::Sender::Browser || names_user(event)) return;
    event.user_data.external_ids.push_back(id);
    if (event.origins) event.origins->note(&model::UserData::external_ids, "the relay's own cookie");
}

}  // namespace pinrelay::ingest
