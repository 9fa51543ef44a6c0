#include "plain_origin.hpp"

#include "pinrelay/core/url_text.hpp"

namespace pinrelay::ingest {

std::string plain_origin(std::string_view origin) {
    const auto parts = split_origin(origin, Backslash::IsOrdinary);
    if (!parts) return std::string(origin);
    const std::string_view host = without_port(parts->authority);
    const auto end = static_cast<std::size_t>(host.data() + host.size() - origin.data());
    return std::string(origin.substr(0, end - host.size()))
        .append(without_trailing_dot(host))
        .append(origin.substr(end));
}

}  // namespace pinrelay::ingest
