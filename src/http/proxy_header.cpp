#include "pinrelay/http/proxy_header.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace pinrelay::http {
namespace ip = boost::asio::ip;

namespace {

using namespace std::string_view_literals;
using State = ProxyHeader::State;

constexpr std::string_view text_signature = "PROXY ";
constexpr std::size_t longest_text = 107;  // with its line end, by the specification

constexpr std::string_view binary_signature = "\r\n\r\n\0\r\nQUIT\n"sv;
constexpr std::size_t binary_fixed = 16;  // signature, version and command, family, length
constexpr unsigned char version_2 = 0x2;
constexpr unsigned char command_local = 0x0;
constexpr unsigned char command_proxy = 0x1;
constexpr unsigned char tcp4 = 0x11;
constexpr unsigned char tcp6 = 0x21;
constexpr std::size_t ports_size = 4;

ProxyHeader malformed() { return {State::Malformed, 0, std::nullopt}; }

// Takes the text up to the next blank away; the whole rest where there is none.
std::string_view next_word(std::string_view& rest) {
    const auto blank = rest.find(' ');
    const auto word = rest.substr(0, blank);
    rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
    return word;
}

bool is_port_field(std::string_view text) {
    constexpr unsigned highest = 65535;
    unsigned port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size() && port <= highest;
}

std::optional<ip::address> address_of(std::string_view text, bool v6) {
    boost::system::error_code error;
    const auto address = ip::make_address(std::string(text), error);
    if (error || address.is_v6() != v6) return std::nullopt;
    return address;
}

// "PROXY TCP4 192.0.2.1 203.0.113.7 56324 443"
ProxyHeader read_text(std::string_view bytes) {
    const auto end = bytes.substr(0, longest_text).find('\n');
    if (end == std::string_view::npos) return bytes.size() < longest_text ? ProxyHeader{} : malformed();
    if (bytes[end - 1] != '\r') return malformed();
    std::string_view rest = bytes.substr(text_signature.size(), end - 1 - text_signature.size());
    const auto family = next_word(rest);
    if (family == "UNKNOWN") return {State::Complete, end + 1, std::nullopt};
    if (family != "TCP4" && family != "TCP6") return malformed();
    const bool v6 = family == "TCP6";
    const auto client = address_of(next_word(rest), v6);
    const auto server = address_of(next_word(rest), v6);
    const bool ports = is_port_field(next_word(rest)) && is_port_field(next_word(rest));
    if (!client || !server || !ports || !rest.empty()) return malformed();
    return {State::Complete, end + 1, client};
}

template <class Address>
std::optional<ip::address> leading_address(std::string_view block) {
    typename Address::bytes_type bytes;
    if (block.size() < 2 * bytes.size() + ports_size) return std::nullopt;
    std::copy_n(block.begin(), bytes.size(), bytes.begin());
    return Address(bytes);
}

ProxyHeader read_binary(std::string_view bytes) {
    if (bytes.size() < binary_fixed) return {};
    const auto at = [bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    constexpr unsigned nibble = 4;
    constexpr unsigned char low_nibble = 0xF;
    const unsigned version = at(12) >> nibble;
    const unsigned command = at(12) & low_nibble;
    const std::size_t length = static_cast<std::size_t>(at(14)) * 256 + at(15);
    if (version != version_2 || command > command_proxy || binary_fixed + length > longest_proxy_header)
        return malformed();
    const std::size_t size = binary_fixed + length;
    if (bytes.size() < size) return {};
    if (command == command_local) return {State::Complete, size, std::nullopt};

    const auto block = bytes.substr(binary_fixed, length);
    std::optional<ip::address> client;
    if (at(13) == tcp4) client = leading_address<ip::address_v4>(block);
    if (at(13) == tcp6) client = leading_address<ip::address_v6>(block);
    if (!client) return malformed();
    return {State::Complete, size, client};
}

}  // namespace

ProxyHeader read_proxy_header(std::string_view bytes) {
    const auto begins = [bytes](std::string_view signature) {
        const auto common = std::min(bytes.size(), signature.size());
        return bytes.substr(0, common) == signature.substr(0, common);
    };
    if (begins(text_signature)) return bytes.size() < text_signature.size() ? ProxyHeader{} : read_text(bytes);
    if (begins(binary_signature)) return bytes.size() < binary_signature.size() ? ProxyHeader{} : read_binary(bytes);
    return malformed();
}

}  // namespace pinrelay::http
