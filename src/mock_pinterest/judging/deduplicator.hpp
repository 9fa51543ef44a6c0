#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pinrelay::mock {

// Pinterest's folding: within the window, the first event of one account with one name and id is kept.
class Deduplicator {
public:
    explicit Deduplicator(std::chrono::seconds window) : window_(window) {}

    // Whether an earlier event stands for this one. Remembers it if not.
    bool is_duplicate(std::string_view account, std::string_view event_name, std::string_view event_id,
                      std::chrono::system_clock::time_point now);

private:
    // Two hashes of 64 bits in place of the texts: a benchmark sends millions of events.
    using Fingerprint = std::pair<std::uint64_t, std::uint64_t>;
    struct Hash {
        std::size_t operator()(const Fingerprint& value) const noexcept { return value.first; }
    };
    std::chrono::seconds window_;
    std::unordered_map<Fingerprint, std::chrono::system_clock::time_point, Hash> first_seen_;
};

}  // namespace pinrelay::mock
