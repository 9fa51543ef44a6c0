#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/spool/spool.hpp"

// Records for tests of the spool, and its calls as functions that wait for the answer.
namespace pinrelay::test {

inline constexpr Time noon{std::chrono::hours(24 * 20000 + 12)};

struct ManualClock {
    Time now = noon;
    Clock clock() {
        return [this] { return now; };
    }
};

inline spool::Record record(const std::string& id, Time event_time = noon, const std::string& destination = "shop") {
    spool::Record record;
    record.destination = destination;
    record.event_name = "checkout";
    record.event_label = "checkout";
    record.event_id = id;
    record.event_time = event_time;
    record.body = "{\"event_id\":\"" + id + "\"}";
    return record;
}

inline spool::LeaseRequest due_at(Time now, std::size_t most = 1000) {
    spool::LeaseRequest request;
    request.destination = "shop";
    request.max_records = most;
    request.now = now;
    request.fresh_since = now - std::chrono::hours(1);
    return request;
}

inline spool::Settlement delivered(spool::RecordId id) {
    spool::Settlement settlement;
    settlement.id = id;
    return settlement;
}

inline spool::Settlement retry(spool::RecordId id, Time not_before) {
    spool::Settlement settlement;
    settlement.id = id;
    settlement.fate = spool::Fate::Retry;
    settlement.not_before = not_before;
    return settlement;
}

inline spool::Settlement dead(spool::RecordId id, std::string reason, std::string message = {}) {
    spool::Settlement settlement;
    settlement.id = id;
    settlement.fate = spool::Fate::DeadLetter;
    settlement.reason = std::move(reason);
    settlement.message = std::move(message);
    return settlement;
}

inline Result<void> append(spool::Spool& spool, std::vector<spool::Record> records) {
    const auto answer = std::make_shared<std::promise<Result<void>>>();
    spool.append(std::move(records), [answer](Result<void> result) { answer->set_value(result); });
    return answer->get_future().get();
}

inline Result<std::vector<spool::StoredRecord>> lease(spool::Spool& spool, spool::LeaseRequest request) {
    const auto answer = std::make_shared<std::promise<Result<std::vector<spool::StoredRecord>>>>();
    spool.lease(std::move(request), [answer](auto result) { answer->set_value(std::move(result)); });
    return answer->get_future().get();
}

inline Result<void> settle(spool::Spool& spool, std::vector<spool::Settlement> settlements) {
    const auto answer = std::make_shared<std::promise<Result<void>>>();
    spool.settle(std::move(settlements), [answer](Result<void> result) { answer->set_value(result); });
    return answer->get_future().get();
}

inline Result<std::size_t> expire(spool::Spool& spool, Time before, std::size_t limit = 1000,
                                  const std::string& destination = "shop") {
    const auto answer = std::make_shared<std::promise<Result<std::size_t>>>();
    spool.expire(destination, before, "too_old", "too old", limit,
                 [answer](auto result) { answer->set_value(result); });
    return answer->get_future().get();
}

inline std::vector<std::string> event_ids(const Result<std::vector<spool::StoredRecord>>& leased) {
    std::vector<std::string> ids;
    if (leased.has_value())
        for (const auto& stored : *leased) ids.push_back(stored.record.event_id);
    return ids;
}

}  // namespace pinrelay::test
