#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pinrelay::config {

// Where a document stops being JSON, and what its author should look at.
struct JsonMistake {
    std::size_t byte = 0;  // from 0; the size of the text where it ends too early
    std::string reason;    // repeats nothing of the text
};

// `byte` is where the parser stopped, at the last byte of the piece that it did not expect. Pure.
JsonMistake json_mistake(std::string_view text, std::size_t byte);

}  // namespace pinrelay::config
