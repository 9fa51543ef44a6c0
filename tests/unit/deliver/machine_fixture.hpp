#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "deliver/delivery_machine.hpp"

// Batches and answers for the tests of the delivery machine.
namespace pinrelay::deliver {

inline std::vector<model::StoredRecord> batch_of(std::size_t count, bool deduplicated = true) {
    std::vector<model::StoredRecord> batch(count);
    for (std::size_t i = 0; i < count; ++i) {
        batch[i].id = static_cast<model::RecordId>(i + 1);
        batch[i].record.deduplicated = deduplicated;
    }
    return batch;
}

inline destination::Verdict all_delivered(std::size_t count) {
    destination::Verdict verdict;
    verdict.records.resize(count);
    return verdict;
}

inline destination::Verdict verdict_of(
    std::variant<destination::Judged, destination::Retry, destination::Pause, destination::Isolate> decision,
    std::string message = {}) {
    destination::Verdict verdict;
    verdict.decision = std::move(decision);
    verdict.message = std::move(message);
    return verdict;
}

inline net::Failure failure(net::ClientErrc code) { return {code, "connection reset"}; }

inline void expect_settled_once(const std::vector<spool::Settlement>& settlements, std::size_t count) {
    std::set<model::RecordId> ids;
    for (const auto& settlement : settlements) EXPECT_TRUE(ids.insert(settlement.id).second) << settlement.id;
    EXPECT_EQ(ids.size(), count);
}

}  // namespace pinrelay::deliver
