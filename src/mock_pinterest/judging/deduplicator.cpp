#include "deduplicator.hpp"

#include <functional>
#include <string>

namespace pinrelay::mock {

bool Deduplicator::is_duplicate(std::string_view account, std::string_view event_name, std::string_view event_id,
                                std::chrono::system_clock::time_point now) {
    std::string key;
    for (const std::string_view part : {account, event_name, event_id}) key.append(part).push_back('\0');
    const std::hash<std::string_view> hash;
    const std::uint64_t first = hash(key);
    key += "second";
    const Fingerprint fingerprint{first, hash(key)};

    const auto [entry, inserted] = first_seen_.try_emplace(fingerprint, now);
    if (inserted) return false;
    if (now - entry->second < window_) return true;
    entry->second = now;
    return false;
}

}  // namespace pinrelay::mock
