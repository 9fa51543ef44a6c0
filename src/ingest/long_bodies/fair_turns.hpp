#pragma once

#include <algorithm>
#include <deque>
#include <list>
#include <optional>
#include <utility>

#include "pinrelay/ingest/long_bodies.hpp"

namespace pinrelay::ingest {

// Waiting items, of which the next is that of the group, and in it of the client, whose turn it is. Bounded by their
// bytes as LongBodies tells. Pure; one thread at a time.
template <class Item>
class FairTurns {
public:
    explicit FairTurns(std::size_t most_bytes) : free_(most_bytes) {}

    // False where there is no room for it; the item is then left as it was.
    bool add(const Turn& turn, std::size_t bytes, Item& item) {
        const auto group_place = find(groups_, turn.group);
        const std::size_t of_group = group_place == groups_.end() ? 0 : group_place->bytes;
        if (of_group + bytes > free_) return false;
        Group& group = group_place == groups_.end() ? append(groups_, turn.group) : *group_place;
        const auto client_place = find(group.members, turn.client);
        const std::size_t of_client = client_place == group.members.end() ? 0 : client_place->bytes;
        if (of_client + bytes > free_ - of_group) return false;
        Client& client = client_place == group.members.end() ? append(group.members, turn.client) : *client_place;
        client.members.push_back({std::move(item), bytes});
        client.bytes += bytes;
        group.bytes += bytes;
        free_ -= bytes;
        ++count_;
        return true;
    }

    std::optional<Item> next() {
        if (empty()) return std::nullopt;
        while (is_idle(groups_.front())) groups_.pop_front();
        Group& group = groups_.front();
        while (is_idle(group.members.front())) group.members.pop_front();
        Client& client = group.members.front();
        Waiting waiting = std::move(client.members.front());
        client.members.pop_front();
        client.bytes -= waiting.bytes;
        group.bytes -= waiting.bytes;
        free_ += waiting.bytes;
        --count_;
        end_turn(group.members);
        end_turn(groups_);
        return std::move(waiting.item);
    }

    bool empty() const noexcept { return count_ == 0; }

private:
    struct Waiting {
        Item item;
        std::size_t bytes = 0;
    };
    struct Client {
        http::ClientKey key = 0;
        std::size_t bytes = 0;
        std::deque<Waiting> members;
    };
    struct Group {
        http::ClientKey key = 0;
        std::size_t bytes = 0;
        std::list<Client> members;
    };

    // Where memory was short, one was made for which nothing waits. It goes when its turn comes.
    static bool is_idle(const Client& client) noexcept { return client.members.empty(); }
    static bool is_idle(const Group& group) noexcept {
        return std::all_of(group.members.begin(), group.members.end(), [](const Client& one) { return is_idle(one); });
    }

    template <class Level>
    static auto find(std::list<Level>& level, http::ClientKey key) noexcept {
        return std::find_if(level.begin(), level.end(), [key](const Level& one) { return one.key == key; });
    }

    template <class Level>
    static Level& append(std::list<Level>& level, http::ClientKey key) {
        Level& made = level.emplace_back();
        made.key = key;
        return made;
    }

    // The first has had its turn: it becomes the last, or goes where it has nothing more.
    template <class Level>
    static void end_turn(std::list<Level>& level) noexcept {
        if (level.front().members.empty()) {
            level.pop_front();
        } else {
            level.splice(level.end(), level, level.begin());
        }
    }

    std::list<Group> groups_;
    std::size_t free_;
    std::size_t count_ = 0;
};

}  // namespace pinrelay::ingest
