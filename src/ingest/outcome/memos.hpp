#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "pinrelay/destination/destination.hpp"

namespace pinrelay::ingest {

// The memo of each destination that the events of one request go to. Not thread-safe.
class Memos {
public:
    // Of an event alone nothing is shared.
    explicit Memos(std::size_t events) : shares_(events > 1) {}

    // Null pointer where there is nothing to share.
    destination::Memo* of(const destination::Destination& destination) {
        if (!shares_) return nullptr;
        for (const auto& [owner, memo] : memos_)
            if (owner == &destination) return memo.get();
        return memos_.emplace_back(&destination, destination.make_memo()).second.get();
    }

private:
    bool shares_;
    std::vector<std::pair<const destination::Destination*, std::unique_ptr<destination::Memo>>> memos_;
};

}  // namespace pinrelay::ingest
