#include "ingest/visitor/url_parameter.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

struct Case {
    std::string_view url;
    std::string_view left;
};

class WithoutParameter : public testing::TestWithParam<Case> {};

TEST_P(WithoutParameter, LeavesTheRestAsItWas) {
    EXPECT_EQ(without_parameter(GetParam().url, "epik"), GetParam().left) << GetParam().url;
}

INSTANTIATE_TEST_SUITE_P(
    Urls, WithoutParameter,
    testing::Values(Case{"https://a.example/?epik=x", "https://a.example/"},
                    Case{"https://a.example/?epik=", "https://a.example/"},
                    Case{"https://a.example/?a=1&epik=x&b=%32+&&c#top", "https://a.example/?a=1&b=%32+&&c#top"},
                    Case{"https://a.example/?epik=x&a=1", "https://a.example/?a=1"},
                    Case{"https://a.example/?EPIK=x&Epik=y&a=1", "https://a.example/?a=1"},
                    Case{"https://a.example/?%65pik=x&a=1", "https://a.example/?a=1"},
                    Case{"https://a.example/?a=1;epik=x&b=2", "https://a.example/?b=2"},
                    Case{"https://a.example/#epik=x&a=1", "https://a.example/#a=1"},
                    Case{"https://a.example/?epik=x#/cart?epik=y", "https://a.example/"},
                    Case{"https://a.example/?to=https%3A%2F%2Fb.example%2F%3Fepik%3Dx&a=1", "https://a.example/?a=1"},
                    Case{"https://a.example/?to=https%253A%252F%252Fb.example%253Fq%253D1%2526epik%253Dx",
                         "https://a.example/"},
                    Case{"https://a.example/?not_epik=x&repik=y&epikx=z&epik&to-epik=1",
                         "https://a.example/?not_epik=x&repik=y&epikx=z&epik&to-epik=1"},
                    Case{"https://a.example/?#", "https://a.example/?#"},
                    Case{"https://a.example/epik", "https://a.example/epik"}, Case{"", ""}, Case{"epik=x", "epik=x"}));

}  // namespace
}  // namespace pinrelay::ingest
