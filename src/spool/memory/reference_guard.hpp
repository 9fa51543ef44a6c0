#pragma once

#include <algorithm>
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
    using Print = std::optional<Said>;
    using Known = KnownEvent<Print>;

    explicit ReferenceGuard(DuplicateOptions options) : options_(options) {}

    bool is_on() const { return options_.window.count() != 0; }
    void advance(Time now);
    std::optional<Known> find(const model::Record& record) const;
    void remember(const model::Record& record, const Known& known);
    void forget(const model::Record& record);

    bool repeats(const model::Record& record, const Known& known, const Said& said) const;
    void remember_version(const model::Record& record, const Version<Print>& version);
    void forget_version(const model::Record& record, const Said& said);

    void keep();

private:
    // What a Said has, as something that can be ordered.
    using Parts =
        std::tuple<std::uint64_t, model::Trust, std::uint64_t, std::array<std::uint16_t, model::Essence::kinds>, bool>;
    // destination, event_name, event_id; and what a version says
    using Key = std::tuple<std::string, std::string, std::string, std::optional<Parts>>;
    struct Generation {
        std::int64_t step = 0;
        std::map<Key, Known> keys;
        std::size_t changes = 0;

        std::size_t room() const { return std::max(keys.size(), changes / changes_per_key); }
    };
    struct Pool {
        bool begins_one = true;
        std::deque<Generation> generations;  // the oldest first

        std::size_t room() const;
        Generation* generation_of(const Key& key);
        void note_change(std::int64_t step);  // begins a generation where it is time for one
        void forget(const Key& key, std::int64_t step);
    };

    static Key key_of(const model::Record& record, const Print& version = std::nullopt);
    std::optional<Known> find(const Key& key) const;
    void remember(const Key& key, const Known& known);
    void forget(const Key& key);

    DuplicateOptions options_;
    std::int64_t step_ = 0;
    std::array<Pool, pools> pools_;
};

}  // namespace pinrelay::spool
