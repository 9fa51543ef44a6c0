#include "support/bytes.hpp"
#include "support/decoding.hpp"

// All wire formats in their order: method, query, headers and body are the input's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    pinrelay::fuzz::decode_with_all(pinrelay::fuzz::text_of(data, size));
    return 0;
}
