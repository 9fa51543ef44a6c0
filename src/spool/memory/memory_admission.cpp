#include <utility>

#include "memory_model.hpp"
#include "pinrelay/spool/dead_letter_reasons.hpp"

// What MemoryModel does with duplicates.
namespace pinrelay::spool {

RecordId MemoryModel::insert(Record record, Time accepted) {
    Pending entry;
    entry.stored.id = ++last_id_;
    entry.stored.accepted = accepted;
    entry.stored.record = std::move(record);
    ++counts_of(entry.stored.record).stored;
    ledger_.bytes += entry.stored.record.body.size();
    pending_.emplace(last_id_, std::move(entry));
    return last_id_;
}

bool MemoryModel::admit(const Arrival& arrival, Time now) {
    const Record& record = arrival.record;
    const Said said = said_in(arrival);
    const auto known = guard_.find(record);
    if (!guard_.is_on() || !known) {
        const RecordId id = insert(record, now);
        if (guard_.is_on()) guard_.remember(record, {said, id, std::nullopt});
        return true;
    }
    Counts& counts = counts_of(record);
    if (repeats_the_last(*known, std::optional(said))) {
        ++counts.folded;
        return false;
    }
    const auto original = pending_.find(known->record);
    const Place place = original == pending_.end()                                  ? Place::Gone
                        : held_.contains(known->record) || original->second.sending ? Place::Leased
                                                                                    : Place::Waits;
    const Decision decision = decide(said, known->said, place);
    counts.folded += decision.folds() ? 1 : 0;
    counts.reused += decision.reused ? 1 : 0;
    counts.conflicts += decision.conflict ? 1 : 0;
    if (decision.action == Action::Fold) {
        if (place != Place::Gone) keep_copy(original->second, {said, record, now});
        return false;
    }
    const bool takes_place = decision.action == Action::TakePlace;
    const RecordId id = takes_place ? known->record : insert(record, now);
    guard_.remember(record, known_after(decision, *known, std::optional(known->said), said, std::optional(said), id));
    if (takes_place) {
        take_place(original->second, arrival, known->said);
        return false;
    }
    if (decision.action == Action::Displace) {
        displace(known->record, id, now);
        return true;
    }
    if (!decision.remembered) pending_.at(id).rival = said.trust;
    if (decision.remembered && place != Place::Gone) original->second.rival = known->said.trust;
    return true;
}

void MemoryModel::take_place(Pending& entry, const Arrival& arrival, const Said& known) {
    const Copy before{known, entry.stored.record, entry.stored.accepted};
    Record& record = entry.stored.record;
    ledger_.bytes += arrival.record.body.size() - record.body.size();
    const std::string label = record.event_label;
    record = arrival.record;
    record.event_label = label;
    keep_copy(entry, before);
}

void MemoryModel::keep_copy(Pending& entry, const Copy& copy) {
    if (copy.record.body == entry.stored.record.body) return;
    if (!entry.copy || is_better_copy(copy.said, entry.copy->said)) entry.copy = copy;
}

void MemoryModel::displace(RecordId id, RecordId by, Time now) {
    Pending& displaced = pending_.at(id);
    if (!pending_.at(by).copy) pending_.at(by).copy = std::move(displaced.copy);
    displaced.copy.reset();
    end(Settlement::dead(id, reasons::displaced.label, {}), now, {});
}

bool MemoryModel::displace_if_outranked(RecordId id, Time now) {
    const Pending& entry = pending_.at(id);
    if (!entry.rival) return false;
    const auto known = guard_.find(entry.stored.record);
    if (!known || !outranks(known->said.trust, *entry.rival) || known->record == id ||
        !pending_.contains(known->record))
        return false;
    displace(id, known->record, now);
    return true;
}

void MemoryModel::forget(const Pending& entry, const std::string& reason, Time too_old_before) {
    if (!guard_.is_on() || reason == reasons::displaced.label) return;
    const Record& record = entry.stored.record;
    auto known = guard_.find(record);
    const bool is_known = known && known->record == entry.stored.id;
    if (is_known) guard_.forget(record);
    if (!is_known && known && entry.rival) {
        known->last.reset();
        guard_.remember(record, *known);
    }
    const auto& copy = entry.copy;
    if (!copy || !may_fare_better(reason, copy->record, record, too_old_before)) return;
    const RecordId id = insert(copy->record, copy->accepted);
    ++counts_of(copy->record).unfolded;
    if (is_known || !known) {
        guard_.remember(copy->record, {copy->said, id, std::nullopt});
    } else {
        pending_.at(id).rival = copy->said.trust;
    }
}

}  // namespace pinrelay::spool
