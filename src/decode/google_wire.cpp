#include "google_wire.hpp"

#include "query_text.hpp"

namespace pinrelay::decode {

bool is_wire_hit(const Input& input, std::string_view version, std::string_view name_key) {
    if (input.json || input.json_error) return false;
    const std::string_view query = input.request.query;
    const bool version_fits = find_pair(query, "v") == version || find_pair(input.body, "v") == version;
    return version_fits && (find_pair(query, name_key) || find_pair(input.body, name_key));
}

}  // namespace pinrelay::decode
