#include "pinrelay/http/proxy_header.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::http {
namespace {

using namespace std::string_literals;
using HeaderState = ProxyHeader::State;

const std::string signature = "\r\n\r\n\0\r\nQUIT\n"s;
const std::string tcp4_block = "\xC0\x00\x02\x01\xCB\x00\x71\x07\xDC\x04\x01\xBB"s;

std::string client_of(const std::string& bytes) {
    const auto header = read_proxy_header(bytes);
    if (header.state != HeaderState::Complete) return header.state == HeaderState::NeedMore ? "more" : "malformed";
    return header.client ? header.client->to_string() : "none";
}

TEST(ProxyHeader, ReadsTheTextOfVersion1) {
    EXPECT_EQ(client_of("PROXY TCP4 192.0.2.1 203.0.113.7 56324 443\r\nGET / HTTP/1.1\r\n"), "192.0.2.1");
    EXPECT_EQ(client_of("PROXY TCP6 2001:db8::1 2001:db8::2 56324 443\r\n"), "2001:db8::1");
    EXPECT_EQ(client_of("PROXY UNKNOWN\r\n"), "none");
    EXPECT_EQ(client_of("PROXY UNKNOWN ffff:f...f:ffff ffff 65535 65535\r\n"), "none");
}

TEST(ProxyHeader, SaysWhereTheHttpBegins) {
    const std::string text = "PROXY TCP4 192.0.2.1 203.0.113.7 56324 443\r\n";
    const std::string binary = signature + "\x21\x11\x00\x0C"s + tcp4_block;

    EXPECT_EQ(read_proxy_header(text + "GET /").size, text.size());
    EXPECT_EQ(read_proxy_header(binary + "GET /").size, binary.size());
}

TEST(ProxyHeader, ReadsTheBlockOfVersion2) {
    const std::string v6_block =
        "\x20\x01\x0d\xb8"s + std::string(11, '\0') + "\x01"s + std::string(16, '\x02') + "\x01\xBB\x01\xBB"s;

    EXPECT_EQ(client_of(signature + "\x21\x11\x00\x0C"s + tcp4_block), "192.0.2.1");
    EXPECT_EQ(client_of(signature + "\x21\x21\x00\x24"s + v6_block), "2001:db8::1");
    EXPECT_EQ(client_of(signature + "\x21\x11\x00\x10"s + tcp4_block + "\x04\x00\x01X"s), "192.0.2.1");
    EXPECT_EQ(client_of(signature + "\x20\x00\x00\x00"s), "none");
}

TEST(ProxyHeader, AsksForMoreUntilItIsWhole) {
    for (const std::string& whole :
         {"PROXY TCP4 192.0.2.1 203.0.113.7 56324 443\r\n"s, signature + "\x21\x11\x00\x0C"s + tcp4_block}) {
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_EQ(client_of(whole.substr(0, size)), "more") << size;
        EXPECT_EQ(client_of(whole), "192.0.2.1");
    }
}

TEST(ProxyHeader, RefusesWhatIsNone) {
    const std::string cases[] = {
        "GET / HTTP/1.1\r\n",
        "\x16\x03\x01"s,
        "PROXY TCP4 192.0.2.1 203.0.113.7 56324\r\n",
        "PROXY TCP4 192.0.2.1 203.0.113.7 56324 443 x\r\n",
        "PROXY TCP4 192.0.2.1 203.0.113.7 56324 70000\r\n",
        "PROXY TCP4 2001:db8::1 203.0.113.7 1 2\r\n",
        "PROXY TCP4 shop.example 203.0.113.7 1 2\r\n",
        "PROXY UDP4 192.0.2.1 203.0.113.7 1 2\r\n",
        "PROXY TCP4 192.0.2.1 203.0.113.7 1 2\n",
        "PROXY  TCP4 192.0.2.1 203.0.113.7 1 2\r\n",
        "PROXY TCP4 " + std::string(200, '1') + "\r\n",
        signature + "\x11\x11\x00\x0C"s + tcp4_block,
        signature + "\x22\x11\x00\x0C"s + tcp4_block,
        signature + "\x21\x12\x00\x0C"s + tcp4_block,
        signature + "\x21\x11\x00\x04"s + tcp4_block,
        signature + "\x21\x11\xFF\xFF"s + tcp4_block,
    };
    for (const auto& wrong : cases) EXPECT_EQ(client_of(wrong), "malformed") << wrong;
}

}  // namespace
}  // namespace pinrelay::http
