#include "plain_origin.hpp"

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::ingest {
namespace {

// Whether a dot is at the end of the text, or before anything but a letter or a digit. A host with a dot at its end has
// one such.
bool has_dot_at_an_end(std::string_view text) {
    for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1))
        if (dot + 1 == text.size() || !ascii::is_alphanumeric(text[dot + 1])) return true;
    return false;
}

}  // namespace

std::string plain_origin(std::string_view origin) {
    if (!has_dot_at_an_end(origin)) return std::string(origin);
    const auto parts = split_origin(origin, Backslash::IsOrdinary);
    if (!parts) return std::string(origin);
    const std::string_view host = without_port(parts->authority);
    const auto end = static_cast<std::size_t>(host.data() + host.size() - origin.data());
    return std::string(origin.substr(0, end - host.size()))
        .append(without_trailing_dot(host))
        .append(origin.substr(end));
}

}  // namespace pinrelay::ingest
