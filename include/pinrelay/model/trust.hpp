#pragma once

#include <cstdint>

namespace pinrelay::model {

// How well the sender of an event is known: a later class is trusted more. docs/access.md says what puts a request in
// each. The store keeps the numbers, so they never change.
enum class Trust : std::uint8_t {
    Anonymous = 0,  // anybody; a header such as Origin proves nothing
    Browser = 1,    // a browser with a cookie that the relay signed on an earlier answer
    Network = 2,    // an address of the account's `networks`
    Key = 3,        // one of the account's `keys`
    Signed = 4,     // a signature with one of the account's `signing_keys`
};

}  // namespace pinrelay::model
