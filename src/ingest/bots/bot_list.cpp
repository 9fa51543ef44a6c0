#include "bot_list.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "literal_set.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/content_hash.hpp"

namespace pinrelay::ingest {
namespace {

constexpr auto listed = std::to_array<std::string_view>({
#include "bot_patterns.inc"
});

// Facebook's app shows pages in a browser of its own, whose user agent ends like this: somebody has followed a link.
constexpr std::array<std::string_view, 1> of_people = {"MetaIAB Facebook"};

// Browsers' own are half as long.
constexpr std::size_t longest_user_agent = 512;

// For the states of the expressions; they are made as texts need them, and all anew when this is full.
constexpr std::int64_t expression_memory = std::int64_t{8} * 1024 * 1024;

constexpr std::string_view operators = "[](){}|?*+^$.";

// What lists found of the user agents that this thread saw last, since most visitors share a few. A user agent is found
// in the one place that its hash names, and compared as a text: nobody can pass for another.
class KnownAgents {
public:
    template <class Look>
    bool is_bot(std::uint64_t list, std::string_view agent, Look look) {
        Known& known = known_[hash64(agent, list) % known_.size()];
        if (known.list != list || known.agent != agent) {
            known.is_bot = look();
            known.agent = agent;
            known.list = list;
        }
        return known.is_bot;
    }

private:
    struct Known {
        std::uint64_t list = 0;  // 0: none
        std::string agent;
        bool is_bot = false;
    };
    std::array<Known, 256> known_;
};

std::uint64_t next_list() noexcept {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

// The text that an expression without operators stands for.
std::optional<std::string> literal_of(std::string_view pattern) {
    std::string literal;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (operators.find(pattern[i]) != std::string_view::npos) return std::nullopt;
        if (pattern[i] == '\\' && (++i == pattern.size() || ascii::is_alphanumeric(pattern[i]))) return std::nullopt;
        literal += pattern[i];
    }
    if (literal.empty()) return std::nullopt;
    return literal;
}

std::vector<std::string_view> bots_only() {
    std::vector<std::string_view> patterns(listed.begin(), listed.end());
    std::erase_if(patterns,
                  [](std::string_view pattern) { return std::ranges::find(of_people, pattern) != of_people.end(); });
    return patterns;
}

re2::RE2::Options byte_wise() {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);  // a header need not be UTF-8
    options.set_never_capture(true);
    options.set_log_errors(false);
    options.set_max_mem(expression_memory);
    return options;
}

}  // namespace

BotList::BotList() : BotList(bots_only()) {}

BotList::BotList(std::span<const std::string_view> patterns)
    : number_(next_list()), patterns_(patterns.begin(), patterns.end()) {
    std::vector<std::string> literals;
    std::string alternation;
    for (const std::string_view pattern : patterns) {
        if (auto literal = literal_of(pattern)) {
            literals.push_back(std::move(*literal));
            continue;
        }
        alternation += alternation.empty() ? "(?:" : "|(?:";
        alternation += pattern;
        alternation += ')';
    }
    literals_ = std::make_unique<LiteralSet>(literals);
    if (alternation.empty()) return;
    expressions_ = std::make_unique<re2::RE2>(alternation, byte_wise());
    if (!expressions_->ok()) throw std::invalid_argument("bot patterns: " + expressions_->error());
}

BotList::BotList(BotList&&) noexcept = default;
BotList::~BotList() = default;

bool BotList::holds(std::string_view user_agent) const {
    thread_local KnownAgents known;
    const std::string_view text = user_agent.substr(0, longest_user_agent);
    return known.is_bot(number_, text, [&] { return fits_a_pattern(text); });
}

bool BotList::fits_a_pattern(std::string_view text) const {
    if (literals_->is_within(text)) return true;
    return expressions_ != nullptr && re2::RE2::PartialMatch({text.data(), text.size()}, *expressions_);
}

std::string BotList::pattern_of(std::string_view user_agent) const {
    const std::string_view text = user_agent.substr(0, longest_user_agent);
    const auto fits = [text](const std::string& pattern) {
        if (const auto literal = literal_of(pattern)) return text.find(*literal) != std::string_view::npos;
        return re2::RE2::PartialMatch({text.data(), text.size()}, re2::RE2(pattern, byte_wise()));
    };
    const auto first = std::ranges::find_if(patterns_, fits);
    return first == patterns_.end() ? std::string() : *first;
}

}  // namespace pinrelay::ingest
