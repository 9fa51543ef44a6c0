#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>

#include "pinrelay/spool/spool.hpp"
#include "spool/duplicates/duplicate_guard.hpp"

namespace pinrelay::spool {

// The meaning of DuplicateGuard in its plainest form: whole texts in a map, and nothing to undo or to store.
class ReferenceGuard {
public:
    explicit ReferenceGuard(DuplicateOptions options) : options_(options) {}

    void advance(Time now);
    DuplicateCheck check_and_remember(const Arrival& arrival);
    void forget(const model::Record& record);
    void keep();

private:
    using Key = std::tuple<std::string, std::string, std::string>;  // destination, event_name, event_id
    struct Generation {
        std::int64_t step;
        std::map<Key, std::uint64_t> subjects;
    };

    static Key key_of(const model::Record& record) { return {record.destination, record.event_name, record.event_id}; }

    DuplicateOptions options_;
    std::deque<Generation> generations_;  // the oldest first
};

}  // namespace pinrelay::spool
