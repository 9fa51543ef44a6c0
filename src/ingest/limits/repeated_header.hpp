#pragma once

#include <cstddef>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/refusal.hpp"

namespace pinrelay::ingest {

// Whether so many events may be read beside this header: each looks into the cookies, the Referer, the user agent and
// the like anew. The first 128 bytes of each of these fields are free, and of the rest all events together may read
// 512 KiB: 5,000 events beside 104 bytes, 32 events beside 16 KiB.
bool may_repeat_header(const http::Request& request, std::size_t events) noexcept;

inline constexpr http::Refusal header_repeated{
    431, "header_times_events", "the cookies and other headers are too long to be read for so many events"};

}  // namespace pinrelay::ingest
