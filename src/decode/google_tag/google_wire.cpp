#include "google_wire.hpp"

#include <algorithm>

#include "decode/text/query_text.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {

bool has_version(const Input& input, std::string_view version) {
    if (input.json || input.json_error) return false;
    return find_pair(input.request.query, "v") == version || find_pair(input.body, "v") == version;
}

bool is_wire_hit(const Input& input, std::string_view version, std::string_view name_key) {
    return has_version(input, version) && (find_pair(input.request.query, name_key) || find_pair(input.body, name_key));
}

std::vector<std::string_view> split_hits(std::string_view body, std::size_t limit) {
    std::vector<std::string_view> hits;
    while (!body.empty() && hits.size() <= limit) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view hit = ascii::trimmed(body.substr(0, end));
        if (!hit.empty()) hits.push_back(hit);
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return hits;
}

}  // namespace pinrelay::decode
