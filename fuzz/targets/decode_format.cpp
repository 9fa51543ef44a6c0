#include "decode/formats/decoders.hpp"
#include "support/bytes.hpp"
#include "support/decoding.hpp"

// One wire format. PINRELAY_FUZZED_DECODER is its row of src/decode/formats.cpp; there is one such target for each.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pinrelay;
    fuzz::decode_with(decode::PINRELAY_FUZZED_DECODER(), fuzz::text_of(data, size));
    return 0;
}
