#pragma once

#include <cstddef>

namespace pinrelay::test {

// What a connection and the handler do for so many requests of one connection, without a socket: each is parsed, let in
// by its header, decoded and answered, and the answer is framed. The request is a browser's, its event has a name and
// an id alone, and neither the destination nor the store makes anything of it: what remains is what is around an event.
//
// Calls `warm` after the first request. Throws std::runtime_error where an answer is not 204.
void serve_requests(std::size_t times, void (*warm)());

}  // namespace pinrelay::test
