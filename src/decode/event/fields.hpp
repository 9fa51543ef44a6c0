#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aliases.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// What an event's objects say about each Field, found in one walk over their members. Holds pointers into the values
// that were read, which must stay where they are.
class Fields {
public:
    // Reads the members of an object; anything else is passed over. Objects read with a lower `scope` win, then, within
    // one object, its own members over those of `eventModel`, these over `ecommerce` and then `custom_data`, and last
    // the order of the aliases. `prefix` is the flattened path at which the object stands ("user_data_address").
    void read(const model::Value& object, unsigned scope = 0, std::string_view prefix = {});

    // The strongest value that says something.
    const model::Value* find(Field field) const noexcept;
    std::optional<std::string> text(Field field) const;
    std::vector<std::string> texts(Field field) const;  // of Kind::List: the first hundred that say something
    std::optional<bool> boolean(Field field) const;

    const model::Consent& consent() const noexcept { return consent_; }

    // Whether a key begins with x-ga-, in either spelling: only server containers write those.
    bool has_container_keys() const noexcept { return has_container_keys_; }

private:
    struct Found {
        const model::Value* value = nullptr;
        std::uint16_t rank = 0;
    };

    void read_members(const model::Value& object, unsigned precedence, std::size_t prefix);
    void read_member(const model::Value& value, unsigned precedence);
    void take(const Meaning& meaning, const model::Value& value, unsigned precedence);

    std::array<Found, static_cast<std::size_t>(Field::Count)> found_{};
    model::Consent consent_;
    std::string key_;  // flattened path of the member being read
    bool has_container_keys_ = false;
};

}  // namespace pinrelay::decode
