#include "pinrelay/spool/memory.hpp"

#include <mutex>
#include <utility>

#include "memory_model.hpp"

namespace pinrelay::spool {
namespace {

class LockedModel final : public MemorySpool {
public:
    LockedModel(Clock clock, DuplicateOptions duplicates) : clock_(std::move(clock)), model_(duplicates) {}

    void append(std::vector<Arrival> arrivals, Checked done) override {
        const Time now = clock_();
        const std::size_t count = arrivals.size();
        Duplicates duplicates;
        const bool open = unless_closed([&] { duplicates = model_.append(std::move(arrivals), now); });
        const bool stored = open && duplicates.size() < count;
        if (done) done(open ? Result<Duplicates>(std::move(duplicates)) : Result<Duplicates>(SpoolErrc::Closed));
        if (stored && listener_) listener_();
    }

    void check_duplicates(std::vector<Arrival> arrivals, Checked checked) override {
        const Time now = clock_();
        Duplicates duplicates;
        const bool open = unless_closed([&] { duplicates = model_.check_duplicates(arrivals, now); });
        checked(open ? Result<Duplicates>(std::move(duplicates)) : Result<Duplicates>(SpoolErrc::Closed));
    }

    void lease(LeaseRequest request, Leased leased) override {
        const Time now = clock_();
        std::vector<StoredRecord> taken;
        const bool open = unless_closed([&] { taken = model_.lease(request, now); });
        if (!open) return leased(SpoolErrc::Closed);
        leased(std::move(taken));
    }

    void settle(std::vector<Settlement> settlements, Done done) override {
        const Time now = clock_();
        bool appended = false;
        const bool open = unless_closed([&] { appended = appends([&] { model_.settle(settlements, now); }); });
        if (done) done(open ? Result<void>() : Result<void>(SpoolErrc::Closed));
        if (appended && listener_) listener_();
    }

    void expire(std::string destination, Time before, std::string reason, std::string message, std::size_t limit,
                Expired expired) override {
        const Time now = clock_();
        std::size_t count = 0;
        bool appended = false;
        const bool open = unless_closed([&] {
            appended = appends([&] { count = model_.expire(destination, before, reason, message, limit, now); });
        });
        if (!open) return expired(SpoolErrc::Closed);
        expired(count);
        if (appended && listener_) listener_();
    }

    void on_append(std::function<void()> listener) override { listener_ = std::move(listener); }

    Ledger ledger() const override {
        const std::lock_guard lock(mutex_);
        return model_.ledger();
    }

    Waiting waiting(const std::string& destination) const override {
        const std::lock_guard lock(mutex_);
        return model_.waiting(destination);
    }

    std::vector<DeadLetter> dead_letters(const std::string& destination, std::size_t limit) const override {
        const std::lock_guard lock(mutex_);
        return model_.dead_letters(destination, limit);
    }

    void close() override {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }

private:
    // Whether duplicates became records.
    template <class Action>
    bool appends(Action action) {
        const std::uint64_t before = model_.ledger().total().unfolded;
        action();
        return model_.ledger().total().unfolded > before;
    }

    template <class Action>
    bool unless_closed(Action action) {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        action();
        return true;
    }

    Clock clock_;
    std::function<void()> listener_;
    mutable std::mutex mutex_;
    MemoryModel model_;
    bool closed_ = false;
};

}  // namespace

std::unique_ptr<MemorySpool> make_memory_spool(Clock clock, DuplicateOptions duplicates) {
    return std::make_unique<LockedModel>(std::move(clock), duplicates);
}

}  // namespace pinrelay::spool
