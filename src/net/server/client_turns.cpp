#include "client_turns.hpp"

#include <algorithm>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "turn_order.hpp"

namespace pinrelay::net {
namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

// Between two looks at the sockets; the last request may go beyond it. A look takes a hundredth of that.
constexpr std::chrono::microseconds work_between_looks{200};

}  // namespace

// A service, so that the context that owns it destroys the coroutines that wait here with all others.
class ClientTurns final : public asio::execution_context::service {
public:
    struct Waiter {
        Waiter() = default;
        Waiter(const Waiter&) = delete;
        Waiter& operator=(const Waiter&) = delete;
        virtual ~Waiter() = default;
        virtual void resume() = 0;
    };

    using key_type = ClientTurns;
    static inline asio::execution_context::id id;  // NOLINT(cert-err58-cpp): it is empty

    explicit ClientTurns(asio::execution_context& context)
        : asio::execution_context::service(context), context_(static_cast<asio::io_context&>(context)) {}

    // Whether the client's turn is now: nobody waits, and there is time until the next look.
    bool begins_now(http::ClientKey client) {
        const auto now = steady_clock::now();
        end_unseen_turn(now);
        if (!std::exchange(look_awaited_, true)) {
            looked_at_ = now;
            asio::post(context_, [this] { after_look(); });
        }
        if (!order_.empty() || now - looked_at_ >= work_between_looks) return false;
        begin_turn(client, now);
        return true;
    }

    void wait(http::ClientKey client, std::unique_ptr<Waiter> waiter) { order_.add(client, std::move(waiter)); }

private:
    void shutdown() override { order_.clear(); }

    void begin_turn(http::ClientKey client, steady_clock::time_point now) noexcept {
        in_turn_ = client;
        begun_ = now;
    }

    void end_turn(steady_clock::time_point now) {
        if (in_turn_) order_.charge(*in_turn_, now - begun_, now);
        in_turn_.reset();
    }

    // The end of a turn that began at once is not seen. Others' reads and answers may have come since, which its client
    // must not pay for.
    void end_unseen_turn(steady_clock::time_point now) { end_turn(std::min(now, begun_ + work_between_looks)); }

    // What the look has brought comes first: it may be of a client whose turn is before that of all who wait.
    void after_look() {
        end_unseen_turn(steady_clock::now());
        look_awaited_ = !order_.empty();
        if (look_awaited_) asio::post(context_, [this] { give_turns(); });
    }

    void give_turns() {
        auto now = steady_clock::now();
        end_unseen_turn(now);
        looked_at_ = now;
        while (now - looked_at_ < work_between_looks) {
            auto next = order_.next();
            if (!next) break;
            begin_turn(next->client, now);
            next->item->resume();
            now = steady_clock::now();
            end_turn(now);
        }
        asio::post(context_, [this] { after_look(); });
    }

    asio::io_context& context_;
    TurnOrder<std::unique_ptr<Waiter>> order_{steady_clock::now()};
    bool look_awaited_ = false;  // after_look is to come
    steady_clock::time_point looked_at_{};
    std::optional<http::ClientKey> in_turn_;
    steady_clock::time_point begun_{};  // the turn
};

namespace {

template <class Completion>
class TurnWaiter final : public ClientTurns::Waiter {
public:
    explicit TurnWaiter(Completion completion) : completion_(std::move(completion)) {}
    void resume() override { std::move(completion_)(); }

private:
    Completion completion_;
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

ClientTurns& client_turns(asio::io_context& context) { return asio::use_service<ClientTurns>(context); }

bool begin_turn(ClientTurns& turns, http::ClientKey client) { return turns.begins_now(client); }

asio::awaitable<void> wait_for_turn(ClientTurns& turns, http::ClientKey client) {
    WaitForTurn initiation{&turns, client};
    return asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiation, asio::use_awaitable);
}

asio::awaitable<void> next_turn(ClientTurns& turns, http::ClientKey client) {
    if (turns.begins_now(client)) co_return;
    auto waiting = wait_for_turn(turns, client);
    co_await std::move(waiting);
}

}  // namespace pinrelay::net
