#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "count_allocations.hpp"
#include "fixtures/silent_logger.hpp"
#include "pinrelay/spool/sqlite.hpp"

// Works on a store as the relay does: spool_cost_driver STEP GROUP RECORDS DIRECTORY
//   STEP       append    appends the records
//              lease     leases and delivers the records, of more that were appended before
//              read      the same after the store was opened anew
//              settle    delivers the records, of more that were leased before
//   GROUP      so many records are one commit
//   DIRECTORY  is empty
// Prints the number of allocations of the step. test_spool_cost.py runs it under callgrind.
//
// Every call is made by a callback of the one before, on the store's own thread: so each commit has the calls that it
// is to have, and no thread waits.

namespace {

using namespace pinrelay;
using Next = std::function<void()>;

constexpr const char* account = "pinterest:549755885175";

// More than any run leases or delivers, so that what comes before the step costs the same in each.
constexpr std::size_t appended_before = 704;

Time event_time(std::size_t number) { return Time(std::chrono::hours(500'000) + std::chrono::milliseconds(number)); }

spool::Arrival arrival(std::size_t number) {
    constexpr std::size_t usual_body = 1450;
    spool::Arrival arrival;
    arrival.record.destination = account;
    arrival.record.source_name = "purchase";
    arrival.record.event_name = arrival.record.event_label = "checkout";
    arrival.record.event_id = "ORDER-2026-" + std::to_string(1'000'000 + number);
    arrival.record.event_time = event_time(number);
    arrival.record.body.assign(usual_body, 'x');
    arrival.subject = number + 1;
    arrival.order_id = arrival.record.event_id;
    return arrival;
}

// To see what it costs.
bool without_journal() { return std::getenv("PINRELAY_COST_WITHOUT_JOURNAL") != nullptr; }

class Work {
public:
    Work(std::filesystem::path directory, std::size_t group) : group_(group) {
        options_.directory = std::move(directory);
        options_.duplicates.window = std::chrono::hours(48);
        if (!without_journal()) options_.journal.keep = std::chrono::hours(24 * 14);
        open();
    }

    void open() {
        spool_.reset();
        spool_ = spool::open_sqlite_spool(
            options_, [] { return event_time(0); }, log_);
    }

    // As many requests, of one record each.
    void append(std::size_t records, std::size_t at_once) {
        run([&](const Next& done) { append_group(records, at_once, done); });
    }

    void lease(std::size_t records) {
        run([&](const Next& done) { lease_group(records, records, done); });
    }

    void lease_and_deliver(std::size_t records) {
        run([&](const Next& done) { lease_and_deliver(records, done); });
    }

    void deliver(std::size_t records) {
        run([&](const Next& done) { deliver_leased(records, done); });
    }

private:
    void run(const std::function<void(const Next&)>& work) {
        std::promise<void> ended;
        spool_->settle({}, [&](Result<void>) { work([&ended] { ended.set_value(); }); });
        ended.get_future().wait();
    }

    void append_group(std::size_t left, std::size_t at_once, Next done) {
        if (left == 0) return done();
        for (std::size_t i = 1; i <= at_once; ++i) {
            std::vector<spool::Arrival> one;
            one.push_back(arrival(appended_++));
            const bool last = i == at_once;
            spool_->append(std::move(one), [=, this](Result<spool::Duplicates> stored) {
                expect(stored.has_value());
                if (last) append_group(left - at_once, at_once, done);
            });
        }
    }

    void lease_group(std::size_t left, std::size_t at_once, Next done) {
        if (left == 0) return done();
        spool::LeaseRequest request;
        request.destination = account;
        request.max_records = at_once;
        request.max_bytes = at_once * 10'000;
        request.now = event_time(0);
        spool_->lease(std::move(request), [=, this](Result<std::vector<model::StoredRecord>> leased) {
            expect(leased.has_value() && leased->size() == at_once);
            for (const auto& stored : *leased) leased_.push_back(stored.id);
            lease_group(left - at_once, at_once, done);
        });
    }

    void lease_and_deliver(std::size_t left, Next done) {
        if (left == 0) return done();
        lease_group(group_, group_,
                    [=, this] { deliver_leased(group_, [=, this] { lease_and_deliver(left - group_, done); }); });
    }

    void deliver_leased(std::size_t left, Next done) {
        if (left == 0) return done();
        std::vector<spool::Settlement> settlements;
        for (std::size_t i = 0; i < group_; ++i) settlements.push_back(spool::Settlement::delivered(leased_[i]));
        leased_.erase(leased_.begin(), leased_.begin() + static_cast<std::ptrdiff_t>(group_));
        spool_->settle(std::move(settlements), [=, this](Result<void> settled) {
            expect(settled.has_value());
            deliver_leased(left - group_, done);
        });
    }

    static void expect(bool fulfilled) {
        if (!fulfilled) std::_Exit(1);
    }

    const std::size_t group_;
    spool::SqliteOptions options_;
    test::SilentLogger log_;
    std::unique_ptr<spool::Spool> spool_;
    std::size_t appended_ = 0;
    std::vector<model::RecordId> leased_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const std::string_view step = argv[1];
    const auto records = static_cast<std::size_t>(std::atoi(argv[3]));
    if (records > appended_before) return 2;
    Work work(argv[4], static_cast<std::size_t>(std::atoi(argv[2])));
    if (step != "append") work.append(appended_before, appended_before);
    if (step == "read") work.open();
    if (step == "settle") work.lease(appended_before);

    const auto before = test::allocations();
    if (step == "append") work.append(records, static_cast<std::size_t>(std::atoi(argv[2])));
    if (step == "lease" || step == "read") work.lease_and_deliver(records);
    if (step == "settle") work.deliver(records);
    std::printf("%llu allocations\n", static_cast<unsigned long long>(test::allocations() - before));
    std::fflush(stdout);
    std::_Exit(0);  // closing the store would copy the WAL, which is no part of any step
}
