#include "http/chunk_line.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pinrelay::http {
namespace {

TEST(ChunkLine, LetsEveryBeginningOfALineWait) {
    const std::string line = "\r\n1aF;name=\"va\\\"l;ue\";other=x\r\n";

    for (std::size_t size = 0; size <= line.size(); ++size)
        EXPECT_TRUE(may_become_chunk_line(line.substr(0, size))) << size;
}

TEST(ChunkLine, LetsALastChunkWaitForItsTrailer) { EXPECT_TRUE(may_become_chunk_line("0\r\nX: y\r\n")); }

TEST(ChunkLine, RefusesWhatCannotBecomeALine) {
    for (const char* rest : {"x", " 1", "\n", "\r\n\r\n", "1\n", "1;a\rb", "1;a\x01", "1;a=\"b\r\n", "-1", ";a"})
        EXPECT_FALSE(may_become_chunk_line(rest)) << rest;
}

TEST(ChunkLine, RefusesALineWithoutEnd) {
    EXPECT_FALSE(may_become_chunk_line(std::string(300, '0')));
    EXPECT_FALSE(may_become_chunk_line("1;" + std::string(300, 'a')));
}

TEST(ChunkLine, LetsNoByteIntoAnExtensionThatSomebodyTakesForItsEnd) {
    EXPECT_TRUE(is_chunk_extension(";name=\"va\tl;ue\";other"));
    for (const char* text : {";a=\"\n\"", ";a=\"\r\"", ";a=\"\x01\"", ";a=\"\x7f\""})
        EXPECT_FALSE(is_chunk_extension(text)) << text;
    EXPECT_FALSE(is_chunk_extension(";" + std::string(max_chunk_extension, 'a')));
}

}  // namespace
}  // namespace pinrelay::http
