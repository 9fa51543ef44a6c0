#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::ingest {

// Whether a text holds one of many literals, told in one pass whose cost depends on the text's length alone, whatever
// the text: an Aho-Corasick automaton. Immutable: safe to use from any thread.
class LiteralSet {
public:
    // None of the literals is empty. Throws std::length_error where they have more than 65,536 prefixes together.
    explicit LiteralSet(const std::vector<std::string>& literals);

    bool is_within(std::string_view text) const noexcept;

private:
    using State = std::uint16_t;  // a prefix of a literal; 0 is the empty one

    void add_classes(const std::vector<std::string>& literals);
    void add(const std::string& literal);
    State add_state();
    void link_to_longest_suffixes();

    State& next(std::size_t state, std::size_t byte_class) { return next_[state * class_count_ + byte_class]; }

    std::array<std::uint8_t, 256> class_of_{};  // bytes that no literal has share class 0
    std::size_t class_count_ = 1;
    std::vector<State> next_;     // by state and class
    std::vector<bool> complete_;  // by state: whether a literal ends here
};

}  // namespace pinrelay::ingest
