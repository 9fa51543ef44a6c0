#include "model/quick_json.hpp"
#include "model/strict_json.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

// What the quick parser takes, the strict one takes, too, and both read the same. The first byte chooses the limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace pinrelay;
    std::string_view text = fuzz::text_of(data, size);
    if (text.empty()) return 0;
    model::ParseLimits limits;
    if (text.front() == 'd') limits.depth = 3;
    if (text.front() == 'v') limits.values = 5;
    text.remove_prefix(1);
    model::Arena arena;
    const auto quick = model::quick_json(text, arena, limits);
    if (!quick) return 0;
    const auto strict = model::strict_json(text, arena, limits);
    const auto* value = std::get_if<model::Value>(&strict);
    fuzz::require(value != nullptr, "what is read quickly is a document within the limits");
    fuzz::require(*value == *quick, "both parsers read the same");
    return 0;
}
