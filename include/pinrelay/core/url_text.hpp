#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

// Cuts URLs, authorities and queries into parts, as text: nothing is decoded, validated or changed. Senders write URLs
// that break RFC 3986, and an event must not be lost for it, so every text has parts. All results point into the given
// text. All functions are pure, throw nothing and are safe to call from any thread.
namespace pinrelay {

// "https://shop.example/a?b=1#c": the page up to the first '?' or '#', the query between '?' and '#', the fragment
// after the first '#'. Absent is a part whose mark is missing; "a?" has an empty query.
struct UrlParts {
    std::string_view page;
    std::optional<std::string_view> query;
    std::optional<std::string_view> fragment;
};
UrlParts split_url(std::string_view url) noexcept;

// Browsers read '\' as '/' behind the scheme. An origin or a host that a browser wrote holds none.
enum class Backslash { EndsAuthority, IsOrdinary };

// The length of the authority at the front of the text: up to the first '/', '?', '#' and, as given, '\'.
std::size_t authority_length(std::string_view text, Backslash backslash) noexcept;

// "https://user@shop.example:443/a" has the scheme "https" and the authority "user@shop.example:443". The scheme is all
// text before the first "://". Nothing where the text has no "://".
struct UrlOrigin {
    std::string_view scheme;
    std::string_view authority;
    std::string_view text;  // "https://user@shop.example:443"
};
std::optional<UrlOrigin> split_origin(std::string_view url, Backslash backslash) noexcept;

// The authority without everything up to its last '@'.
std::string_view without_user(std::string_view authority) noexcept;

// "shop.example:443" is "shop.example". An IPv6 literal keeps its brackets; one without a closing bracket is "".
std::string_view without_port(std::string_view authority) noexcept;

// The authority without user and port: the host.
std::string_view host_of(std::string_view authority) noexcept;

// The host without one dot at its end: with it, DNS knows it by the same name. "shop.example." is "shop.example". Every
// comparison of hosts uses it.
std::string_view without_trailing_dot(std::string_view host) noexcept;

// One "name=value" as it is written. The name ends before the first '='. `value` is absent where there is no '='.
struct UrlPair {
    std::string_view text;
    std::string_view name;
    std::optional<std::string_view> value;
};
UrlPair split_pair(std::string_view text) noexcept;

// The pairs between separators, for a range-based `for`. Empty pairs are pairs: "a=1&" has two, and "" has one.
class UrlPairs {
public:
    class Iterator {
    public:
        using value_type = UrlPair;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        Iterator(std::string_view rest, char separator) noexcept : rest_(rest), separator_(separator) {}

        UrlPair operator*() const noexcept { return split_pair(rest_.substr(0, rest_.find(separator_))); }
        Iterator& operator++() noexcept;
        Iterator operator++(int) noexcept {
            Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(std::default_sentinel_t) const noexcept { return at_end_; }

    private:
        std::string_view rest_;
        char separator_ = '&';
        bool at_end_ = false;
    };

    explicit UrlPairs(std::string_view text, char separator = '&') noexcept : text_(text), separator_(separator) {}

    Iterator begin() const noexcept { return {text_, separator_}; }
    std::default_sentinel_t end() const noexcept { return {}; }

private:
    std::string_view text_;
    char separator_;
};

}  // namespace pinrelay
