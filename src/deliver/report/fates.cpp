#include "fates.hpp"

#include <algorithm>
#include <array>

#include "pinrelay/watch/event_name.hpp"

namespace pinrelay::deliver {
namespace {

using Fate = spool::Settlement::Fate;

struct StatusRow {
    Fate fate;
    watch::Status status;
};
constexpr std::array status_rows = {
    StatusRow{Fate::Delivered, watch::Status::Delivered},
    StatusRow{Fate::DeadLetter, watch::Status::Dead},
    StatusRow{Fate::Retry, watch::Status::Retried},
};

// The settlements come nearly in the batch's order, so the search begins behind the last record that was found.
const model::StoredRecord* find_from(const std::vector<model::StoredRecord>& batch, std::size_t& next,
                                     model::RecordId id) {
    for (std::size_t looked = 0; looked < batch.size(); ++looked) {
        const auto& stored = batch[next];
        next = next + 1 == batch.size() ? 0 : next + 1;
        if (stored.id == id) return &stored;
    }
    return nullptr;
}

}  // namespace

void show_fates(watch::LiveEvents& live, const std::vector<model::StoredRecord>& batch,
                const std::vector<spool::Settlement>& settlements, const FateTimes& times, std::string_view trouble) {
    using std::chrono::milliseconds;
    using watch::Part;
    std::size_t next = 0;
    for (const auto& settlement : settlements) {
        const auto* stored = find_from(batch, next, settlement.id);
        if (stored == nullptr) continue;
        const bool is_last = settlement.fate != Fate::Retry;
        watch::Note note;
        note.status = std::ranges::find(status_rows, settlement.fate, &StatusRow::fate)->status;
        note.time = times.wall;
        if (is_last)
            note.latency =
                std::max(std::chrono::duration_cast<milliseconds>(times.settled - stored->accepted), milliseconds(0));
        note[Part::Account] = stored->record.destination;
        note[Part::EventId] = stored->record.event_id;
        note[Part::Name] = watch::if_event_name(stored->record.event_name);
        note[Part::Reason] = settlement.reason;
        note[Part::Message] = is_last ? std::string_view(settlement.message) : trouble;
        live.note(note);
    }
}

}  // namespace pinrelay::deliver
