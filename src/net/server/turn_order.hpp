#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

#include "pinrelay/http/networks.hpp"

namespace pinrelay::net {

// What waits for a worker, in the order in which the worker does it. A client that has used little of the worker's time
// lately comes before those that have used much, whatever they have waiting; clients that used about the same take
// turns. So a client with a thousand busy connections does not hold up one that sends an event now and then.
//
// The time that a client uses is added up, and halved every tenth of a second. Clients wait in lines, one for each
// power of two of their sum. All lines move up with each halving, so that nobody waits for ever.
//
// Pure; one thread at a time.
template <class Item>
class TurnOrder {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    static constexpr std::chrono::milliseconds half_life{100};
    static constexpr std::chrono::milliseconds first_line{2};  // 1.4 % of the worker in the long run

    explicit TurnOrder(Time now) : halved_at_(now) {}
    TurnOrder(const TurnOrder&) = delete;
    TurnOrder& operator=(const TurnOrder&) = delete;
    ~TurnOrder() { clear(); }

    void add(http::ClientKey key, Item item) {
        Client& client = clients_[key];
        client.key = key;
        client.waiting.push_back(std::move(item));
        if (!client.is_linked()) line_of(client).push_back(client);
        ++count_;
    }

    struct Next {
        http::ClientKey client = 0;
        Item item;
    };
    std::optional<Next> next() {
        for (Line& line : lines_) {
            while (!line.empty()) {
                Client& client = line.front();
                line.pop_front();
                Line& proper = line_of(client);
                if (&proper > &line) {  // it has used more since it came here
                    proper.push_back(client);
                    continue;
                }
                Next next{client.key, std::move(client.waiting.front())};
                client.waiting.pop_front();
                if (!client.waiting.empty()) line.push_back(client);
                --count_;
                return next;
            }
        }
        return std::nullopt;
    }

    // The client has used so much of the worker's time, until `now`.
    void charge(http::ClientKey key, Duration used, Time now) {
        if (now - halved_at_ >= half_life) halve(now);
        clients_[key].used += used;
    }

    bool empty() const noexcept { return count_ == 0; }
    std::size_t clients() const noexcept { return clients_.size(); }  // that wait, or used something lately

    void clear() noexcept {
        for (Line& line : lines_) line.clear();
        clients_.clear();
        count_ = 0;
    }

private:
    using Hook = boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::safe_link>>;

    struct Client : Hook {
        http::ClientKey key = 0;
        Duration used{0};
        std::list<Item> waiting;
    };
    using Line = boost::intrusive::list<Client, boost::intrusive::constant_time_size<false>>;

    Line& line_of(const Client& client) noexcept {
        const auto times = static_cast<std::uint64_t>(client.used / first_line);
        return lines_[std::min<std::size_t>(std::bit_width(times), lines_.size() - 1)];
    }

    void halve(Time now) {
        halved_at_ = now;
        for (std::size_t place = 1; place < lines_.size(); ++place)
            lines_[place - 1].splice(lines_[place - 1].end(), lines_[place]);
        for (auto& [key, client] : clients_) client.used /= 2;
        std::erase_if(clients_,
                      [](const auto& place) { return place.second.waiting.empty() && place.second.used < forgotten; });
    }

    static constexpr std::chrono::milliseconds forgotten{1};
    static constexpr std::size_t line_count = 7;  // the last: half of the worker's time and more

    std::unordered_map<http::ClientKey, Client> clients_;
    std::array<Line, line_count> lines_;
    std::size_t count_ = 0;
    Time halved_at_;
};

}  // namespace pinrelay::net
