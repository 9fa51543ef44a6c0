#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "destinations/pinterest/notes.hpp"
#include "destinations/pinterest/schema.hpp"
#include "pinrelay/destination/destination.hpp"

namespace pinrelay::destinations::pinterest {

// The values of each hashed field of the last event, and what they became: events of one request often share a person,
// and hashing is most of the work. Field by field, so that events that differ in one field share the others. Owns what
// it keeps.
class PersonMemo final : public destination::Memo {
public:
    // All that the digests of a field depend on, beside the settings.
    struct Input {
        std::span<const std::string_view> values;
        std::string_view country;
        bool limited_data = false;
    };
    struct Hashed {
        std::string digests;  // one behind the other
        Notes notes;
    };

    // What `hash()` gives for the input, computed only where the last input of that field was another. The input has a
    // value. The answer is valid until the next call.
    template <class Hash>
    const Hashed& of(const Field& field, const Input& input, Hash hash) {
        auto known = std::ranges::find(fields_, &field, &Known::field);
        if (known == fields_.end()) known = fields_.insert(fields_.end(), Known{&field, {}, {}});
        write(input);
        if (known->input != written_) {
            known->hashed = hash();
            known->input = written_;
        }
        return known->hashed;
    }

private:
    struct Known {
        const Field* field;
        std::string input;
        Hashed hashed;
    };

    // As one text, which no other input has: each of its parts is behind its length.
    void write(const Input& input) {
        written_.assign(1, input.limited_data ? '1' : '0');
        write(input.country);
        for (const std::string_view value : input.values) write(value);
    }
    void write(std::string_view part) {
        const std::size_t size = part.size();
        const std::size_t begin = written_.size();
        written_.resize(begin + sizeof size);
        std::memcpy(written_.data() + begin, &size, sizeof size);
        written_ += part;
    }

    std::vector<Known> fields_;
    std::string written_;
};

}  // namespace pinrelay::destinations::pinterest
