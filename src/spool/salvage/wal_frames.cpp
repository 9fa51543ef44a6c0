#include "wal_frames.hpp"

#include <utility>

#include "page_file.hpp"

namespace pinrelay::spool {
namespace {

// Offsets and sizes of sqlite.org/fileformat2.html, section 4.
constexpr std::size_t header_size = 32;
constexpr std::size_t frame_header_size = 24;
constexpr std::size_t header_salts_at = 16;
constexpr std::size_t header_checksum_at = 24;
constexpr std::size_t frame_salts_at = 8;
constexpr std::size_t frame_checksum_at = 16;
constexpr std::size_t salts_size = 8;
constexpr std::size_t summed_of_header = 24;
constexpr std::size_t summed_of_frame_header = 8;
constexpr std::uint64_t little_endian_magic = 0x377f0682;
constexpr std::uint64_t big_endian_magic = 0x377f0683;

std::uint32_t word(std::string_view bytes, std::size_t offset, bool big) noexcept {
    if (big) return static_cast<std::uint32_t>(big_endian(bytes, offset, 4));
    std::uint32_t number = 0;
    for (std::size_t i = 4; i > 0; --i) number = (number << 8) | static_cast<unsigned char>(bytes[offset + i - 1]);
    return number;
}

}  // namespace

WalFrames::WalFrames(Read read, std::size_t page_size)
    : read_(std::move(read)), page_size_(page_size), at_(header_size) {
    read_header();
}

void WalFrames::read_header() {
    const std::string header = read_(0, header_size);
    if (header.size() < header_size) return;
    const auto magic = big_endian(header, 0, 4);
    big_endian_ = magic == big_endian_magic;
    const Checksum sum = add({}, std::string_view(header).substr(0, summed_of_header));
    sum_ = {static_cast<std::uint32_t>(big_endian(header, header_checksum_at, 4)),
            static_cast<std::uint32_t>(big_endian(header, header_checksum_at + 4, 4))};
    if ((magic == little_endian_magic || big_endian_) && sum == sum_) {
        salts_ = header.substr(header_salts_at, salts_size);
        return;
    }
    // A header that nothing was ever written behind is not missed. Else the first frame tells the generation.
    const std::string first = read_(header_size, frame_header_size);
    if (first.size() < frame_header_size) return;
    salts_ = first.substr(frame_salts_at, salts_size);
    passed_over_ = true;
}

std::optional<WalFrames::Frame> WalFrames::next() {
    for (;;) {
        const std::string bytes = read_(at_, frame_header_size + page_size_);
        if (bytes.size() < frame_header_size + page_size_) return std::nullopt;
        const std::string_view all(bytes);
        const bool ours = all.substr(frame_salts_at, salts_size) == salts_;
        if (!ours && !goes_on()) return std::nullopt;
        Frame frame{static_cast<std::uint32_t>(big_endian(all, 0, 4)),
                    static_cast<std::uint32_t>(big_endian(all, 4, 4)), at_ + frame_header_size};
        at_ += bytes.size();
        const Checksum wanted{static_cast<std::uint32_t>(big_endian(all, frame_checksum_at, 4)),
                              static_cast<std::uint32_t>(big_endian(all, frame_checksum_at + 4, 4))};
        const Checksum sum = add(add(sum_, all.substr(0, summed_of_frame_header)), all.substr(frame_header_size));
        sum_ = wanted;
        if (!ours || sum != wanted || frame.page == 0) {
            passed_over_ = true;
            continue;
        }
        if (passed_over_ && frame.pages_after_commit != 0) ++commits_behind_damage_;
        return frame;
    }
}

// Frames of an older generation stand at the end; one with foreign salts before frames of ours is a damaged one.
bool WalFrames::goes_on() const {
    constexpr std::uint64_t far_enough = 16;  // more than a damaged stretch of the disk is long
    for (std::uint64_t frame = 1; frame <= far_enough; ++frame) {
        const auto header = read_(at_ + frame * (frame_header_size + page_size_), frame_header_size);
        if (header.size() == frame_header_size && header.substr(frame_salts_at, salts_size) == salts_) return true;
    }
    return false;
}

WalFrames::Checksum WalFrames::add(Checksum sum, std::string_view bytes) const noexcept {
    for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
        sum[0] += word(bytes, i, big_endian_) + sum[1];
        sum[1] += word(bytes, i + 4, big_endian_) + sum[0];
    }
    return sum;
}

}  // namespace pinrelay::spool
