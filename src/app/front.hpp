#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/core/snapshot.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/net/server.hpp"

namespace pinrelay::app {

// What one configuration makes of taking events: its accounts, and the handler that routes to them. Immutable, and
// shared by all who still work with it.
struct Front {
    std::vector<std::unique_ptr<destination::Destination>> destinations;
    std::unique_ptr<net::Handler> handler;
};

// The names by which the spool knows the accounts.
inline std::vector<std::string> names(const Front& front) {
    std::vector<std::string> names;
    for (const auto& destination : front.destinations) names.push_back(destination->name());
    return names;
}

// The handler behind the public port: hands each request to the front of the moment. A request that has begun keeps its
// own, so a new configuration drops no connection.
class CurrentFront final : public net::Handler {
public:
    explicit CurrentFront(std::shared_ptr<const Front> front) : front_(std::move(front)) {}

    void replace(std::shared_ptr<const Front> front) { front_.store(std::move(front)); }

    std::optional<http::Response> refuse(const http::Request& head) const override {
        return front_.load()->handler->refuse(head);
    }

    boost::asio::awaitable<http::Response> handle(http::Request request) override {
        const auto front = front_.load();
        auto answering = front->handler->handle(std::move(request));
        co_return co_await std::move(answering);
    }

private:
    Snapshot<Front> front_;
};

}  // namespace pinrelay::app
