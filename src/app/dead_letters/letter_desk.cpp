#include "letter_desk.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <stdexcept>
#include <utility>

#include "pinrelay/app/replay_judge.hpp"
#include "pinrelay/spool/spool_file.hpp"

namespace pinrelay::app {
namespace {

using admin::ReplayProgress;
using spool::SpoolFile;
using ReplayState = ReplayProgress::State;

constexpr auto no_limit = static_cast<std::size_t>(-1);

// How many dead letters a selection has, where its conditions are those of the counts.
std::optional<std::uint64_t> count_of(const spool::Selection& selection,
                                      const std::vector<spool::DeadLetterCount>& groups) {
    if (!selection.numbers.empty()) return selection.numbers.size();
    if (selection.event_name || selection.died_since || selection.died_before) return std::nullopt;
    std::uint64_t all = 0;
    for (const auto& group : groups)
        if (selection.destination.value_or(group.destination) == group.destination &&
            selection.reason.value_or(group.reason) == group.reason)
            all += group.count;
    return all;
}

}  // namespace

LetterDesk::LetterDesk(std::filesystem::path directory, Live live, Logger& logger)
    : directory_(std::move(directory)), live_(std::move(live)), logger_(logger), thread_("pinrelay-desk", 1, logger) {
    thread_.start();
}

void LetterDesk::stop() {
    stopping_ = true;
    thread_.stop_and_join();
}

void LetterDesk::read(spool::Selection selection, std::size_t limit, Visit visit, Read done) {
    boost::asio::post(*thread_.contexts().front(), [this, selection = std::move(selection), limit,
                                                    visit = std::move(visit), done = std::move(done)] {
        std::vector<spool::DeadLetterCount> groups;
        std::string failure;
        try {
            SpoolFile store(directory_, SpoolFile::Access::Read);
            groups = store.dead_letter_counts();
            store.visit(selection, spool::Order::NewestFirst, limit, visit);
        } catch (const std::exception& problem) {
            failure = problem.what();
        }
        done(std::move(groups), std::move(failure));
    });
}

std::optional<std::string> LetterDesk::replay(spool::Selection selection, bool dry_run) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return "the relay shuts down";
        if (progress_.state == ReplayState::Running) return "another replay is running; wait until it has ended";
        progress_ = {};
        progress_.state = ReplayState::Running;
        progress_.dry_run = dry_run;
    }
    boost::asio::post(*thread_.contexts().front(),
                      [this, selection = std::move(selection), dry_run] { run_replay(selection, dry_run); });
    return std::nullopt;
}

ReplayProgress LetterDesk::progress() const {
    const std::lock_guard lock(mutex_);
    return progress_;
}

template <class Change>
void LetterDesk::change(const Change& change) {
    const std::lock_guard lock(mutex_);
    change(progress_);
}

void LetterDesk::run_replay(const spool::Selection& selection, bool dry_run) {
    try {
        move_letters(selection, dry_run);
        change([](ReplayProgress& progress) { progress.state = ReplayState::Done; });
    } catch (const std::exception& problem) {
        change([&problem](ReplayProgress& progress) {
            progress.state = ReplayState::Failed;
            progress.failure = problem.what();
        });
    }
    const ReplayProgress ended = progress();
    if (!dry_run)
        logger_.info("dead letters were replayed from the admin port",
                     {{"moved", std::to_string(ended.moved)}, {"failure", ended.failure}});
}

void LetterDesk::move_letters(const spool::Selection& selection, bool dry_run) {
    const auto live = live_();
    ReplayJudge judge(live->destinations);
    const auto examine = [&](const spool::DeadLetter& letter) {
        if (stopping_) throw std::runtime_error("the relay shuts down; the rest of the dead letters stay");
        auto record = judge.judge(letter);
        change([&judge](ReplayProgress& progress) {
            ++progress.examined;
            progress.sent = judge.goes();
            progress.stays = judge.stays();
            progress.changed = judge.changed();
        });
        return record;
    };
    SpoolFile store(directory_, dry_run ? SpoolFile::Access::Read : SpoolFile::Access::Write);
    const auto selected = count_of(selection, store.dead_letter_counts());
    change([selected](ReplayProgress& progress) { progress.selected = selected; });
    if (dry_run) return store.visit(selection, spool::Order::OldestFirst, no_limit, examine);
    const auto moved = store.replay(selection, examine);
    change([moved](ReplayProgress& progress) { progress.moved = moved; });
}

}  // namespace pinrelay::app
