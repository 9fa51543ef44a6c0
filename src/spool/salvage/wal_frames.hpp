#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pinrelay::spool {

// The sound frames of a write-ahead log, in order. Each frame's checksum goes on from the one that is written in the
// frame before, so that a damaged frame does not make those behind it unreadable. Reads nothing but what `read` gives.
class WalFrames {
public:
    using Read = std::function<std::string(std::uint64_t offset, std::size_t count)>;

    WalFrames(Read read, std::size_t page_size);

    struct Frame {
        std::uint32_t page = 0;
        std::uint32_t pages_after_commit = 0;  // 0 where the frame ends no transaction
        std::uint64_t data = 0;                // where the page begins
    };

    // Nothing at the end: where the log ends, or an older generation of it begins.
    std::optional<Frame> next();

    // Whether a frame of this generation was left out because its checksum was wrong.
    bool passed_over() const noexcept { return passed_over_; }

    // Transactions that end behind such a frame. Each is synced before the next begins, so that a power cut can tear
    // the last one apart: more than one mean that what had been written was damaged later.
    std::size_t commits_behind_damage() const noexcept { return commits_behind_damage_; }

private:
    using Checksum = std::array<std::uint32_t, 2>;

    void read_header();
    bool goes_on() const;
    Checksum add(Checksum sum, std::string_view bytes) const noexcept;

    Read read_;
    std::size_t page_size_;
    std::uint64_t at_;
    std::string salts_;
    Checksum sum_{};
    bool big_endian_ = false;
    bool passed_over_ = false;
    std::size_t commits_behind_damage_ = 0;
};

}  // namespace pinrelay::spool
