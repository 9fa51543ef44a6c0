#include "client_address.hpp"

#include <array>

#include "forwarded.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"

namespace pinrelay::ingest {
namespace ip = boost::asio::ip;

namespace {

// An address as proxies write it: plain, "1.2.3.4:5678", "[2001:db8::1]:443" or quoted.
std::optional<ip::address> parse_hop(std::string_view text) {
    text = ascii::trimmed(text, ascii::blanks);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (!text.empty() && text.front() == '[') {
        text = text.substr(1, text.find(']') - 1);
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos && text.rfind(':') == colon) {
        text = text.substr(0, colon);
    }
    boost::system::error_code error;
    const auto address = ip::make_address(text, error);
    if (error) return std::nullopt;
    return http::canonical(address);
}

// Removes the right-most address from an X-Forwarded-For line and returns it.
Hop take_last_address(std::optional<std::string_view>& rest) {
    const auto comma = rest->rfind(',');
    const auto address = parse_hop(comma == std::string_view::npos ? *rest : rest->substr(comma + 1));
    if (comma == std::string_view::npos)
        rest.reset();
    else
        *rest = rest->substr(0, comma);
    return {false, address};
}

struct HeaderReader {
    ForwardedHeader header;
    std::string_view name;
    Hop (*take_last)(std::optional<std::string_view>& rest);
    std::string_view alternative;  // a header with one address, where there is no hop; "" for none
};
constexpr std::array readers = {
    HeaderReader{ForwardedHeader::XForwardedFor, "X-Forwarded-For", take_last_address, "X-Real-IP"},
    HeaderReader{ForwardedHeader::Forwarded, "Forwarded", take_last_element, ""},
};

const HeaderReader& reader_of(ForwardedHeader header) {
    for (const HeaderReader& reader : readers)
        if (reader.header == header) return reader;
    return readers.front();
}

// More proxies in a row than there are anywhere: only a loop or a forger makes so many.
constexpr std::size_t most_hops = 64;

}  // namespace

std::optional<ip::address> TrustedProxies::client(const http::Request& request) const {
    if (!request.peer_address) return std::nullopt;
    auto peer = parse_hop(*request.peer_address);
    if (!peer || !contains(*peer)) return peer;

    const HeaderReader& reader = reader_of(header_);
    std::size_t hops = 0;
    for (auto line = request.headers.rbegin(); line != request.headers.rend(); ++line) {
        if (!ascii::equals_ignoring_case(line->first, reader.name)) continue;
        std::optional<std::string_view> rest = line->second;
        while (rest) {
            if (++hops > most_hops) return std::nullopt;
            const Hop hop = reader.take_last(rest);
            if (hop.empty) continue;
            // Nothing to the left of garbage can be trusted.
            if (!hop.address || !contains(*hop.address)) return hop.address;
        }
    }
    if (hops > 0 || reader.alternative.empty()) return std::nullopt;

    const std::string* real = request.header(reader.alternative);
    return real == nullptr ? std::nullopt : parse_hop(*real);
}

std::optional<std::string> cookie_value(const http::Request& request, std::string_view name) {
    for (const auto& [header, value] : request.headers) {
        if (!ascii::equals_ignoring_case(header, "Cookie")) continue;
        for (const UrlPair& piece : UrlPairs(value, ';')) {
            const UrlPair cookie = split_pair(ascii::trimmed(piece.text, ascii::blanks));
            if (cookie.name == name && cookie.value && !cookie.value->empty()) return std::string(*cookie.value);
        }
    }
    return std::nullopt;
}

}  // namespace pinrelay::ingest
