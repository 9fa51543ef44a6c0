#include "guarded_arrivals.hpp"

#include <algorithm>
#include <utility>

#include "pinrelay/spool/dead_letter_reasons.hpp"

namespace pinrelay::spool {
namespace {

bool share_an_id(const Record& one, const Record& other) {
    return one.event_id == other.event_id && one.event_name == other.event_name && one.destination == other.destination;
}

}  // namespace

RecordId GuardedArrivals::insert(const Record& record, Time accepted) {
    store_.records().insert(++memory_.last.id, record, accepted, {});
    ++counts_of(record).stored;
    return memory_.last.id;
}

Admission GuardedArrivals::admit(const Arrival& arrival, Time accepted) {
    if (memory_.guard == nullptr) {
        insert(arrival.record, accepted);
        return {};
    }
    DuplicateGuard& guard = *memory_.guard;
    const EventKey key = guard.hash().key_of(arrival.record);
    const Said said = guard.hash().shortened(said_in(arrival));
    if (const auto known = guard.find(key)) return admit_known(arrival, accepted, key, said, *known);
    guard.remember_new(key, {said, insert(arrival.record, accepted), 0});
    return {};
}

Admission GuardedArrivals::admit_known(const Arrival& arrival, Time accepted, const EventKey& key, const Said& said,
                                       const Known& known) {
    KeyedHash& hash = memory_.guard->hash();
    const Record& record = arrival.record;
    Counts& counts = counts_of(record);
    if (known.last != 0 && repeats_the_last(known, hash.print_of(said))) {
        ++counts.folded;
        return {.folded = true};
    }
    auto original = store_.records().find(known.record);
    if (original && !share_an_id(original->record, record)) original.reset();
    const bool leased = original && (memory_.held.contains(known.record) || original->interrupted);
    const Place place = !original ? Place::Gone : leased ? Place::Leased : Place::Waits;
    const Decision decision = decide(said, known.said, place);
    counts.folded += decision.folds() ? 1 : 0;
    counts.reused += decision.reused ? 1 : 0;
    counts.conflicts += decision.conflict ? 1 : 0;

    if (decision.action == Action::Fold) {
        if (original && original->record.body != record.body) keep_copy(known.record, {{said, 0, 0}, record, accepted});
        return {.folded = true};
    }
    const bool takes_place = decision.action == Action::TakePlace;
    const RecordId id = takes_place ? known.record : insert(record, accepted);
    const Known after = known_after(decision, known, hash.print_of(known.said), said, hash.print_of(said), id);
    memory_.guard->remember(key, after);
    if (takes_place) {
        store_.records().take_place(id, record);
        if (original->record.body != record.body)
            keep_copy(id, {{known.said, 0, 0}, std::move(original->record), original->accepted});
        return {.folded = true};
    }
    if (decision.action == Action::Displace) {
        store_.copies().move(known.record, id);
        return {.displaced = known.record};
    }
    // One of the two is not the one that the guard knows.
    if (!decision.remembered) store_.rivals().put(id, said.trust);
    if (decision.remembered && original) store_.rivals().put(known.record, known.said.trust);
    return {};
}

Place GuardedArrivals::place_of(RecordId id, const Record& arrival) {
    const auto stored = store_.records().find(id);
    if (!stored || !share_an_id(stored->record, arrival)) return Place::Gone;
    return memory_.held.contains(id) || stored->interrupted ? Place::Leased : Place::Waits;
}

void GuardedArrivals::keep_copy(RecordId id, const CopyTable::Copy& copy) {
    const auto kept = store_.copies().find(id);
    if (!kept || is_better_copy(copy.known.said, *kept)) store_.copies().put(id, copy);
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
    const auto trust = store_.rivals().find(stored.id);
    if (!trust) return false;
    const auto known = memory_.guard->find(memory_.guard->hash().key_of(stored.record));
    return known && outranks(known->said.trust, *trust) && known->record != stored.id &&
           place_of(known->record, stored.record) != Place::Gone;
}

void GuardedArrivals::delivered(RecordId id) {
    store_.copies().remove(id);
    store_.rivals().remove(id);
}

bool GuardedArrivals::buried(RecordId id, const Record& record, std::string_view reason, Time too_old_before) {
    const bool was_rival = store_.rivals().remove(id);
    if (memory_.guard == nullptr) {
        store_.copies().remove(id);
        return false;
    }
    DuplicateGuard& guard = *memory_.guard;
    const EventKey key = guard.hash().key_of(record);
    auto known = guard.find(key);
    if (reason == reasons::displaced.label) {
        if (known && known->record != id) store_.copies().move(id, known->record);
        store_.copies().remove(id);
        return false;
    }
    const bool is_known = known && known->record == id;
    if (is_known) guard.forget(key);
    if (known && was_rival && known->last != 0) {
        known->last = 0;  // it may have been this one, whose sender may send it again
        guard.remember(key, *known);
    }
    auto copy = store_.copies().take(id, record);
    if (!copy || !may_fare_better(reason, copy->record, record, too_old_before)) return false;
    return bring_back(std::move(*copy), key, is_known || !known);
}

bool GuardedArrivals::bring_back(CopyTable::Copy copy, const EventKey& key, bool known) {
    const RecordId id = insert(copy.record, copy.accepted);
    ++counts_of(copy.record).unfolded;
    change_.appended_bytes[copy.record.destination] += bytes_of(copy.record);
    if (known) {
        copy.known.record = id;
        memory_.guard->remember(key, copy.known);
    } else {
        store_.rivals().put(id, copy.known.said.trust);
    }
    return true;
}

}  // namespace pinrelay::spool
