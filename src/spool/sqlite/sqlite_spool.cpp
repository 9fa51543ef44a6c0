#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "open_store.hpp"
#include "pinrelay/core/confirmed_clock.hpp"
#include "pinrelay/spool/sqlite.hpp"
#include "spool/committed_ledger.hpp"
#include "spool/directory.hpp"
#include "spool/group_queue.hpp"
#include "spool/sqlite/tables/schema.hpp"
#include "writer.hpp"

namespace pinrelay::spool {
namespace {

// Of records that wait for their commit. A disk that takes 100 MB/s is half a second behind then.
constexpr std::uint64_t most_waiting_bytes = 64ULL * 1024 * 1024;

// What the file lists of the guard's memory takes an eighth of the store at most: 60 bytes for a change, with what
// SQLite adds to it.
constexpr std::uint64_t memory_part = 8;
constexpr std::uint64_t bytes_of_key = 60 * changes_per_key;
constexpr std::size_t fewest_keys = 1000;

std::unique_ptr<DuplicateGuard> guard_of(const SqliteOptions& options) {
    DuplicateOptions duplicates = options.duplicates;
    if (duplicates.window.count() == 0) return nullptr;
    const auto keys_with_room = static_cast<std::size_t>(options.max_bytes / memory_part / bytes_of_key);
    duplicates.max_keys = std::min(duplicates.max_keys, std::max(keys_with_room, fewest_keys));
    return std::make_unique<DuplicateGuard>(duplicates);
}

// The journal takes an eighth of the store at most, too.
JournalOptions journal_of(const SqliteOptions& options) {
    JournalOptions journal = options.journal;
    journal.max_bytes = std::min(journal.max_bytes, options.max_bytes / memory_part);
    return journal;
}

// Events that are dropped between two commits; some megabytes at most.
constexpr std::size_t most_dropped_waiting = 10'000;

class SqliteSpool final : public Spool {
public:
    SqliteSpool(const SqliteOptions& options, Clock clock, Clock confirmed, Logger& logger)
        : file_(options.directory / "spool.sqlite"),
          early_(options.durability == Durability::Memory),
          clock_(std::move(clock)),
          confirmed_(confirmed ? std::move(confirmed) : confirmed_clocks(clock_).confirmed),
          logger_(logger),
          lock_(std::in_place, options.directory, DirectoryLock::Work::Relay),
          queue_({options.max_records, options.max_bytes, most_waiting_bytes}),
          letter_limits_(options.dead_letters),
          guard_(guard_of(options)),
          journal_(journal_of(options)),
          writer_({file_, queue_, ledger_, appended_, clock_, confirmed_, letter_limits_, dropped_, journal_, logger_,
                   guard_.get(), early_},
                  open_store(file_, Opening::First, guard_.get(), journal_, clock_, logger_)),
          thread_([this] { writer_.run(); }) {}

    ~SqliteSpool() override { shut(); }

    void append(std::vector<Arrival> arrivals, Checked done) override {
        Checked at_once = early_ ? std::exchange(done, nullptr) : nullptr;
        Command command = AppendCommand{std::move(arrivals), clock_(), std::move(done)};
        if (const auto error = queue_.push(command)) {
            if (early_) std::get<AppendCommand>(command).done = std::move(at_once);
            return refuse(command, *error);
        }
        if (at_once) at_once(Duplicates());
    }

    void check_duplicates(std::vector<Arrival> arrivals, Checked checked) override {
        push(CheckCommand{std::move(arrivals), clock_(), std::move(checked)});
    }

    void lease(LeaseRequest request, Leased leased) override {
        push(LeaseCommand{std::move(request), clock_(), std::move(leased), {}});
    }

    void settle(std::vector<Settlement> settlements, Done done) override {
        push(SettleCommand{std::move(settlements), clock_(), std::move(done)});
    }

    void expire(std::string destination, Time before, std::string reason, std::string message, std::size_t limit,
                Expired expired) override {
        push(ExpireCommand{std::move(destination), before, std::move(reason), std::move(message), limit, clock_(),
                           std::move(expired)});
    }

    void on_append(std::function<void()> listener) override { appended_.set(std::move(listener)); }

    void share_between(const std::vector<std::string>& destinations) override { queue_.share_between(destinations); }

    void keep_room_for_known(bool keep) override { queue_.keep_room_for_known(keep); }

    void limit_dead_letters(DeadLetterLimits limits) override { letter_limits_.set(limits); }

    bool has_journal() const noexcept override { return journal_.keep.count() > 0; }

    void note_dropped(std::vector<DroppedEvent> events) override {
        if (has_journal() && !events.empty()) dropped_.add(std::move(events), clock_());
    }

    Ledger ledger() const override {
        Ledger ledger = ledger_.read();
        ledger.full = queue_.full();
        ledger.dead_letter_max_bytes = quota_in_force();
        return ledger;
    }

    Waiting waiting(const std::string& destination) const override { return ledger_.waiting(destination); }

    void close() override { shut(); }

private:
    void push(Command command) {
        if (const auto error = queue_.push(command)) refuse(command, *error);
    }

    std::optional<std::uint64_t> quota_in_force() const {
        const std::uint64_t bytes = letter_limits_.get().max_bytes;
        if (bytes == DeadLetterLimits::no_quota) return std::nullopt;
        return bytes;
    }

    void shut() {
        queue_.close();
        const std::lock_guard once(closing_);
        if (thread_.joinable()) thread_.join();
        lock_.reset();
    }

    const std::filesystem::path file_;
    const bool early_;
    const Clock clock_;
    const Clock confirmed_;
    Logger& logger_;
    std::optional<DirectoryLock> lock_;
    Listener appended_;
    CommittedLedger ledger_;
    GroupQueue queue_;
    LetterLimits letter_limits_;
    const std::unique_ptr<DuplicateGuard> guard_;
    const JournalOptions journal_;
    DroppedEvents dropped_{most_dropped_waiting};
    Writer writer_;
    std::mutex closing_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Spool> open_sqlite_spool(const SqliteOptions& options, Clock clock, Logger& logger, Clock confirmed) {
    const std::string where = "cannot open the spool in " + options.directory.string() + ": ";
    make_private_directory(options.directory);
    try {
        return std::make_unique<SqliteSpool>(options, std::move(clock), std::move(confirmed), logger);
    } catch (const SqliteError& error) {
        throw std::runtime_error(where + error.what());
    } catch (const ForeignFile& error) {
        throw std::runtime_error(where + error.what());
    }
}

}  // namespace pinrelay::spool
