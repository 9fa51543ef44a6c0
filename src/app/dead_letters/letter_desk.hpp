#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "app/live_configuration.hpp"
#include "app/machine/worker_threads.hpp"
#include "pinrelay/admin/dead_letter_desk.hpp"
#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// The dead letters of the relay's own store, through a connection of its own, as `pinrelay spool` has one.
class LetterDesk final : public admin::DeadLetterDesk {
public:
    using Live = std::function<std::shared_ptr<const LiveConfiguration>()>;  // that is in force; any thread

    // `directory` holds the store. `logger` is lent.
    LetterDesk(std::filesystem::path directory, Live live, Logger& logger);
    LetterDesk(const LetterDesk&) = delete;
    LetterDesk& operator=(const LetterDesk&) = delete;
    ~LetterDesk() override { stop(); }

    // A replay that runs ends after the dead letters in hand, and the rest stay. Blocks until it has ended.
    void stop();

    void read(spool::Selection selection, std::size_t limit, Visit visit, Read done) override;
    std::optional<std::string> replay(spool::Selection selection, bool dry_run) override;
    admin::ReplayProgress progress() const override;

private:
    void run_replay(const spool::Selection& selection, bool dry_run);
    void move_letters(const spool::Selection& selection, bool dry_run);
    template <class Change>
    void change(const Change& change);

    const std::filesystem::path directory_;
    const Live live_;
    Logger& logger_;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;  // guards `progress_`
    admin::ReplayProgress progress_;
    WorkerThreads thread_;
};

}  // namespace pinrelay::app
