#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pinrelay/model/event.hpp"

namespace pinrelay::ingest {

inline constexpr std::string_view visitor_id_cookie = "_pinrelay_id";

// Fills the bytes; false where no randomness is to be had. Called from any thread.
using RandomBytes = std::function<bool(std::span<unsigned char>)>;

// OpenSSL's generator, which keeps one state per thread: without a lock, and without a system call per id.
bool openssl_random(std::span<unsigned char> bytes);

// A random id of a browser, 128 bits in lower-case hex: it says nothing about anybody, and guessing another is
// hopeless.
std::optional<std::string> new_visitor_id(const RandomBytes& random);

// Whether the text could have come from there. A browser may send anything, and none of it becomes an external_id.
bool is_visitor_id(std::string_view text);

// Lets the id stand for the user where a browser's event names none.
void add_visitor_id(model::Event& event, std::string_view id);

}  // namespace pinrelay::ingest
