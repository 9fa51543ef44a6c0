#pragma once

#include <cstddef>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// The event object with what stands beside it in the request, under any key but `except` and those it has. Of more
// than a hundred such members the rest is left: real senders have a dozen, and a hostile one must not make us compare
// every key with every other.
model::Value with_siblings(const model::Value& event, const model::Value& parent, std::string_view except,
                           model::Arena& arena);

// How many bytes all events of one request may take over together: two hundred times a few kilobytes in the worst
// honest case. Every event gets what its wrapping or its query gives for all, so a small body could become a huge one.
inline constexpr std::size_t most_shared_bytes = std::size_t{2} * 1024 * 1024;

// About how many bytes a value takes, for bounding what many events share.
std::size_t weight(const model::Value& value) noexcept;

}  // namespace pinrelay::decode
