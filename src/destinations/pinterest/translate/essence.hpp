#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "pinrelay/model/essence.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::destinations::pinterest {

// What an event says of its value and its person, from the keys that are written. The kinds of identifiers, by their
// numbers:
//   0 em   1 ph   2 click_id   3 external_id   4 hashed_maids, partner_id   5 client_ip_address, client_user_agent
//   6 ln, fn, ge, db   7 ct, st, zp, country
// The order of the values of a list makes no difference. Not thread-safe.
class EssenceOfKeys {
public:
    // A key of user_data.
    void add_of_person(std::string_view key, const model::Value& value) noexcept;

    // custom_data.value and custom_data.currency; "" for none.
    model::Essence essence(std::string_view value, std::string_view currency) const noexcept;

private:
    std::array<std::uint64_t, model::Essence::kinds> digests_{};
    std::array<bool, model::Essence::kinds> has_{};
};

}  // namespace pinrelay::destinations::pinterest
