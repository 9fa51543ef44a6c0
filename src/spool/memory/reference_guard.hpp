#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "pinrelay/spool/spool.hpp"
#include "spool/duplicates/duplicate_guard.hpp"

namespace pinrelay::spool {

// The meaning of DuplicateGuard in its plainest form: whole texts in maps, and nothing to undo or to store.
class ReferenceGuard {
public:
    using Known = KnownEvent<std::optional<Said>>;

    explicit ReferenceGuard(DuplicateOptions options) : options_(options) {}

    bool is_on() const { return options_.window.count() != 0; }
    void advance(Time now);
    std::optional<Known> find(const model::Record& record) const;
    void remember(const model::Record& record, const Known& known);
    void forget(const model::Record& record);
    void keep();

private:
    using Key = std::tuple<std::string, std::string, std::string>;  // destination, event_name, event_id
    struct Generation {
        std::int64_t step = 0;
        std::map<Key, Known> keys;
    };
    struct Pool {
        bool begins_one = true;
        std::deque<Generation> generations;  // the oldest first

        std::size_t size() const;
        Generation* generation_of(const Key& key);
    };

    static Key key_of(const model::Record& record) { return {record.destination, record.event_name, record.event_id}; }

    DuplicateOptions options_;
    std::int64_t step_ = 0;
    std::array<Pool, pools> pools_;
};

}  // namespace pinrelay::spool
