#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
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
        Notes notes;
    };

    // What `hash()` gives for the input, computed only where the last input of that field was another. The input has a
    // value. The answer is valid until the next call.
    template <class Hash>
    const Hashed& of(const Field& field, Input input, Hash hash) {
        auto known = std::ranges::find(fields_, &field, &Known::field);
        if (known == fields_.end()) known = fields_.insert(fields_.end(), Known{&field, {}, {}});
        if (known->input != input) {
            known->hashed = hash();
            known->input = std::move(input);
        }
        return known->hashed;
    }

private:
    struct Known {
        const Field* field;
        Input input;
        Hashed hashed;
    };
    std::vector<Known> fields_;
};

}  // namespace pinrelay::destinations::pinterest
