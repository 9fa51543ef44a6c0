#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "destinations/pinterest/warning_list.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// The values of each hashed field of the last event, and what they became: events of one request often share a person,
// and hashing is most of the work. Field by field, so that events that differ in one field share the others.
class PersonMemo final : public destination::Memo {
public:
    // All that the digests of a field depend on, beside the settings.
    struct Input {
        std::vector<std::string> values;
        std::string country;
        bool limited_data = false;
        friend bool operator==(const Input&, const Input&) = default;
    };
    struct Hashed {
        std::vector<std::string> digests;
        WarningList warnings;
    };

    // What `hash(input)` gives, computed only where the last input of that field was another. Valid until the next
    // call.
    template <class Hash>
    const Hashed& of(std::size_t field, Input input, Hash hash) {
        if (fields_.size() <= field) fields_.resize(field + 1);
        std::optional<Known>& known = fields_[field];
        if (!known || known->input != input) {
            Hashed hashed = hash(input);
            known = Known{std::move(input), std::move(hashed)};
        }
        return known->hashed;
    }

private:
    struct Known {
        Input input;
        Hashed hashed;
    };
    std::vector<std::optional<Known>> fields_;
};

}  // namespace pinrelay::destinations::pinterest
