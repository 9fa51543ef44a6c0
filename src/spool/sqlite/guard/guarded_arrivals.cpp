#include "guarded_arrivals.hpp"

#include <utility>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::spool {

RecordId GuardedArrivals::insert(Record record, Time accepted) {
    const RecordId id = ++memory_.last.id;
    store_.records().insert(id, record, accepted, {});
    ++counts_of(record).stored;
    change_.note_appended(record);
    memory_.recent.add({id, std::move(record), accepted});
    return id;
}

Admission GuardedArrivals::admit(Arrival& arrival, Time accepted) {
    if (memory_.guard == nullptr) {
        return {.record = insert(std::move(arrival.record), accepted)};
    }
    DuplicateGuard& guard = *memory_.guard;
    const EventKey key = guard.hash().key_of(arrival.record);
    const Said said = guard.hash().shortened(said_in(arrival));
    const auto known = guard.find(key);
    if (!known) {
        const RecordId id = insert(std::move(arrival.record), accepted);
        guard.remember_new(key, {said, id, 0});
        return {.record = id};
    }
    if (known->other != 0 && guard.repeats(key, *known, guard.hash().print_of(said))) {
        ++counts_of(arrival.record).folded;
        return {.folded = true, .record = known->record};
    }
    if (known->record != 0) return admit_known(arrival, accepted, key, said, *known);
    const RecordId id = insert(std::move(arrival.record), accepted);
    guard.remember(key, {said, id, known->other});
    return {.record = id};
}

Admission GuardedArrivals::admit_known(Arrival& arrival, Time accepted, const EventKey& key, const Said& said,
                                       const Known& known) {
    KeyedHash& hash = memory_.guard->hash();
    Record& record = arrival.record;
    Counts& counts = counts_of(record);
    const Place place = place_of(known.record, record);
    const Decision decision = decide(said, known.said, place);
    counts.folded += decision.folds() ? 1 : 0;
    counts.reused += decision.reused ? 1 : 0;
    counts.conflicts += decision.conflict ? 1 : 0;

    if (decision.action == Action::Fold) {
        if (place != Place::Gone) keep_copy(known.record, {{said, 0, 0}, record, accepted});
        return {.folded = true, .record = known.record};
    }
    const std::uint32_t known_print = hash.print_of(known.said);
    const std::uint32_t print = hash.print_of(said);
    const auto remember_as = [&](RecordId id) {
        remember(key, known, known_after(decision, known, known_print, said, print, id));
    };
    if (decision.action == Action::TakePlace) {
        remember_as(known.record);
        take_place(known, record);
        return {.folded = true, .record = known.record};
    }
    const RecordId id = insert(std::move(record), accepted);
    remember_as(id);
    if (decision.action == Action::Displace) {
        store_.copies().move(known.record, id);
        return {.record = id, .displaced = known.record};
    }
    // One of the two is not the one that the guard knows.
    if (!decision.remembered) store_.rivals().put(id, {print, said.trust});
    if (decision.remembered && place != Place::Gone) store_.rivals().put(known.record, {known_print, known.said.trust});
    return {.record = id};
}

void GuardedArrivals::take_place(const Known& known, const Record& record) {
    auto original = store_.records().find(known.record);
    store_.records().take_place(known.record, record);
    memory_.recent.remove(known.record);
    if (original) keep_copy(known.record, {{known.said, 0, 0}, std::move(original->record), original->accepted});
}

void GuardedArrivals::remember(const EventKey& key, const Known& before, const KnownAfter<std::uint32_t>& after) {
    if (after.known != before) memory_.guard->remember(key, after.known);
    if (after.version) memory_.guard->remember_version(key, *after.version);
}

Place GuardedArrivals::place_of(RecordId id, const Record& arrival) {
    const auto interrupted = store_.records().is_interrupted(id, arrival);
    if (!interrupted) return Place::Gone;
    return memory_.held.contains(id) || *interrupted ? Place::Leased : Place::Waits;
}

// The body of the record is looked at only for a copy that would be kept.
void GuardedArrivals::keep_copy(RecordId id, const CopyTable::Copy& copy) {
    const auto kept = store_.copies().find(id);
    if (kept && !is_better_copy(copy.known.said, *kept)) return;
    if (!store_.records().has_body(id, copy.record.body)) store_.copies().put(id, copy);
}

std::vector<RecordId> GuardedArrivals::take_displaced(std::vector<StoredRecord>& due) {
    std::vector<RecordId> displaced;
    if (memory_.guard == nullptr || store_.rivals().is_empty()) return displaced;
    std::vector<StoredRecord> left;
    left.reserve(due.size());
    for (StoredRecord& stored : due) {
        if (is_displaced(stored)) {
            displaced.push_back(stored.id);
        } else {
            left.push_back(std::move(stored));
        }
    }
    due = std::move(left);
    return displaced;
}

bool GuardedArrivals::is_displaced(const StoredRecord& stored) {
    const auto rival = store_.rivals().find(stored.id);
    if (!rival) return false;
    const auto known = memory_.guard->find(memory_.guard->hash().key_of(stored.record));
    return known && outranks(known->said.trust, rival->trust) && known->record != stored.id &&
           place_of(known->record, stored.record) != Place::Gone;
}

void GuardedArrivals::delivered(RecordId id) {
    store_.copies().remove(id);
    store_.rivals().take(id);
}

bool GuardedArrivals::buried(RecordId id, const Record& record, std::string_view reason, Time too_old_before) {
    const auto rival = store_.rivals().take(id);
    if (memory_.guard == nullptr) {
        store_.copies().remove(id);
        return false;
    }
    const EventKey key = memory_.guard->hash().key_of(record);
    forget(key, id, rival);
    if (reason == reasons::displaced.label) {
        const auto known = memory_.guard->find(key);
        if (known && known->record != 0) store_.copies().move(id, known->record);
        store_.copies().remove(id);
        return false;
    }
    auto copy = store_.copies().take(id, record);
    if (!copy || !may_fare_better(reason, copy->record, record, too_old_before)) return false;
    bring_back(std::move(*copy), key);
    return true;
}

// Its sender may send the event once more. What was stored beside it has not died.
void GuardedArrivals::forget(const EventKey& key, RecordId id, const std::optional<RivalTable::Rival>& rival) {
    DuplicateGuard& guard = *memory_.guard;
    auto known = guard.find(key);
    if (rival && rival->print != 0) guard.forget_version(key, rival->print);
    if (!known) return;
    Known left = *known;
    if (rival && left.other == rival->print) left.other = 0;
    if (left.record == id) left.record = 0;
    if (left.record == 0 && left.other == 0) return guard.forget(key);
    if (left != *known) guard.remember(key, left);
}

void GuardedArrivals::bring_back(CopyTable::Copy copy, const EventKey& key) {
    DuplicateGuard& guard = *memory_.guard;
    ++counts_of(copy.record).unfolded;
    const Record& record = copy.record;
    store_.journal().sent_after_all(record, memory_.last.id + 1, guard.now());
    const RecordId id = insert(std::move(copy.record), copy.accepted);
    const auto known = guard.find(key);
    if (!known || known->record == 0) {
        copy.known.record = id;
        copy.known.other = known ? known->other : 0;
        return guard.remember(key, copy.known);
    }
    const Version<std::uint32_t> other{guard.hash().print_of(copy.known.said), copy.known.said.trust};
    remember(key, *known, with_other(*known, other));
    store_.rivals().put(id, other);
}

}  // namespace pinrelay::spool
