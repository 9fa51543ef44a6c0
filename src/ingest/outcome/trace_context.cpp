#include "trace_context.hpp"

#include <algorithm>
#include <string>

namespace pinrelay::ingest {
namespace {

// "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01": version, trace, span, flags. Later versions may add more
// behind a further '-'.
constexpr std::size_t version_size = 2;
constexpr std::size_t trace_start = 3;
constexpr std::size_t trace_size = 32;
constexpr std::size_t span_start = 36;
constexpr std::size_t span_size = 16;
constexpr std::size_t flags_start = 53;
constexpr std::size_t flags_size = 2;
constexpr std::size_t header_size = flags_start + flags_size;

constexpr std::string_view first_version = "00";
constexpr std::string_view no_version = "ff";

bool is_lower_hex(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// All zeros name nothing.
bool names_something(std::string_view text) noexcept {
    return is_lower_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

bool has_form(std::string_view text) noexcept {
    if (text.size() < header_size) return false;
    const auto version = text.substr(0, version_size);
    if (!is_lower_hex(version) || version == no_version) return false;
    if (version == first_version && text.size() > header_size) return false;
    if (text.size() > header_size && text[header_size] != '-') return false;
    return text[trace_start - 1] == '-' && text[span_start - 1] == '-' && text[flags_start - 1] == '-' &&
           is_lower_hex(text.substr(flags_start, flags_size));
}

}  // namespace

TraceContext trace_context(const http::Request& request) noexcept {
    const std::string* header = request.header("traceparent");
    if (header == nullptr || !has_form(*header)) return {};
    const std::string_view text = *header;
    const TraceContext found{text.substr(trace_start, trace_size), text.substr(span_start, span_size)};
    return names_something(found.trace_id) && names_something(found.span_id) ? found : TraceContext();
}

}  // namespace pinrelay::ingest
