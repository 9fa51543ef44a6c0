#include "pinrelay/http/wipe.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <new>

#include "pinrelay/http/request_parser.hpp"

namespace pinrelay::http {
namespace {

bool is_zero(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c == '\0'; });
}

TEST(Wipe, LeavesNothingOfWhatAPersonMayHaveWritten) {
    Request request;
    request.path = "/collect/jane";
    request.query = "email=jane@shop.example";
    request.body = std::string(5000, 'x');
    request.headers = {{"Cookie", "_epik=dj0y"}, {"User-Agent", "Mozilla"}};

    { const WipedAtEnd wiped(request); }

    for (const auto& text :
         {request.path, request.query, request.body, request.headers[0].second, request.headers[1].second})
        EXPECT_TRUE(is_zero(text));
    EXPECT_EQ(request.body.size(), 5000u);
    EXPECT_EQ(request.headers[0].first, "Cookie");
}

// What a connection that rests would read into next holds nothing of the request before.
TEST(Wipe, TheReadBufferOfAConnectionThatRestsIsOverwritten) {
    RequestParser parser(ParserLimits{});
    const std::string request = "POST /collect HTTP/1.1\r\nHost: a\r\nContent-Length: 21\r\n\r\nem=jane@shop.example!!";
    const auto room = parser.prepare();
    std::ranges::copy(request, static_cast<char*>(room.data()));
    parser.commit(request.size());
    ASSERT_EQ(parser.advance(), RequestParser::Progress::Head);
    ASSERT_EQ(parser.advance(), RequestParser::Progress::Complete);
    EXPECT_EQ(parser.request().body.size(), 21u);
    parser.skip(parser.unread().size());

    parser.next();
    const auto next = parser.prepare();

    EXPECT_EQ(next.data(), room.data()) << "the same memory";
    EXPECT_TRUE(is_zero(std::string(static_cast<const char*>(next.data()), request.size())));
}

// An allocator is asked what it gives back: the memory is its own, and is looked at before it is freed.
TEST(Wipe, TheAllocatorOverwritesWhatItGivesBack) {
    alignas(16) std::array<char, 64> memory{};
    memory.fill('x');

    wipe(memory.data(), memory.size());

    EXPECT_TRUE(is_zero(std::string(memory.begin(), memory.end())));
}

}  // namespace
}  // namespace pinrelay::http
