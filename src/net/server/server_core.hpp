#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "address_counts.hpp"
#include "body_room.hpp"
#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/logger.hpp"
#include "pinrelay/core/snapshot.hpp"
#include "pinrelay/net/handler.hpp"
#include "pinrelay/net/server_limits.hpp"

namespace pinrelay::net {

// What all connections of a server share. Holds nothing that belongs to a context, so it may die on any thread.
struct ServerCore {
    ServerCore(Handler& lent_handler, ServerLimits server_limits, Clock wall_clock, Logger& lent_logger)
        : handler(lent_handler),
          clock(std::move(wall_clock)),
          logger(lent_logger),
          limits_(std::make_shared<const ServerLimits>(std::move(server_limits))) {}

    // Those in force now; a connection keeps the ones that it began with.
    std::shared_ptr<const ServerLimits> limits() const { return limits_.load(); }
    void set_limits(ServerLimits limits) { limits_.store(std::make_shared<const ServerLimits>(std::move(limits))); }

    // From now on connections end. `drained`, if any, is called once when none is left.
    void drain(std::function<void()> drained) {
        if (drained) {
            const std::lock_guard lock(drained_mutex_);
            drained_ = std::move(drained);
        }
        draining = true;
        report_if_drained();
    }

    void remove_connection() {
        --connections;
        report_if_drained();
    }

    Handler& handler;
    const Clock clock;
    Logger& logger;
    std::atomic<bool> draining = false;
    std::atomic<std::size_t> connections = 0;
    std::atomic<std::size_t> refused_connections = 0;
    std::atomic<std::size_t> refused_clients = 0;
    std::atomic<std::size_t> malformed_requests = 0;
    std::array<std::atomic<std::size_t>, handshake_names.size()> handshakes{};  // by `index_of` the outcome
    AddressCounts clients;
    BodyRoom bodies;

private:
    void report_if_drained() {
        if (!draining || connections != 0) return;
        std::function<void()> drained;
        {
            const std::lock_guard lock(drained_mutex_);
            drained.swap(drained_);
        }
        if (drained) drained();
    }

    Snapshot<ServerLimits> limits_;
    std::mutex drained_mutex_;
    std::function<void()> drained_;
};

// One place among the connections that a server, and one client, may have; given back at the end of its owner.
class Place {
public:
    // An empty one, counted as refused, when all are taken.
    static Place take(std::shared_ptr<ServerCore> core, const boost::asio::ip::address& peer) {
        const auto limits = core->limits();
        if (core->connections.fetch_add(1) >= limits->connections) {
            core->remove_connection();
            ++core->refused_connections;
            return {};
        }
        const auto address = http::canonical(peer);
        const bool counted = !limits->trusted_proxies.contains(address);
        const http::ClientNetworks client = http::client_networks(address);
        if (counted && !core->clients.take(client, limits->connections_per_client)) {
            core->remove_connection();
            ++core->refused_clients;
            return {};
        }
        Place place;
        place.core_ = std::move(core);
        if (counted) place.client_ = client;
        return place;
    }

    Place() = default;
    Place(Place&&) noexcept = default;
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (!core_) return;
        if (client_) core_->clients.give_back(*client_);
        core_->remove_connection();
    }

    explicit operator bool() const noexcept { return core_ != nullptr; }

private:
    std::shared_ptr<ServerCore> core_;
    std::optional<http::ClientNetworks> client_;
};

}  // namespace pinrelay::net
