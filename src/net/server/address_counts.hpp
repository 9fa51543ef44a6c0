#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_map>

#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {

// How many connections each client has. Never larger than the number of connections. Any thread: they begin on the
// acceptor's and end on their worker's, twice a connection's life, so a lock is cheap enough.
class AddressCounts {
public:
    // False, and nothing counted, where the client has `most` already.
    bool take(http::ClientKey client, std::size_t most) {
        const std::lock_guard lock(mutex_);
        std::size_t& count = counts_[client];
        if (count >= most) return false;
        ++count;
        return true;
    }

    void give_back(http::ClientKey client) {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(client);
        if (found != counts_.end() && --found->second == 0) counts_.erase(found);
    }

private:
    std::mutex mutex_;
    std::unordered_map<http::ClientKey, std::size_t> counts_;  // no zeros
};

}  // namespace pinrelay::net
