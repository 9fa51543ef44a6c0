#include "group.hpp"

#include <algorithm>
#include <utility>

#include "pinrelay/spool/dead_letter_reasons.hpp"
#include "spool/duplicates/find_duplicates.hpp"

namespace pinrelay::spool {
namespace {

// What one transaction removes of the dead letters beside as much as it adds: some milliseconds of work.
constexpr std::size_t removed_letters_at_once = 500;
constexpr std::uint64_t removed_bytes_at_once = 2'000'000;

// By one lease, beside those of its last look: some tens of milliseconds of work.
constexpr std::size_t most_displaced_at_once = 1000;

struct TimeOf {
    Time operator()(const AppendCommand& append) const { return append.accepted; }
    Time operator()(const CheckCommand& check) const { return check.now; }
    Time operator()(const LeaseCommand& lease) const { return lease.leased_at; }
    Time operator()(const SettleCommand& settle) const { return settle.settled; }
    Time operator()(const ExpireCommand& expire) const { return expire.expired_at; }
};

}  // namespace

Group::~Group() {
    if (committed_) return;
    memory_.recent.clear();
    if (memory_.guard != nullptr) memory_.guard->undo();
    for (auto change = hold_changes_.rbegin(); change != hold_changes_.rend(); ++change) {
        if (change->held) {
            memory_.held.erase(change->id);
        } else {
            memory_.held.emplace(change->id, change->key);
        }
    }
}

void Group::commit(std::vector<Command>& commands) {
    const auto changes_before = store_.connection().changes();
    store_.begin();
    const bool another_wrote = store_.another_wrote();
    if (another_wrote) {
        memory_.learn(store_.records().last());
        memory_.learn(Ledger());
    }
    begin_guarding(commands);
    for (Command& command : commands) std::visit([this](auto& each) { apply(each); }, command);
    limit_dead_letters(another_wrote);
    store_.counts().add(change_);
    left_out_ = store_.journal().dropped(journal_.dropped);
    store_.journal().write(journal_.confirmed);
    if (memory_.guard != nullptr) store_.seen().write(*memory_.guard);
    if (another_wrote) reread_ = store_.counts().read();
    count_waiting();
    wrote_ = store_.connection().changes() != changes_before;
    if (wrote_ || another_wrote) bytes_ = store_.bytes();
    store_.commit();
    committed_ = true;
    if (reread_) memory_.learn(*reread_);
    for (const auto& [destination, waiting] : waiting_) memory_.waiting[destination] = waiting;
    if (memory_.guard != nullptr) memory_.guard->keep();
}

// All that happens in a group counts as of its first command: the others came while that waited.
void Group::begin_guarding(const std::vector<Command>& commands) {
    if (memory_.guard == nullptr) return;
    Time now = memory_.guard->now();
    if (!commands.empty()) now = std::visit(TimeOf{}, commands.front());
    memory_.guard->advance(now);
}

void Group::apply(AppendCommand& append) {
    for (std::size_t i = 0; i < append.arrivals.size(); ++i) {
        store_.journal().arrives(append.arrivals[i], append.accepted);
        const Admission admission = arrivals_.admit(append.arrivals[i], append.accepted);
        if (admission.folded) {
            store_.journal().is_duplicate(admission.record);
            append.duplicates.push_back(i);
            continue;
        }
        store_.journal().stored(admission.record);
        appended_ = true;
        if (admission.displaced != 0) displace(admission.displaced, append.accepted);
    }
}

void Group::apply(CheckCommand& check) {
    if (memory_.guard == nullptr) return;
    const auto place_of = [this](RecordId id, const Record& record) { return arrivals_.place_of(id, record); };
    check.duplicates = find_duplicates(check.arrivals, *memory_.guard, place_of);
}

// Records that a more trusted one has displaced are not leased. A stranger may have sent very many of them: those that
// are left are for a later lease, and the listener is told that there is one to make.
void Group::lease_due(LeaseCommand& lease) {
    std::size_t displaced = 0;
    for (bool again = true; again;) {
        lease.taken = store_.due().choose(lease.request, memory_.held, memory_.recent);
        const auto ids = arrivals_.take_displaced(lease.taken);
        for (const RecordId id : ids) displace(id, lease.leased_at);
        displaced += ids.size();
        const bool in_vain = lease.taken.empty() && !ids.empty();
        again = in_vain && displaced < most_displaced_at_once;
        appended_ = appended_ || (in_vain && !again);
    }
}

void Group::apply(LeaseCommand& lease) {
    lease_due(lease);
    for (const StoredRecord& stored : lease.taken) {
        hold(stored);
        // After a crash nobody else could tell that a second copy may be sent, which the destination would count again.
        if (!stored.record.deduplicated && !stored.interrupted) store_.records().mark_sending(stored.id);
    }
}

void Group::apply(SettleCommand& command) {
    for (const Settlement& settlement : command.settlements) {
        if (settlement.fate == Settlement::Fate::Delivered && collect_delivered(settlement, command.settled)) continue;
        remove_delivered();
        settle(settlement, command.settled);
    }
    remove_delivered();
}

// Whether the record is one of those that are removed together.
bool Group::collect_delivered(const Settlement& settlement, Time now) {
    const auto held = memory_.held.find(settlement.id);
    if (held == memory_.held.end() || held->second == nullptr) return false;
    delivered_.push_back({settlement.id, held->second});
    store_.journal().delivered(settlement.id, settlement.reason, now);
    release(settlement.id);
    return true;
}

// Records that were appended one after the other are mostly delivered together: one statement for each such run.
void Group::remove_delivered() {
    std::ranges::sort(delivered_, {}, &Delivered::id);
    for (auto first = delivered_.begin(); first != delivered_.end();) {
        const auto gap = std::ranges::adjacent_find(
            first, delivered_.end(), [](const Delivered& one, const Delivered& next) { return one.id + 1 != next.id; });
        const auto end = gap == delivered_.end() ? gap : std::next(gap);
        auto removed = store_.records().remove(first->id, std::prev(end)->id);
        for (; first != end; ++first) {
            arrivals_.delivered(first->id);
            // A held record is always there, but in a damaged file.
            if (removed-- > 0) ++change_.by_label[*first->key].delivered;
        }
    }
    delivered_.clear();
}

void Group::apply(ExpireCommand& expire) {
    const auto old = store_.old().choose(expire.destination, expire.before, expire.limit, memory_.held);
    for (const RecordId id : old)
        settle(Settlement::dead(id, expire.reason, expire.message), expire.expired_at, expire.before);
    expire.count = old.size();
}

void Group::settle(const Settlement& settlement, Time now, Time too_old_before) {
    release(settlement.id);
    memory_.recent.remove(settlement.id);
    if (settlement.fate == Settlement::Fate::Retry) {
        store_.records().postpone(settlement.id, settlement.not_before, settlement.sends);
        return;
    }
    if (settlement.fate == Settlement::Fate::DeadLetter) return bury(settlement, now, too_old_before);
    if (const auto label = store_.records().remove(settlement.id)) {
        ++change_.by_label[*label].delivered;
        store_.journal().delivered(settlement.id, settlement.reason, now);
    }
    arrivals_.delivered(settlement.id);
}

void Group::displace(RecordId id, Time now) { bury(Settlement::dead(id, reasons::displaced.label, {}), now, {}); }

void Group::bury(const Settlement& settlement, Time now, Time too_old_before) {
    memory_.recent.remove(settlement.id);
    const auto buried = store_.records().bury(settlement, memory_.last.number + 1, now);
    if (!buried) return;
    ++memory_.last.number;
    ++change_.by_label[{buried->destination, buried->event_label}].dead_lettered;
    ++change_.dead_by_reason[{buried->destination, settlement.reason}];
    store_.journal().died(settlement.id, settlement.reason, now);
    const bool brought_back = arrivals_.buried(settlement.id, *buried, settlement.reason, too_old_before);
    appended_ = appended_ || brought_back;
}

// As many as the group adds can be removed as well, so that the surplus never grows.
void Group::limit_dead_letters(bool another_wrote) {
    const bool exceeded = letters_.known_bytes > letters_.max_bytes;
    if (change_.dead_by_reason.empty() && !another_wrote && !exceeded && !letters_.died_before) return;
    dead_letters_ = store_.counts().dead_letters();
    LetterRemoval::Budget budget{removed_letters_at_once, removed_bytes_at_once};
    std::uint64_t bytes = 0;
    for (const auto& [destination, size] : *dead_letters_) bytes += size.bytes;
    for (const auto& [reason, letters] : change_.dead_by_reason) budget.letters += letters;
    budget.bytes += bytes - std::min(bytes, letters_.known_bytes);
    if (letters_.died_before)
        old_letters_left_ = store_.removal().remove_died_before(*letters_.died_before, *dead_letters_, budget, change_);
    store_.removal().remove_surplus(letters_.max_bytes, *dead_letters_, budget, change_);
    std::erase_if(*dead_letters_, [](const auto& each) { return each.second.letters == 0; });
}

// Where the group took records away or changed them, the oldest is looked up.
Waiting Group::waiting_after(const std::string& destination, const Counts& change) {
    const auto known = memory_.waiting.find(destination);
    Waiting waiting = known == memory_.waiting.end() ? Waiting() : known->second;
    waiting.pending += change.pending();
    if (waiting.pending == 0) return {};
    const auto appended = change_.appended.find(destination);
    const bool only_appended = change.delivered + change.dead_lettered + change.folded == 0;
    if (!only_appended || appended == change_.appended.end()) {
        waiting.oldest = store_.counts().oldest_pending(destination);
    } else {
        waiting.oldest = std::min(waiting.oldest.value_or(Time::max()), appended->second.oldest);
    }
    return waiting;
}

void Group::count_waiting() {
    if (reread_) return;
    for (const auto& [destination, counts] : change_.by_destination())
        waiting_[destination] = waiting_after(destination, counts);
}

void Group::hold(const StoredRecord& stored) {
    const LedgerKey* key = &memory_.keys.of(stored.record);
    hold_changes_.push_back({stored.id, key, true});
    memory_.held.emplace(stored.id, key);
}

void Group::release(RecordId id) {
    const auto held = memory_.held.find(id);
    if (held == memory_.held.end()) return;
    hold_changes_.push_back({id, held->second, false});
    memory_.held.erase(held);
}

}  // namespace pinrelay::spool
