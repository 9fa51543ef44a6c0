#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "account_memory.hpp"
#include "deliver/delivery_machine.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::deliver {

// The metric label of one send: the status of the answer, or how far the request came.
std::string result_label(const net::Failure& failure);
std::string result_label(const http::Response& response);

// How long the delivered records took from acceptance to the answer, in runs of equal length.
std::vector<std::pair<std::chrono::milliseconds, std::size_t>> latencies(
    const std::vector<model::StoredRecord>& batch, const std::vector<spool::Settlement>& settlements, Time answered);

// Tells operators and metrics how one account fares, and keeps its status. A sentence where something begins or ends,
// and one with each round while it lasts; none per event.
class AccountReport {
public:
    AccountReport(std::string name, metrics::Metrics& metrics, Logger& logger, AccountMemory::Parts& memory)
        : name_(std::move(name)), metrics_(metrics), logger_(logger), memory_(memory) {}

    // A dispatcher starts while so many records are pending. What an earlier one knew about the account holds on, but
    // not how long to wait.
    void started(std::uint64_t pending, Time now);

    // Once a minute: how it stands while the destination takes nothing. `oldest` is the age of the oldest pending
    // event.
    void round(std::uint64_t pending, Time::duration oldest, Time now);

    // How long ago the oldest pending event happened; zero when none is pending.
    void oldest_pending(Time::duration age, std::chrono::milliseconds warn_age);

    // How many batches may be in flight by now.
    void concurrency(std::size_t limit) { metrics_.concurrency(name_, limit); }
    void sent(const std::string& result, std::chrono::nanoseconds took, Time now);
    void batch(std::size_t records, std::size_t bytes) { metrics_.batch(name_, records, bytes); }
    void warnings(const destination::Verdict& verdict, Time now);

    // What became of records; `answered` is when the destination said so.
    void settled(const std::vector<model::StoredRecord>& batch, const std::vector<spool::Settlement>& settlements,
                 Time answered);

    // Dead letters that were not leased: too old.
    void expired(std::size_t records, const std::string& message, Time now);

    void failed(const std::string& reason, std::chrono::milliseconds wait, Time now);
    void refused(const std::string& alarm, std::chrono::milliseconds wait, Time now);
    void answered();

    // A request of these records failed while others are taken; `alone` if it is one that waits by itself from now on.
    void set_aside(const std::vector<model::StoredRecord>& batch, Send part, bool alone, const std::string& reason,
                   std::chrono::milliseconds wait, Time now);

    // So many records were refused while nothing else was taken, with these words: they are sent again after the wait.
    void doubted(std::size_t records, const std::string& words, std::chrono::milliseconds wait, Time now);

    void store_failed(const std::string& what, const ErrorCode& error, Time now);
    void store_works();
    void settlements_lost(std::size_t count);

private:
    void contradicted(const destination::Verdict& verdict, Time now);
    void dead_letters(const std::vector<spool::Settlement>& settlements, Time now);
    void tell_dead_letters(std::size_t count, const std::string& reason, const std::string& message, Time now);
    void count_inherited(const std::vector<model::StoredRecord>& batch,
                         const std::vector<spool::Settlement>& settlements, Time now);
    void inherited_settled(std::uint64_t events, std::uint64_t dead_letters, Time now);
    void trouble(AccountStatus::State state, const std::string& reason, std::chrono::milliseconds wait, Time now);

    std::string name_;
    metrics::Metrics& metrics_;
    Logger& logger_;
    AccountMemory::Parts& memory_;
    bool pause_told_ = false;
    bool store_failing_ = false;
    std::optional<Time> store_failure_told_;
    bool is_store_failure_untold_ = false;
    bool late_ = false;
    std::size_t untold_dead_letters_ = 0;
    std::optional<Time> dead_letters_told_;
    std::optional<Time> failure_told_;
    std::size_t untold_failures_ = 0;
    bool is_untold_ = false;  // the failure that lasts: so is its end
    std::optional<Time> set_aside_told_;
    std::optional<Time> doubt_told_;
    std::optional<Time> contradiction_told_;
};

}  // namespace pinrelay::deliver
