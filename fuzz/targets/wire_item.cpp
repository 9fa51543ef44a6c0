#include <set>

#include "decode/google_tag/wire_item.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

// The item string of a Google tag hit, "idSKU-1~nmShirt~pr29.99".
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pinrelay;
    const std::string_view text = fuzz::text_of(data, size);
    model::Arena arena;
    const model::Value item = decode::read_wire_item(text, arena);

    const auto members = item.object();
    fuzz::require(members.has_value(), "an item string is an object");
    std::set<std::string_view> keys;
    std::size_t bytes = 0;
    for (const auto& [key, value] : *members) {
        fuzz::require(!key.empty() && keys.insert(key).second, "each key of an item is there once and not empty");
        fuzz::require(value.is_text(), "each value of an item is a text");
        bytes += value.text()->size();
    }
    fuzz::require(bytes <= size, "an item holds no more than its string");
    fuzz::require(item == decode::read_wire_item(text, arena), "an item string is read to the same each time");
    return 0;
}
