#include "client_turns.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pinrelay::net {
namespace asio = boost::asio;

namespace {

constexpr std::size_t turns_at_once = 2;  // of one client, between two looks

struct Waiter {
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    virtual ~Waiter() = default;
    virtual void resume() = 0;
};

template <class Completion>
class TurnWaiter final : public Waiter {
public:
    explicit TurnWaiter(Completion completion) : completion_(std::move(completion)) {}
    void resume() override { std::move(completion_)(); }

private:
    Completion completion_;
};

// A service, so that the context that owns it destroys the coroutines that wait here with all others.
class ClientTurns final : public asio::execution_context::service {
public:
    using key_type = ClientTurns;
    static inline asio::execution_context::id id;  // NOLINT(cert-err58-cpp): it is empty

    explicit ClientTurns(asio::execution_context& context)
        : asio::execution_context::service(context), context_(static_cast<asio::io_context&>(context)) {}

    // Whether the client has a turn left.
    bool take(http::ClientKey client) {
        Client& own = clients_[client];
        begin_pass();
        if (own.turns_left == 0) return false;
        --own.turns_left;
        return true;
    }

    void wait(http::ClientKey client, std::unique_ptr<Waiter> waiter) {
        clients_[client].waiting.push_back(std::move(waiter));
        begin_pass();
    }

private:
    struct Client {
        std::size_t turns_left = turns_at_once;
        std::deque<std::unique_ptr<Waiter>> waiting;
    };

    void shutdown() override { clients_.clear(); }

    // The pass ends behind all that is ready now.
    void begin_pass() {
        if (std::exchange(in_pass_, true)) return;
        asio::post(context_, [this] { end_pass(); });
    }

    void end_pass() {
        in_pass_ = false;
        std::vector<std::unique_ptr<Waiter>> next;
        for (auto place = clients_.begin(); place != clients_.end();) {
            Client& client = place->second;
            if (client.waiting.empty()) {
                place = clients_.erase(place);
                continue;
            }
            client.turns_left = turns_at_once;
            for (; client.turns_left > 0 && !client.waiting.empty(); --client.turns_left) {
                next.push_back(std::move(client.waiting.front()));
                client.waiting.pop_front();
            }
            ++place;
        }
        if (!clients_.empty()) begin_pass();
        for (auto& waiter : next) waiter->resume();
    }

    asio::io_context& context_;
    std::unordered_map<http::ClientKey, Client> clients_;
    bool in_pass_ = false;
};

// A type of its own, since a capturing lambda built inside co_await is freed twice by GCC 12.
struct WaitForTurn {
    ClientTurns* turns;
    http::ClientKey client;

    template <class Completion>
    void operator()(Completion&& completion) {
        turns->wait(client,
                    std::make_unique<TurnWaiter<std::decay_t<Completion>>>(std::forward<Completion>(completion)));
    }
};

}  // namespace

asio::awaitable<void> next_turn(asio::io_context& context, http::ClientKey client) {
    auto& turns = asio::use_service<ClientTurns>(context);
    if (turns.take(client)) co_return;
    WaitForTurn initiation{&turns, client};
    auto waiting = asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiation, asio::use_awaitable);
    co_await std::move(waiting);
}

}  // namespace pinrelay::net
