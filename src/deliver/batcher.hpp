#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "pinrelay/core/clock.hpp"

namespace pinrelay::deliver {

// Decides when a batch is taken: at once when it is full, else when its oldest record has waited `linger`. Pure.
class Batcher {
public:
    Batcher(std::size_t full, std::chrono::milliseconds linger) : full_(full), linger_(linger) {}

    // How long to wait before a batch is taken: zero for now, nothing for "until something arrives".
    // `waiting` counts the records that could be sent, `oldest` is when the first of them was accepted.
    std::optional<std::chrono::milliseconds> due_in(std::size_t waiting, Time oldest, Time now) const;

    // So many waiting records are a batch at once.
    std::size_t full() const noexcept { return full_; }

private:
    std::size_t full_;
    std::chrono::milliseconds linger_;
};

}  // namespace pinrelay::deliver
