#include "google_wire.hpp"

#include "decode/text/query_text.hpp"

namespace pinrelay::decode {

bool has_version(const Input& input, std::string_view version) {
    if (input.json || input.json_error) return false;
    return find_pair(input.request.query, "v") == version || find_pair(input.body, "v") == version;
}

bool is_wire_hit(const Input& input, std::string_view version, std::string_view name_key) {
    return has_version(input, version) && (find_pair(input.request.query, name_key) || find_pair(input.body, name_key));
}

}  // namespace pinrelay::decode
