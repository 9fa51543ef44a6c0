#include "pinrelay/http/wipe.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

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

// Keeps what each piece of memory held when it was given back.
std::vector<std::string>& given_back() {
    static std::vector<std::string> pieces;
    return pieces;
}

template <class T>
struct WatchedMemory {
    using value_type = T;
    T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T* memory, std::size_t count) {
        given_back().emplace_back(reinterpret_cast<const char*>(memory), count * sizeof(T));
        std::allocator<T>().deallocate(memory, count);
    }
};

TEST(Wipe, TheAllocatorOverwritesWhatItGivesBackAlsoWhereABufferGrows) {
    given_back().clear();
    std::size_t grown = 0;
    {
        std::vector<char, WipingAllocator<char, WatchedMemory>> buffer(1000, 'x');
        buffer.resize(100'000, 'x');
        grown = given_back().size();
    }

    EXPECT_GE(grown, 1U) << "what a buffer held before it grew";
    EXPECT_GT(given_back().size(), grown) << "and what it held at its end";
    std::size_t bytes = 0;
    for (const auto& piece : given_back()) {
        EXPECT_TRUE(is_zero(piece));
        bytes += piece.size();
    }
    EXPECT_GE(bytes, 101'000U);
}

}  // namespace
}  // namespace pinrelay::http
