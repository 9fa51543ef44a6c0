#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_map>

#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {

// How many connections each client has, and each of the networks around it. Never larger than three times the number of
// connections. Any thread: they begin on the acceptor's and end on their worker's, twice a connection's life, so a lock
// is cheap enough.
class AddressCounts {
public:
    // False, and nothing counted, where the client has `most` already, or one of its networks its share: see
    // http::network_shares.
    bool take(const http::ClientNetworks& client, std::size_t most) {
        const std::lock_guard lock(mutex_);
        for (std::size_t i = 0; i < client.count; ++i) {
            const auto found = counts_.find(client.keys[i]);
            if (found != counts_.end() && found->second >= most * http::network_shares[i]) return false;
        }
        for (const http::ClientKey network : client) ++counts_[network];
        return true;
    }

    void give_back(const http::ClientNetworks& client) {
        const std::lock_guard lock(mutex_);
        for (const http::ClientKey network : client) {
            const auto found = counts_.find(network);
            if (found != counts_.end() && --found->second == 0) counts_.erase(found);
        }
    }

private:
    std::mutex mutex_;
    std::unordered_map<http::ClientKey, std::size_t> counts_;  // no zeros
};

}  // namespace pinrelay::net
