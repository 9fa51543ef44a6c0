#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "pinrelay/app/find.hpp"
#include "pinrelay/ingest/drop_advice.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::app {
namespace {

using spool::FoundEvent;
using spool::FoundOutcome;
using spool::Happened;

struct Advice {
    std::string_view label;
    std::string_view text;
};

constexpr std::string_view see_words =
    "`pinrelay spool list` shows Pinterest's words; correct the sender or the mapping, then `pinrelay spool replay`";
constexpr std::string_view see_time =
    "look at why the event waited so long: `pinrelay spool stats`, docs/operations.md";

constexpr std::array letter_advice = {
    Advice{spool::reasons::refused.label, see_words},
    Advice{spool::reasons::request_refused.label, see_words},
    Advice{spool::reasons::server_error.label, "`pinrelay spool replay` sends it again"},
    Advice{spool::reasons::too_old.label, see_time},
    Advice{spool::reasons::late.label, see_time},
    Advice{spool::reasons::ambiguous_offline.label,
           "look in Pinterest's Ads Manager whether it was counted; if not, `pinrelay spool replay` sends it again"},
    Advice{spool::reasons::maybe_delivered.label,
           "look in Pinterest's Ads Manager whether it was counted; if not, `pinrelay spool replay` sends it again"},
};

constexpr std::array warning_advice = {
    Advice{"external_id_missing", "send a user id with the event, or switch on cookies.visitor_id"},
    Advice{"click_id_missing", "usual for visitors who did not come by an ad of Pinterest"},
    Advice{"unknown_event_name", "add a mapping rule for the name: docs/mapping.md"},
    Advice{"not_hashed", "Pinterest takes a value for one that is not hashed; report it with the relay's version"},
};

template <std::size_t size>
std::string_view text_for(const std::array<Advice, size>& rows, std::string_view label) {
    const auto row = std::ranges::find(rows, label, &Advice::label);
    return row == rows.end() ? std::string_view() : row->text;
}

bool has_record(const FoundEvent& event) {
    return event.what == Happened::Accepted || event.what == Happened::SentAfterAll ||
           event.what == Happened::Duplicate;
}

const FoundOutcome* last_outcome(const FoundEvent& event) {
    return has_record(event) && !event.pending && !event.outcomes.empty() ? &event.outcomes.back() : nullptr;
}

// In the largest unit of which there are two at least: "90s after it arrived", "2m …", "3h …".
std::string how_long_after(Time::duration length) {
    const auto seconds = std::max<std::int64_t>(std::chrono::floor<std::chrono::seconds>(length).count(), 0);
    constexpr std::int64_t minute = 60;
    constexpr std::int64_t hour = 60 * minute;
    constexpr const char* after = " after it arrived";
    if (seconds >= 2 * hour) return std::to_string(seconds / hour) + "h" + after;
    if (seconds >= 2 * minute) return std::to_string(seconds / minute) + "m" + after;
    if (seconds == 0) return "within a second";
    return std::to_string(seconds) + "s" + after;
}

OutcomeWords delivered(const FoundEvent& event, const FoundOutcome& outcome) {
    OutcomeWords words{"delivered", {}, {}};
    words.sentence =
        event.what == Happened::Duplicate ? "delivered" : "delivered " + how_long_after(outcome.time - event.time);
    for (const std::string& kind : warnings_of(event)) {
        words.sentence += (words.sentence.find("warned") == std::string::npos ? "; Pinterest warned: " : ", ") + kind;
        if (words.advice.empty()) words.advice = text_for(warning_advice, kind);
    }
    return words;
}

OutcomeWords dead_letter(const FoundOutcome& outcome) {
    const auto meaning = spool::meaning_of(outcome.reason);
    return {"dead_letter",
            "not delivered, a dead letter for " + outcome.reason +
                (meaning.empty() ? std::string() : ": " + std::string(meaning)),
            std::string(text_for(letter_advice, outcome.reason))};
}

OutcomeWords words_of_record(const FoundEvent& event) {
    if (event.pending)
        return {"pending", event.outcomes.empty() ? "waits to be delivered" : "was replayed and waits to be delivered",
                "`pinrelay spool stats` shows how the delivery of its account fares"};
    const FoundOutcome* outcome = last_outcome(event);
    if (outcome == nullptr)
        return {"unknown", "no longer in the store, and the journal does not have its end",
                "its end may be older than the journal, or the file was damaged: look at the log"};
    return outcome->what == Happened::Delivered ? delivered(event, *outcome) : dead_letter(*outcome);
}

OutcomeWords duplicate(const FoundEvent& event) {
    OutcomeWords words{"duplicate", "a duplicate of an earlier event, and not sent", {}};
    if (event.record == 0 || (!event.pending && event.outcomes.empty())) return words;
    OutcomeWords first = words_of_record(event);
    words.sentence += "; that one: " + first.sentence;
    words.advice = std::move(first.advice);
    return words;
}

OutcomeWords dropped(const FoundEvent& event) {
    return {"dropped", "not sent: dropped for " + event.reason, std::string(ingest::advice_for(event.reason).text)};
}

}  // namespace

std::vector<std::string> warnings_of(const FoundEvent& event) {
    std::vector<std::string> warnings;
    const FoundOutcome* outcome = last_outcome(event);
    if (outcome == nullptr || outcome->what != Happened::Delivered) return warnings;
    for (std::size_t begin = 0; begin < outcome->reason.size();) {
        const auto end = std::min(outcome->reason.find(',', begin), outcome->reason.size());
        warnings.push_back(outcome->reason.substr(begin, end - begin));
        begin = end + 1;
    }
    return warnings;
}

OutcomeWords words_of(const FoundEvent& event) {
    switch (event.what) {
        case Happened::Accepted:
        case Happened::SentAfterAll: return words_of_record(event);
        case Happened::Duplicate: return duplicate(event);
        case Happened::Dropped: return dropped(event);
        case Happened::Unknown:
        case Happened::Delivered:
        case Happened::DeadLetter: break;
    }
    return {"unknown", "the journal does not have what became of it", {}};
}

std::vector<std::string> why_not_found(const spool::JournalQuestion& question, bool has_journal) {
    using By = spool::JournalQuestion::By;
    if (!has_journal) return {"The journal is switched off (journal.keep is 0s), so that nothing is found."};
    if (question.by == By::Last) return {"No event has come since the journal begins."};
    std::vector<std::string> reasons = {
        "The event came before the journal begins, or it has not arrived: look at the sender and at the log.",
        "The id was written otherwise: capital and small letters differ.",
        "The request was refused or could not be read: then it has no id, and the log has the reason.",
        "Another relay took it: each has a store of its own."};
    if (question.by == By::EventId)
        reasons.emplace_back(
            "The event had no event_id: a purchase then has its transaction id, another event a digest.");
    if (question.by == By::Order) reasons.emplace_back("The event had no transaction_id: look for its event id.");
    return reasons;
}

}  // namespace pinrelay::app
