#include "group_queue.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace pinrelay::spool {
namespace {

constexpr auto unbounded = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t part_for_known = 10;  // a tenth of a bound

Bounds bounds_of_strangers(const Bounds& bounds) noexcept {
    const auto without_part = [](std::uint64_t bound) { return bound - bound / part_for_known; };
    return {without_part(bounds.records), without_part(bounds.bytes), without_part(bounds.waiting_bytes)};
}

// A stranger's request has no arrival of a known sender, for whatever account.
bool is_of_stranger(const Command& command) {
    const auto* append = std::get_if<AppendCommand>(&command);
    return append != nullptr && std::ranges::all_of(append->arrivals, [](const Arrival& arrival) {
               return arrival.trust < model::Trust::Network;
           });
}

}  // namespace

std::optional<SpoolErrc> GroupQueue::push(Command& command) {
    const Usage usage = usage_of(command);
    bool wakes = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return SpoolErrc::Closed;
        if (usage.total.records > 0) {
            if (keeps_room_for_known_ && is_of_stranger(command) &&
                !has_room(usage.total, bounds_of_strangers(bounds_)))
                return SpoolErrc::KnownOnly;
            if (!has_room(usage.total, bounds_)) {
                refused_ = usage.total;
                return SpoolErrc::Full;
            }
            if (!within_share(usage)) return SpoolErrc::ShareFull;
        }
        const bool is_append = std::holds_alternative<AppendCommand>(command);
        appends_ += is_append ? 1 : 0;
        wakes = commands_.empty() || (is_append && appends_ == wanted_);
        commands_.push_back(std::move(command));
        waiting_ += usage;
    }
    // The writer sleeps at an empty queue, or until enough have come: one wake-up per group, not per command.
    if (wakes) something_.notify_one();
    return std::nullopt;
}

Load GroupQueue::in_memory() const noexcept {
    Load load = waiting_.total;
    return load += taken_.total;
}

bool GroupQueue::has_room(Load load, const Bounds& bounds) const noexcept {
    const Load others = in_memory();
    if (others.bytes > 0 && others.bytes + load.bytes > bounds.waiting_bytes) return false;
    return stored_.total.records + others.records + load.records <= bounds.records &&
           stored_.total.bytes + others.bytes + load.bytes <= bounds.bytes;
}

bool GroupQueue::within_share(const Usage& usage) const {
    Load memory = in_memory();
    // As for has_room, one that is alone may be of any size.
    const std::uint64_t memory_bound = memory.bytes > 0 ? bounds_.waiting_bytes : unbounded;
    memory += usage.total;
    Load total = stored_.total;
    total += memory;
    if (share_.is_first_come(memory.bytes, memory_bound) && share_.is_first_come(total.records, bounds_.records) &&
        share_.is_first_come(total.bytes, bounds_.bytes))
        return true;

    Usage unwritten = usage;
    unwritten += waiting_;
    unwritten += taken_;
    Usage all = unwritten;
    all += stored_;
    return std::ranges::all_of(usage.by_destination, [&](const auto& destination) {
        const std::string& name = destination.first;
        return share_.allows(name, unwritten, &Load::bytes, memory_bound) &&
               share_.allows(name, all, &Load::records, bounds_.records) &&
               share_.allows(name, all, &Load::bytes, bounds_.bytes);
    });
}

void GroupQueue::share_between(std::vector<std::string> destinations) {
    const std::lock_guard lock(mutex_);
    share_.divide_between(std::move(destinations));
}

void GroupQueue::keep_room_for_known(bool keep) {
    const std::lock_guard lock(mutex_);
    keeps_room_for_known_ = keep;
}

bool GroupQueue::take(std::vector<Command>& group, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    something_.wait_for(lock, timeout, [this] { return closed_ || !commands_.empty(); });
    if (commands_.empty()) return !closed_;
    wait_for_more(lock);
    group.swap(commands_);
    taken_ = std::exchange(waiting_, {});
    delay_.commit_began(std::exchange(appends_, 0));
    committing_ = true;
    return true;
}

void GroupQueue::wait_for_more(std::unique_lock<std::mutex>& lock) {
    const auto wait = delay_.before_commit_of(appends_, std::chrono::steady_clock::now());
    if (!wait) return;
    wanted_ = wait->appends;
    something_.wait_for(lock, wait->longest, [this] { return closed_ || appends_ >= wanted_; });
    wanted_ = 0;
}

void GroupQueue::finished(Usage stored) {
    const std::lock_guard lock(mutex_);
    taken_ = {};
    if (std::exchange(committing_, false)) delay_.commit_ended(std::chrono::steady_clock::now());
    stored_ = std::move(stored);
    if (refused_ && has_room(*refused_, bounds_)) refused_.reset();
}

bool GroupQueue::full() const {
    const std::lock_guard lock(mutex_);
    return refused_.has_value();
}

void GroupQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    something_.notify_one();
}

}  // namespace pinrelay::spool
