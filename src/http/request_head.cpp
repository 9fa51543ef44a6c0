#include "pinrelay/http/request_head.hpp"

#include <charconv>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/http/characters.hpp"

namespace pinrelay::http {
namespace {

// The fields that decide how the message is read: how often each came and its last value.
struct Seen {
    int count = 0;
    std::string_view value;

    void note(std::string_view text) {
        ++count;
        value = text;
    }
};

struct DecidingFields {
    Seen transfer_encoding;
    Seen content_length;
    Seen host;
    Seen expect;
};

DecidingFields find_deciding_fields(const Headers& headers) {
    DecidingFields found;
    for (const auto& [name, value] : headers) {
        if (ascii::equals_ignoring_case(name, "Transfer-Encoding")) found.transfer_encoding.note(value);
        if (ascii::equals_ignoring_case(name, "Content-Length")) found.content_length.note(value);
        if (ascii::equals_ignoring_case(name, "Host")) found.host.note(value);
        if (ascii::equals_ignoring_case(name, "Expect")) found.expect.note(value);
    }
    return found;
}

bool is_port(std::string_view text) {
    constexpr std::size_t most_digits = 5;
    return text.size() <= most_digits && all_of_class(text, Digit);
}

bool is_bracketed_address(std::string_view text) {
    for (const char c : text)
        if (!is_char(c, HostChar) && c != ':') return false;
    return !text.empty();
}

bool is_host(std::string_view text) {
    if (text.empty()) return false;
    if (text.front() == '[') {
        const auto end = text.find(']');
        if (end == std::string_view::npos || !is_bracketed_address(text.substr(1, end - 1))) return false;
        const auto rest = text.substr(end + 1);
        return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
    }
    const auto colon = text.find(':');
    const auto name = text.substr(0, colon);
    return !name.empty() && all_of_class(name, HostChar) &&
           (colon == std::string_view::npos || is_port(text.substr(colon + 1)));
}

// Digits only, and few enough not to overflow: no sign, no list, no blank inside.
bool read_length(std::string_view text, std::size_t& length) {
    if (text.empty() || !all_of_class(text, Digit)) return false;
    return std::from_chars(text.data(), text.data() + text.size(), length).ec == std::errc{};
}

}  // namespace

std::optional<Framing> judge_framing(Version version, const Headers& headers, Refusal& why) {
    const auto found = find_deciding_fields(headers);
    const auto refuse = [&why](const Refusal& refusal) {
        why = refusal;
        return std::nullopt;
    };

    if (found.host.count > 1 || (found.host.count == 0 && version == Version::Http11)) return refuse(refusals::host);
    if (found.host.count == 1 && !is_host(found.host.value)) return refuse(refusals::host);

    Framing framing;
    if (found.transfer_encoding.count > 0) {
        const bool clear = found.transfer_encoding.count == 1 && found.content_length.count == 0 &&
                           version == Version::Http11 &&
                           ascii::equals_ignoring_case(found.transfer_encoding.value, "chunked");
        if (!clear) return refuse(refusals::framing);
        framing.chunked = true;
    }
    if (found.content_length.count > 1) return refuse(refusals::framing);
    if (found.content_length.count == 1 && !read_length(found.content_length.value, framing.content_length))
        return refuse(refusals::framing);

    if (found.expect.count > 0 && version == Version::Http11) {
        if (found.expect.count > 1 || !ascii::equals_ignoring_case(found.expect.value, "100-continue"))
            return refuse(refusals::expectation);
        framing.expects_continue = framing.has_body();
    }
    return framing;
}

bool split_target(std::string_view target, std::string& path, std::string& query) {
    path.clear();
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!ascii::equals_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto end = target.find_first_of("/?#");
        if (!is_host(target.substr(0, end))) return false;
        target = end == std::string_view::npos ? std::string_view{} : target.substr(end);
        if (target.empty() || target.front() == '?') path = "/";
        break;
    }
    if (target.find('#') != std::string_view::npos) return false;
    const auto mark = target.find('?');
    const auto before = target.substr(0, mark);
    if (!before.empty()) path = before;
    query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    return !path.empty() && path.front() == '/';
}

}  // namespace pinrelay::http
