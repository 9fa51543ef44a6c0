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

    std::shared_ptr<const LiveConfiguration> live() const { return live_.load(); }

    std::optional<http::Response> refuse(const http::Request& head, net::Notes& notes) const override {
        Begun& begun = begin(notes);
        return begun.live->handler->refuse(head, begun.notes);
    }

    bool admits_handshake(const boost::asio::ip::address& client) const noexcept override {
        return live_.load()->handler->admits_handshake(client);
    }

    void refused_by_connection(const http::Refusal& refusal) const noexcept override {
        live_.load()->handler->refused_by_connection(refusal);
    }

    boost::asio::awaitable<http::Response> handle(http::Request& request, net::Notes& notes) override {
        Begun& begun = notes ? static_cast<Begun&>(*notes) : begin(notes);
        return begun.live->handler->handle(request, begun.notes);
    }

private:
    // The order matters: notes may refer to their configuration.
    struct Begun final : net::HeadNotes {
        explicit Begun(std::shared_ptr<const LiveConfiguration> in_force) : live(std::move(in_force)) {}

        const std::shared_ptr<const LiveConfiguration> live;
        net::Notes notes;  // of its handler
    };

    Begun& begin(net::Notes& notes) const {
        auto begun = std::make_unique<Begun>(live_.load());
        Begun& request = *begun;
        notes = std::move(begun);
        return request;
    }

    Snapshot<LiveConfiguration> live_;
};

}  // namespace pinrelay::app
