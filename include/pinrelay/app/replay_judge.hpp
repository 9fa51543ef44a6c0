#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/destination/destination.hpp"
#include "pinrelay/spool/dead_letters.hpp"

namespace pinrelay::app {

// Translates dead letters again for their accounts, under the current configuration, and counts what becomes of them.
// One thread at a time.
class ReplayJudge {
public:
    using Counted = std::map<std::string, std::uint64_t>;
    using Destinations = std::vector<std::unique_ptr<destination::Destination>>;

    // `destinations` are lent and outlive the judge.
    explicit ReplayJudge(const Destinations& destinations) : destinations_(destinations) {}

    // The record that is sent in place of the dead letter. Nothing where it stays: its account is not configured, or
    // the current rules drop it.
    std::optional<model::Record> judge(const spool::DeadLetter& letter);

    const Counted& goes() const noexcept { return goes_; }        // by event name as sent
    const Counted& stays() const noexcept { return stays_; }      // by the reason
    const Counted& changed() const noexcept { return changed_; }  // values that the current rules change, by warning

    static std::uint64_t sum(const Counted& counts) noexcept;

private:
    const destination::Destination* find(const std::string& name) const noexcept;

    const Destinations& destinations_;
    Counted goes_;
    Counted stays_;
    Counted changed_;
};

}  // namespace pinrelay::app
