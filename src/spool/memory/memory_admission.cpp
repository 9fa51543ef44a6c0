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
    if (guard_.repeats(record, *known, said)) {
        ++counts.folded;
        return false;
    }
    if (known->record == 0) {
        guard_.remember(record, {said, insert(record, now), known->other});
        return true;
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
    remember(record, *known, known_after(decision, *known, std::optional(known->said), said, std::optional(said), id));
    if (takes_place) {
        take_place(original->second, arrival, known->said);
        return false;
    }
    if (decision.action == Action::Displace) {
        displace(known->record, id, now);
        return true;
    }
    if (!decision.remembered) pending_.at(id).rival = said;
    if (decision.remembered && place != Place::Gone) original->second.rival = known->said;
    return true;
}

void MemoryModel::remember(const Record& record, const ReferenceGuard::Known& before,
                           const KnownAfter<ReferenceGuard::Print>& after) {
    if (after.known != before) guard_.remember(record, after.known);
    if (after.version) guard_.remember_version(record, *after.version);
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
    if (!known || !outranks(known->said.trust, entry.rival->trust) || known->record == id ||
        !pending_.contains(known->record))
        return false;
    displace(id, known->record, now);
    return true;
}

void MemoryModel::forget(const Pending& entry) {
    if (!guard_.is_on()) return;
    const Record& record = entry.stored.record;
    const auto known = guard_.find(record);
    if (entry.rival) guard_.forget_version(record, *entry.rival);
    if (!known) return;
    ReferenceGuard::Known left = *known;
    if (entry.rival && left.other == entry.rival) left.other.reset();
    if (left.record == entry.stored.id) left.record = 0;
    if (left.record == 0 && !left.other) return guard_.forget(record);
    if (left != *known) guard_.remember(record, left);
}

void MemoryModel::bring_copy_back(const Pending& gone, const std::string& reason, Time too_old_before) {
    const auto& copy = gone.copy;
    if (!guard_.is_on() || !copy || !may_fare_better(reason, copy->record, gone.stored.record, too_old_before)) return;
    const RecordId id = insert(copy->record, copy->accepted);
    ++counts_of(copy->record).unfolded;
    const auto known = guard_.find(copy->record);
    if (!known || known->record == 0)
        return guard_.remember(copy->record, {copy->said, id, known ? known->other : std::nullopt});
    remember(copy->record, *known, with_other(*known, {std::optional(copy->said), copy->said.trust}));
    pending_.at(id).rival = copy->said;
}

}  // namespace pinrelay::spool
