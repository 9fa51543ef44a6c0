#include "pinrelay/core/url_text.hpp"

#include <algorithm>

namespace pinrelay {

UrlParts split_url(std::string_view url) noexcept {
    const auto hash = std::min(url.find('#'), url.size());
    const auto question = std::min(url.find('?'), hash);
    UrlParts parts{url.substr(0, question), std::nullopt, std::nullopt};
    if (question < hash) parts.query = url.substr(question + 1, hash - question - 1);
    if (hash < url.size()) parts.fragment = url.substr(hash + 1);
    return parts;
}

std::size_t authority_length(std::string_view text, Backslash backslash) noexcept {
    const std::string_view ends = backslash == Backslash::EndsAuthority ? "/?#\\" : "/?#";
    return std::min(text.find_first_of(ends), text.size());
}

std::optional<UrlOrigin> split_origin(std::string_view url, Backslash backslash) noexcept {
    constexpr std::string_view mark = "://";
    const auto scheme = url.find(mark);
    if (scheme == std::string_view::npos) return std::nullopt;
    const auto begin = scheme + mark.size();
    const auto length = authority_length(url.substr(begin), backslash);
    return UrlOrigin{url.substr(0, scheme), url.substr(begin, length), url.substr(0, begin + length)};
}

std::string_view without_user(std::string_view authority) noexcept {
    return authority.substr(authority.rfind('@') + 1);  // npos + 1 is 0
}

std::string_view without_port(std::string_view authority) noexcept {
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

std::string_view host_of(std::string_view authority) noexcept { return without_port(without_user(authority)); }

std::string_view without_trailing_dot(std::string_view host) noexcept {
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

UrlPair split_pair(std::string_view text) noexcept {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return {text, text, std::nullopt};
    return {text, text.substr(0, equals), text.substr(equals + 1)};
}

UrlPairs::Iterator& UrlPairs::Iterator::operator++() noexcept {
    const auto end = rest_.find(separator_);
    at_end_ = end == std::string_view::npos;
    if (!at_end_) rest_.remove_prefix(end + 1);
    return *this;
}

}  // namespace pinrelay
