#include "cli/spool/text.hpp"
#include "command.hpp"
#include "pinrelay/app/find.hpp"

namespace pinrelay::cli {
namespace {

using spool::FoundEvent;
using spool::JournalQuestion;

// "purchase as checkout": the sender's name and the one that is sent.
std::string name_text(const FoundEvent& event) {
    if (event.source_name.empty() && event.event_label.empty()) return "(no name)";
    if (event.source_name.empty() || event.source_name == event.event_label || event.event_label.empty())
        return printable(event.source_name.empty() ? event.event_label : event.source_name);
    return printable(event.source_name) + " as " + printable(event.event_label);
}

std::string account_text(const FoundEvent& event) {
    return event.account.empty() ? "no account" : printable(event.account);
}

std::string whole_text(const FoundEvent& event) {
    const auto words = app::words_of(event);
    std::string text = time_text(event.time) + "  " + name_text(event) + "  " + account_text(event) + "\n  " +
                       printable(words.sentence) + "\n";
    if (!words.advice.empty()) text += "  what to do: " + printable(words.advice) + "\n";
    return text;
}

std::string table_of(const spool::FoundEvents& found) {
    std::vector<std::vector<std::string>> table = {{"time", "event", "account", "outcome"}};
    for (const FoundEvent& event : found.events)
        table.push_back(
            {time_text(event.time), name_text(event), account_text(event), printable(app::words_of(event).sentence)});
    return table_text(table);
}

std::string reach_text(const spool::FoundEvents& found) {
    if (!found.since) return "The journal is empty.\n";
    return "The journal has " + counted(found.entries, "event") + " since " + time_text(*found.since) + ".\n";
}

std::string question_text(const JournalQuestion& question) {
    switch (question.by) {
        case JournalQuestion::By::EventId: return "No event with the id \"" + printable(question.id) + "\" is found.\n";
        case JournalQuestion::By::Order: return "No event of the order \"" + printable(question.id) + "\" is found.\n";
        case JournalQuestion::By::Last: break;
    }
    return "No event is found.\n";
}

std::string nothing_text(const JournalQuestion& question, const spool::FoundEvents& found, bool has_journal) {
    std::string text = question_text(question) + reach_text(found) + "What it can mean:\n";
    for (const std::string& reason : app::why_not_found(question, has_journal)) text += "  - " + reason + "\n";
    return text;
}

}  // namespace

std::string found_text(const JournalQuestion& question, const spool::FoundEvents& found, bool has_journal) {
    if (found.events.empty()) return nothing_text(question, found, has_journal);
    if (question.by == JournalQuestion::By::Last) return table_of(found) + reach_text(found);
    std::string text;
    for (const FoundEvent& event : found.events) text += whole_text(event);
    return text + (found.more ? "Older ones are not shown.\n" : "");
}

}  // namespace pinrelay::cli
