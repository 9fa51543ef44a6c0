#include "lines.hpp"

#include <algorithm>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {

std::vector<std::string_view> split_lines(std::string_view body, std::size_t limit) {
    std::vector<std::string_view> lines;
    while (!body.empty() && lines.size() <= limit) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        const std::string_view line = ascii::trimmed(body.substr(0, end));
        if (!line.empty()) lines.push_back(line);
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return lines;
}

std::size_t count_lines(std::string_view body) noexcept {
    std::size_t count = 0;
    while (!body.empty()) {
        const std::size_t end = std::min(body.find('\n'), body.size());
        if (!ascii::trimmed(body.substr(0, end)).empty()) ++count;
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    return count;
}

}  // namespace pinrelay::decode
