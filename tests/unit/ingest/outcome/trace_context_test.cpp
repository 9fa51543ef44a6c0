#include "ingest/outcome/trace_context.hpp"

#include <gtest/gtest.h>

namespace pinrelay::ingest {
namespace {

http::Request traced(std::string value) {
    http::Request request;
    request.headers = {{"Traceparent", std::move(value)}};
    return request;
}

TEST(TraceContext, HasTheIdsOfTheHeader) {
    for (const char* header : {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                               "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00-what-a-later-version-adds"}) {
        const auto request = traced(header);
        const auto found = trace_context(request);

        EXPECT_EQ(found.trace_id, "0af7651916cd43dd8448eb211c80319c") << header;
        EXPECT_EQ(found.span_id, "b7ad6b7169203331") << header;
    }
}

TEST(TraceContext, IsEmptyWithoutTheHeader) { EXPECT_EQ(trace_context(http::Request()).trace_id, ""); }

TEST(TraceContext, IgnoresWhatIsNotInItsForm) {
    for (const char* header : {"", "anna@example.com", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                               "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                               "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                               "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                               "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                               "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                               "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                               "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                               "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
                               "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                               "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                               "00-anna@example.com-is-here-and-fits-b7ad6b7169203331-01"}) {
        const auto request = traced(header);

        EXPECT_EQ(trace_context(request).trace_id, "") << header;
        EXPECT_EQ(trace_context(request).span_id, "") << header;
    }
}

}  // namespace
}  // namespace pinrelay::ingest
