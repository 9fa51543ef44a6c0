#include "literal_set.hpp"

#include <limits>
#include <stdexcept>

namespace pinrelay::ingest {

LiteralSet::LiteralSet(const std::vector<std::string>& literals) {
    add_classes(literals);
    // Room for all prefixes at once: a table that grows leaves its smaller ones behind as holes. Only what is used of
    // it becomes memory.
    std::size_t most_states = 1;
    for (const std::string& literal : literals) most_states += literal.size();
    next_.reserve(most_states * class_count_);
    add_state();
    for (const std::string& literal : literals) add(literal);
    link_to_longest_suffixes();
}

bool LiteralSet::is_within(std::string_view text) const noexcept {
    std::size_t state = 0;
    for (const char c : text) {
        state = next_[state * class_count_ + class_of_[static_cast<unsigned char>(c)]];
        if (complete_[state]) return true;
    }
    return false;
}

// One column for each byte that occurs keeps the table small enough for the processor's caches.
void LiteralSet::add_classes(const std::vector<std::string>& literals) {
    for (const std::string& literal : literals) {
        for (const char c : literal) {
            std::uint8_t& byte_class = class_of_[static_cast<unsigned char>(c)];
            if (byte_class == 0) byte_class = static_cast<std::uint8_t>(class_count_++);
        }
    }
}

void LiteralSet::add(const std::string& literal) {
    std::size_t state = 0;
    for (const char c : literal) {
        const std::size_t byte_class = class_of_[static_cast<unsigned char>(c)];
        if (next(state, byte_class) == 0) {
            const State added = add_state();
            next(state, byte_class) = added;
        }
        state = next(state, byte_class);
    }
    complete_[state] = true;
}

LiteralSet::State LiteralSet::add_state() {
    if (complete_.size() > std::numeric_limits<State>::max()) throw std::length_error("too many literals");
    next_.resize(next_.size() + class_count_);
    complete_.push_back(false);
    return static_cast<State>(complete_.size() - 1);
}

// Where no literal goes on, the text may still be within another one: the longest that ends like this prefix. Shorter
// prefixes first, since what they lead to is needed for the longer.
void LiteralSet::link_to_longest_suffixes() {
    std::vector<State> suffix(complete_.size());
    std::vector<State> queue;
    for (std::size_t c = 0; c < class_count_; ++c)
        if (next(0, c) != 0) queue.push_back(next(0, c));
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const State state = queue[i];
        if (complete_[suffix[state]]) complete_[state] = true;
        for (std::size_t c = 0; c < class_count_; ++c) {
            const State otherwise = next(suffix[state], c);
            State& onward = next(state, c);
            if (onward == 0) {
                onward = otherwise;
                continue;
            }
            suffix[onward] = otherwise;
            queue.push_back(onward);
        }
    }
}

}  // namespace pinrelay::ingest
