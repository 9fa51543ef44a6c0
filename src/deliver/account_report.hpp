#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delivery_machine.hpp"
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

// Tells operators and metrics how one account fares. A sentence where something begins or ends, none per event.
class AccountReport {
public:
    AccountReport(std::string name, metrics::Metrics& metrics, Logger& logger)
        : name_(std::move(name)), metrics_(metrics), logger_(logger) {}

    void started() { metrics_.paused(name_, false); }

    // How long ago the oldest pending event happened; zero when none is pending.
    void oldest_pending(Time::duration age, std::chrono::milliseconds warn_age);

    // How many batches may be in flight by now.
    void concurrency(std::size_t limit) { metrics_.concurrency(name_, limit); }
    void sent(const std::string& result, std::chrono::nanoseconds took) { metrics_.sent(name_, result, took); }
    void batch(std::size_t records, std::size_t bytes) { metrics_.batch(name_, records, bytes); }
    void warnings(const destination::Verdict& verdict);

    // What became of records; `answered` is when the destination said so.
    void settled(const std::vector<model::StoredRecord>& batch, const std::vector<spool::Settlement>& settlements,
                 Time answered);

    // Dead letters that were not leased: too old.
    void expired(std::size_t records, const std::string& message, Time now);

    void failed(const std::string& reason, std::chrono::milliseconds wait);
    void refused(const std::string& alarm);
    void answered();

    void store_failed(const std::string& what, const ErrorCode& error);
    void store_works();
    void settlements_lost(std::size_t count);

private:
    void dead_letters(const std::vector<spool::Settlement>& settlements, Time now);
    void tell_dead_letters(std::size_t count, const std::string& reason, const std::string& message, Time now);

    std::string name_;
    metrics::Metrics& metrics_;
    Logger& logger_;
    bool failing_ = false;
    bool paused_ = false;
    bool store_failing_ = false;
    bool late_ = false;
    std::size_t untold_dead_letters_ = 0;
    std::optional<Time> dead_letters_told_;
};

}  // namespace pinrelay::deliver
