#include "wal_checksums.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace pinrelay::fuzz {
namespace {

using Sum = std::array<std::uint32_t, 2>;

constexpr std::size_t header_size = 32;
constexpr std::size_t frame_header_size = 24;
constexpr std::string_view magic("\x37\x7f\x06\x83", 4);  // the sums are of words with the most significant byte first

std::uint32_t word_at(std::string_view bytes, std::size_t offset) {
    std::uint32_t word = 0;
    for (const char byte : bytes.substr(offset, 4)) word = word << 8U | static_cast<unsigned char>(byte);
    return word;
}

void put_sum(std::string& bytes, std::size_t offset, const Sum& sum) {
    for (std::size_t i = 0; i < 8; ++i)
        bytes[offset + i] = static_cast<char>(sum.at(i / 4) >> (24U - 8U * static_cast<unsigned>(i % 4)));
}

Sum add(Sum sum, std::string_view bytes) {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
        sum[0] += word_at(bytes, i) + sum[1];
        sum[1] += word_at(bytes, i + 4) + sum[0];
    }
    return sum;
}

}  // namespace

void mend_wal(std::string& wal, std::size_t page_size) {
    constexpr std::size_t sum_of_header_at = 24;
    constexpr std::size_t salts_at = 16;
    constexpr std::size_t salts_size = 8;
    if (wal.size() < header_size) return;
    wal.replace(0, magic.size(), magic);
    Sum sum = add({}, std::string_view(wal).substr(0, sum_of_header_at));
    put_sum(wal, sum_of_header_at, sum);
    const std::string salts = wal.substr(salts_at, salts_size);
    for (std::size_t at = header_size; at + frame_header_size + page_size <= wal.size();
         at += frame_header_size + page_size) {
        for (const std::size_t number_at : {at, at + 4}) wal.replace(number_at, 3, 3, '\0');
        wal.replace(at + salts_size, salts_size, salts);
        const std::string_view frame = std::string_view(wal).substr(at, frame_header_size + page_size);
        sum = add(add(sum, frame.substr(0, salts_size)), frame.substr(frame_header_size));
        put_sum(wal, at + 2 * salts_size, sum);
    }
}

}  // namespace pinrelay::fuzz
