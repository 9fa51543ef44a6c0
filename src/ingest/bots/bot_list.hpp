#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace pinrelay::ingest {

class LiteralSet;

// The user agents of crawlers, monitors, link previews and HTTP libraries, by regular expressions. Nearly all of them
// are mere texts, and are looked for as such: as one expression they would have so many states that a hostile user
// agent costs milliseconds. Safe to use from any thread.
class BotList {
public:
    // Those of the npm package crawler-user-agents, less the few that real people have.
    BotList();
    // Throws std::invalid_argument for what is no expression.
    explicit BotList(std::span<const std::string_view> patterns);
    BotList(BotList&&) noexcept;
    ~BotList();

    // Whether one of the patterns fits the user agent. Only its first 512 bytes are looked at. Each thread keeps what
    // was found of the last few hundred.
    bool holds(std::string_view user_agent) const;

    // The first pattern that fits; "" where none does. Costs milliseconds: for explanations.
    std::string pattern_of(std::string_view user_agent) const;

private:
    bool fits_a_pattern(std::string_view text) const;

    std::uint64_t number_;  // of this list in the process
    std::vector<std::string> patterns_;
    std::unique_ptr<const LiteralSet> literals_;
    std::unique_ptr<const re2::RE2> expressions_;
};

}  // namespace pinrelay::ingest
