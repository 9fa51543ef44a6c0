#include "wire_people.hpp"

#include <algorithm>
#include <array>

#include "decode/text/form_pairs.hpp"

namespace pinrelay::decode {
namespace {

struct PersonKey {
    std::string_view code;
    std::string_view name;
    bool of_address;
    bool is_digest;
};
constexpr std::array person_keys = {
    PersonKey{"em", "sha256_email_address", false, true},
    PersonKey{"pn", "sha256_phone_number", false, true},
    PersonKey{"fn", "sha256_first_name", true, true},
    PersonKey{"ln", "sha256_last_name", true, true},
    PersonKey{"sa", "sha256_street", true, true},
    PersonKey{"ct", "city", true, false},
    PersonKey{"pc", "postal_code", true, false},
    PersonKey{"rg", "region", true, false},
    PersonKey{"co", "country", true, false},
};

// Of SHA-256: base64url with and without its padding, and hexadecimal. An error code, "e3", has none of these.
constexpr std::array<std::size_t, 3> digest_sizes = {43, 44, 64};

constexpr std::size_t code_length = 2;
constexpr std::size_t most_index_digits = 2;
constexpr int most_encodings = 2;  // beyond that of the query

bool is_digest(std::string_view text) noexcept {
    return std::ranges::find(digest_sizes, text.size()) != digest_sizes.end();
}

// "fn0.value": the first address' first name. An index may be left out.
void add_segment(DottedObject& user_data, std::string_view segment, model::Arena& arena) {
    const std::size_t dot = segment.find('.');
    if (dot == std::string_view::npos || dot < code_length || dot > code_length + most_index_digits) return;
    const std::string_view code = segment.substr(0, code_length);
    std::string_view index = segment.substr(code_length, dot - code_length);
    if (index.find_first_not_of("0123456789") != std::string_view::npos) return;
    if (index.empty()) index = "0";
    const auto key = std::ranges::find_if(person_keys, [code](const PersonKey& row) { return row.code == code; });
    const std::string_view value = segment.substr(dot + 1);
    if (key == person_keys.end() || value.empty() || (key->is_digest && !is_digest(value))) return;
    user_data.set(key->of_address ? arena.joined({"address.", index, ".", key->name})
                                  : arena.joined({key->name, ".", index}),
                  model::Value(value));
}

}  // namespace

void add_hashed_people(DottedObject& user_data, std::string_view blob, model::Arena& arena) {
    for (int i = 0; i < most_encodings && blob.find('%') != std::string_view::npos; ++i)
        blob = decode_component(blob, arena);
    while (!blob.empty()) {
        const std::string_view segment = blob.substr(0, blob.find('~'));
        blob.remove_prefix(std::min(segment.size() + 1, blob.size()));
        add_segment(user_data, segment, arena);
    }
}

}  // namespace pinrelay::decode
