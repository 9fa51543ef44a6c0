#include "repeated_header.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

constexpr std::array<std::string_view, 6> read_for_each_event = {"Accept-Language", "Cookie",  "Host",
                                                                 "Origin",          "Referer", "User-Agent"};
constexpr std::size_t usual_size = 128;
constexpr std::size_t most_read = std::size_t{512} * 1024;

}  // namespace

bool may_repeat_header(const http::Request& request, std::size_t events) noexcept {
    if (events <= 1) return true;
    std::size_t unusual = 0;
    for (const auto& [name, value] : request.headers) {
        const auto is_it = [&field = name](std::string_view one) { return ascii::equals_ignoring_case(field, one); };
        if (std::ranges::any_of(read_for_each_event, is_it))
            unusual += value.size() - std::min(value.size(), usual_size);
    }
    return unusual <= most_read / events;
}

}  // namespace pinrelay::ingest
