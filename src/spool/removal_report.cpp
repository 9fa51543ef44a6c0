#include "removal_report.hpp"

#include <string_view>

namespace pinrelay::spool {
namespace {

constexpr std::chrono::minutes between_removal_sentences{1};

std::string_view sentence_of(std::string_view cause) {
    if (cause == removals::age) return "dead letters were removed: they are older than dead_letters.keep";
    return "dead letters were removed: together they exceed dead_letters.max_bytes; raise it, or replay or purge them";
}

}  // namespace

// Also called by groups that remove nothing: they log what an earlier one has left unlogged.
void RemovalReport::note(const LedgerChange& change, Steady::time_point now) {
    for (const auto& [key, letters] : change.removed_letters) unlogged_[key].letters += letters;
    for (auto& [key, unlogged] : unlogged_)
        if (unlogged.letters > 0 && now >= unlogged.next_sentence) log(key, unlogged, now);
}

void RemovalReport::log(const std::pair<std::string, std::string>& key, Unlogged& unlogged, Steady::time_point now) {
    unlogged.next_sentence = now + between_removal_sentences;
    logger_.warn(sentence_of(key.second),
                 {{"destination", key.first}, {"letters", std::to_string(std::exchange(unlogged.letters, 0))}});
}

}  // namespace pinrelay::spool
