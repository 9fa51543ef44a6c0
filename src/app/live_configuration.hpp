#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/snapshot.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/net/handler.hpp"

namespace pinrelay::app {

// The accounts of one configuration, and the handler that routes events to them. Immutable. Each user shares ownership,
// so the object lives until its last user has ended.
struct LiveConfiguration {
    std::vector<std::unique_ptr<destination::Destination>> destinations;
    std::unique_ptr<net::Handler> handler;
};

// The names of the accounts in the spool.
inline std::vector<std::string> names(const LiveConfiguration& live) {
    std::vector<std::string> names;
    for (const auto& destination : live.destinations) names.push_back(destination->name());
    return names;
}

// The handler of the public port. It hands each request to the configuration in force. A request keeps the
// configuration that it began with, so a reload drops no connection. Any thread.
class ReloadableHandler final : public net::Handler {
public:
    explicit ReloadableHandler(std::shared_ptr<const LiveConfiguration> live) : live_(std::move(live)) {}

    void replace(std::shared_ptr<const LiveConfiguration> live) { live_.store(std::move(live)); }

    std::optional<http::Response> refuse(const http::Request& head) const override {
        return live_.load()->handler->refuse(head);
    }

    bool admits_handshake(const boost::asio::ip::address& client) const noexcept override {
        return live_.load()->handler->admits_handshake(client);
    }

    void refused_by_connection(const http::Refusal& refusal) const noexcept override {
        live_.load()->handler->refused_by_connection(refusal);
    }

    boost::asio::awaitable<http::Response> handle(http::Request request) override {
        const auto live = live_.load();
        auto answering = live->handler->handle(std::move(request));
        co_return co_await std::move(answering);
    }

private:
    Snapshot<LiveConfiguration> live_;
};

}  // namespace pinrelay::app
