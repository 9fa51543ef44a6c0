#pragma once

#include <atomic>
#include <cstddef>
#include <optional>

#include "address_counts.hpp"
#include "pinrelay/net/server_limits.hpp"

namespace pinrelay::net {

// The memory that bodies on their way may take, in all and of one client: those of requests that have not ended, and of
// answers that are not read. The number of connections does not bound it: a few hundred bodies of a megabyte would take
// all memory. Counted in blocks; what a short body takes is not counted. Any thread.
class BodyRoom {
public:
    static constexpr std::size_t short_body = std::size_t{4} * 1024;
    static constexpr std::size_t block = std::size_t{64} * 1024;

    // Without a client (a proxy speaks for many) only the bound of all counts.
    bool take_block(const std::optional<http::ClientNetworks>& client, const ServerLimits& limits) {
        if (blocks_.fetch_add(1) < limits.unfinished_bytes / block &&
            (!client || clients_.take(*client, limits.unfinished_bytes_per_client / block)))
            return true;
        --blocks_;
        return false;
    }

    void give_back(const std::optional<http::ClientNetworks>& client, std::size_t blocks) {
        blocks_ -= blocks;
        for (std::size_t i = 0; client && i < blocks; ++i) clients_.give_back(*client);
    }

private:
    std::atomic<std::size_t> blocks_ = 0;
    AddressCounts clients_;
};

// What the body of one connection's request takes of the room; given back at its end.
class HeldRoom {
public:
    explicit HeldRoom(BodyRoom& room) : room_(room) {}  // lent
    ~HeldRoom() { release(); }
    HeldRoom(const HeldRoom&) = delete;
    HeldRoom& operator=(const HeldRoom&) = delete;

    // Before the first block.
    void belong_to(const std::optional<http::ClientNetworks>& client) { client_ = client; }

    // For a body of so many bytes by now. False where there is no room.
    bool grow_to(std::size_t bytes, const ServerLimits& limits) {
        if (bytes <= BodyRoom::short_body) return true;
        const std::size_t wanted = (bytes + BodyRoom::block - 1) / BodyRoom::block;
        for (; blocks_ < wanted; ++blocks_)
            if (!room_.take_block(client_, limits)) return false;
        return true;
    }

    void release() {
        if (blocks_ == 0) return;
        room_.give_back(client_, blocks_);
        blocks_ = 0;
    }

private:
    BodyRoom& room_;
    std::optional<http::ClientNetworks> client_;
    std::size_t blocks_ = 0;
};

}  // namespace pinrelay::net
