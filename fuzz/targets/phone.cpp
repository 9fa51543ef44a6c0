#include <string>

#include "identity/phone/library_phone.hpp"
#include "identity/phone/plain_phone.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;

constexpr std::string_view written = "0123456789 -./()+";
constexpr std::size_t most = 24;

char letter_of(char byte) { return static_cast<char>('a' + static_cast<unsigned char>(byte) % 26); }

}  // namespace

// Two bytes choose the country, the others the characters of a phone: what is read without the library is what the
// library reads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    if (bytes.size() < 3 || bytes.size() > most) return 0;
    const std::string region{letter_of(bytes[0]), letter_of(bytes[1])};
    std::string text;
    for (const char byte : bytes.substr(2)) text += written[static_cast<unsigned char>(byte) % written.size()];
    const auto plain = identity::plain_phone(text, region);
    if (!plain) return 0;
    const auto expected = identity::library_phone(text, region);
    fuzz::require(static_cast<bool>(expected), "the library reads what is read without it");
    fuzz::require(*expected == *plain, "both read the same number");
    return 0;
}
