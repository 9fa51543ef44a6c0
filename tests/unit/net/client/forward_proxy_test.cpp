#include "net/client/forward_proxy.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pinrelay::net {
namespace {

Origin origin_of(const std::string& url) { return *parse_origin(url); }

struct Url {
    const char* url;
    const char* host_and_port;
    const char* authorization;
};

const std::vector<Url> urls = {
    {"http://proxy.example:3128", "proxy.example:3128", ""},
    {"HTTP://proxy.example:3128/", "proxy.example:3128", ""},
    {"proxy.example:3128", "proxy.example:3128", ""},
    {"http://proxy.example", "proxy.example:1080", ""},
    {"http://10.0.0.1:80", "10.0.0.1:80", ""},
    {"http://[2001:db8::1]:3128", "[2001:db8::1]:3128", ""},
    {"http://user:password@proxy.example:3128", "proxy.example:3128", "Basic dXNlcjpwYXNzd29yZA=="},
    {"user:password@proxy.example:3128", "proxy.example:3128", "Basic dXNlcjpwYXNzd29yZA=="},
    {"http://user@proxy.example:3128", "proxy.example:3128", "Basic dXNlcjo="},
    {"http://user:@proxy.example:3128", "proxy.example:3128", "Basic dXNlcjo="},
    {"http://user:p%40ss%3Aword@proxy.example:1", "proxy.example:1", "Basic dXNlcjpwQHNzOndvcmQ="},
    {"http://user:p@ss@proxy.example:1", "proxy.example:1", "Basic dXNlcjpwQHNz"},
    {"http://user:a+b@proxy.example:1", "proxy.example:1", "Basic dXNlcjphK2I="},
    {"http://@proxy.example:1", "proxy.example:1", ""},
};

TEST(ForwardProxy, IsReadAsCurlReadsIt) {
    for (const auto& row : urls) {
        const auto proxy = parse_forward_proxy(row.url);

        ASSERT_TRUE(proxy) << row.url << ": " << proxy.error();
        EXPECT_EQ(proxy->origin.host_and_port(), row.host_and_port) << row.url;
        EXPECT_EQ(proxy->authorization.value_or(Secret()).reveal(), row.authorization) << row.url;
    }
}

TEST(ForwardProxy, IsRefusedWithoutAWordOfItsPassword) {
    const std::string too_long = "http://u:hush" + std::string(5000, 'x') + "@proxy.example:1";
    for (const std::string url :
         {"https://u:hush@proxy.example:3128", "socks5://u:hush@proxy.example:1080", "http://u:hush@", "http://",
          "http://u:hush@proxy.example:0", "http://u:hush@proxy.example:70000", "http://u:hush@proxy.example:x",
          "http://u:hush@proxy.example:3128/path", "http://u:hush@proxy example:1", "http://u:hush%0d%0aX@p:1",
          "http://u%3a:hush@p:1", "http://u:hush%00@p:1", "http://u:hush@[::1", too_long.c_str()}) {
        const auto proxy = parse_forward_proxy(url);

        ASSERT_FALSE(proxy) << url;
        EXPECT_EQ(proxy.error().find("hush"), std::string::npos) << proxy.error();
    }
}

struct Exemption {
    const char* no_proxy;
    const char* origin;
    bool exempt;
};

const std::vector<Exemption> exemptions = {
    {"", "https://api.pinterest.com", false},
    {"*", "https://api.pinterest.com", true},
    {"*", "https://192.0.2.1", true},
    {"api.pinterest.com", "https://api.pinterest.com", true},
    {"API.Pinterest.COM", "https://api.pinterest.com", true},
    {"pinterest.com", "https://api.pinterest.com", true},
    {".pinterest.com", "https://api.pinterest.com", true},
    {".pinterest.com", "https://pinterest.com", true},
    {"pinterest.com.", "https://api.pinterest.com", true},
    {"interest.com", "https://api.pinterest.com", false},
    {"a.api.pinterest.com", "https://api.pinterest.com", false},
    {"localhost, .shop.example ,api.pinterest.com", "https://api.pinterest.com", true},
    {"localhost api.pinterest.com", "https://api.pinterest.com", true},
    {",, ,", "https://api.pinterest.com", false},
    {".", "https://api.pinterest.com", false},
    {"192.0.2.1", "https://192.0.2.1", true},
    {"192.0.2.10", "https://192.0.2.1", false},
    {"2.1", "https://192.0.2.1", false},
    {"192.0.2.0/24", "https://192.0.2.1", true},
    {"192.0.3.0/24", "https://192.0.2.1", false},
    {"192.0.2.1/99,nonsense", "https://192.0.2.1", false},
    {"2001:db8::1", "https://[2001:db8::1]", true},
    {"[2001:db8::1]", "https://[2001:db8:0::1]", true},
    {"2001:db8::/32", "https://[2001:db8::1]:8443", true},
    {"192.0.2.0/24", "https://api.pinterest.com", false},
};

TEST(ForwardProxy, IsNotForTheHostsThatNoProxyNames) {
    for (const auto& row : exemptions)
        EXPECT_EQ(is_exempt(origin_of(row.origin), row.no_proxy), row.exempt) << row.no_proxy << " " << row.origin;
}

TEST(ForwardProxy, IsForHttpsAlone) {
    ClientOptions options;
    options.proxy = Secret("http://proxy.example:3128");

    EXPECT_TRUE((*forward_proxy_for(origin_of("https://api.pinterest.com"), options)).has_value());
    EXPECT_FALSE((*forward_proxy_for(origin_of("http://127.0.0.1:8081"), options)).has_value());
}

TEST(ForwardProxy, IsRefusedOnlyWhereItWouldBeUsed) {
    ClientOptions options;
    options.origin = "https://api.pinterest.com";
    options.proxy = Secret("socks5://proxy.example:1080");
    ClientOptions exempt = options;
    exempt.no_proxy = "pinterest.com";

    EXPECT_TRUE(problem_of_proxy(options).has_value());
    EXPECT_EQ(problem_of_proxy(exempt), std::nullopt);
    EXPECT_EQ(proxy_in_use(exempt), std::nullopt);
}

TEST(ForwardProxy, IsNamedWithoutItsPassword) {
    ClientOptions options;
    options.origin = "https://api.pinterest.com";
    options.proxy = Secret("http://user:hush@proxy.example:3128");

    EXPECT_EQ(proxy_in_use(options), "proxy.example:3128");
}

}  // namespace
}  // namespace pinrelay::net
