#include "query_text.hpp"

#include <algorithm>

namespace pinrelay::decode {

std::optional<std::string_view> find_pair(std::string_view pairs, std::string_view key) noexcept {
    while (!pairs.empty()) {
        const std::size_t end = std::min(pairs.find_first_of("&\r\n"), pairs.size());
        const std::string_view pair = pairs.substr(0, end);
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
        if (pair.size() > key.size() && pair.starts_with(key) && pair[key.size()] == '=') {
            return pair.substr(key.size() + 1);
        }
    }
    return std::nullopt;
}

}  // namespace pinrelay::decode
