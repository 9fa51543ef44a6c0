#include <set>

#include "decode/google_tag/wire_item.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

// The item string of a Google tag hit, "idSKU-1~nmShirt~pr29.99".
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pinrelay;
    const std::string_view text = fuzz::text_of(data, size);
    const model::Value item = decode::read_wire_item(text);

    const auto* members = item.object();
    fuzz::require(members != nullptr, "an item string is an object");
    std::set<std::string_view> keys;
    std::size_t bytes = 0;
    for (const auto& [key, value] : *members) {
        fuzz::require(!key.empty() && keys.insert(key).second, "each key of an item is there once and not empty");
        fuzz::require(value.text() != nullptr, "each value of an item is a text");
        bytes += value.text()->size();
    }
    fuzz::require(bytes <= size, "an item holds no more than its string");
    fuzz::require(item == decode::read_wire_item(text), "an item string is read to the same each time");
    return 0;
}
