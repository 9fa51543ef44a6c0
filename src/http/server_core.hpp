#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

#include "pinrelay/http/server.hpp"
#include "pinrelay/http/snapshot.hpp"

namespace pinrelay::http {

// What all connections of a server share. Holds nothing that belongs to a context, so it may die on any thread.
struct ServerCore {
    ServerCore(Handler& lent_handler, ServerLimits server_limits, Clock wall_clock, Logger& lent_logger)
        : handler(lent_handler),
          clock(std::move(wall_clock)),
          logger(lent_logger),
          limits_(std::make_shared<const ServerLimits>(server_limits)) {}

    // Those in force now; a connection keeps the ones that it began with.
    std::shared_ptr<const ServerLimits> limits() const { return limits_.load(); }
    void set_limits(ServerLimits limits) { limits_.store(std::make_shared<const ServerLimits>(limits)); }

    Handler& handler;
    const Clock clock;
    Logger& logger;
    std::atomic<bool> draining = false;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> refused_connections = 0;
    std::atomic<std::size_t> malformed_requests = 0;

private:
    Snapshot<ServerLimits> limits_;
};

// One place among the connections that a server may have, given back at the end of its owner.
class Place {
public:
    // An empty one when all are taken.
    static Place take(std::shared_ptr<ServerCore> core) {
        Place place;
        if (core->connections.fetch_add(1) < core->limits()->connections)
            place.core_ = std::move(core);
        else
            --core->connections;
        return place;
    }

    Place() = default;
    Place(Place&&) noexcept = default;
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (core_) --core_->connections;
    }

    explicit operator bool() const noexcept { return core_ != nullptr; }

private:
    std::shared_ptr<ServerCore> core_;
};

}  // namespace pinrelay::http
