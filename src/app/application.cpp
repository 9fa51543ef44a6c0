#include "pinrelay/app/application.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "cpu_quota.hpp"
#include "pinrelay/admin/admin_handler.hpp"
#include "pinrelay/core/version.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "wiring.hpp"
#include "worker_threads.hpp"

namespace pinrelay::app {
namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds drain_poll{20};
constexpr std::size_t admin_connections = 64;

// One account: what it is, how it is reached, who delivers to it.
struct Outlet {
    std::unique_ptr<http::Client> client;
    std::unique_ptr<deliver::Dispatcher> dispatcher;
};

class Relay final : public Application {
public:
    Relay(config::Config config, Logger& logger)
        : config_(std::move(config)),
          logger_(logger),
          workers_("pinrelay-http", config_.workers != 0 ? config_.workers : available_cpus(), logger),
          control_("pinrelay-ctl", 1, logger),
          spool_(spool::open_sqlite_spool(spool_options(config_), system_now, logger)) {
        identity::sha256_hex("");  // an OpenSSL without SHA-256 shows here and not at the first event
        metrics_ = metrics::make_metrics({[this] { return spool_->ledger(); }, [this] { return connections(); },
                                          system_now, std::string(version())});
        for (const auto& account : config_.accounts) destinations_.push_back(make_destination(account));
        make_outlets();
        handler_ = ingest::make_collect_handler(collect_settings(config_), routes(config_, destinations_), *spool_,
                                                *metrics_, logger_);
        admin_handler_ = admin::make_admin_handler(*metrics_, [this] { return not_ready(); });
        try {
            open_ports();
            announce();
        } catch (...) {
            // The threads that run already must end before what they use does.
            workers_.stop_and_join();
            control_.stop_and_join();
            throw;
        }
    }

    ~Relay() override {
        stop();
        wait();
    }

    asio::ip::tcp::endpoint collect_endpoint() const override { return server_->endpoint(); }
    asio::ip::tcp::endpoint admin_endpoint() const override { return admin_->endpoint(); }

    void stop() override {
        if (stopping_.exchange(true)) return;
        asio::co_spawn(*control(), drain(), [this](const std::exception_ptr& failure) {
            if (failure) logger_.error("the drain ended early");
            drained_.set_value();
        });
    }

    void wait() override {
        const std::lock_guard lock(wait_mutex_);
        if (!drained_future_.valid()) return;
        drained_future_.get();
        workers_.stop_and_join();
        control_.stop_and_join();
        logger_.info("stopped");
    }

private:
    asio::io_context* control() { return control_.contexts().front(); }

    metrics::ConnectionCounts connections() const {
        const auto* server = serving_.load();
        if (server == nullptr) return {};
        const auto stats = server->stats();
        return {stats.connections, stats.refused_connections, stats.malformed_requests};
    }

    std::optional<std::string> not_ready() const {
        if (stopping_) return "shutting down";
        const auto ledger = spool_->ledger();
        if (!ledger.writable) return "the store cannot be written";
        if (ledger.full) return "the store is full";
        return std::nullopt;
    }

    void make_outlets() {
        for (const auto& destination : destinations_) {
            Outlet outlet;
            outlet.client = http::make_tls_client(*control(), client_options(config_));
            outlet.dispatcher =
                deliver::make_dispatcher(*control(), *destination, *spool_, *outlet.client, *metrics_,
                                         dispatch_options(config_), system_now, system_random(), logger_);
            outlets_.push_back(std::move(outlet));
        }
        spool_->on_append([this] {
            for (auto& outlet : outlets_) outlet.dispatcher->wake();
        });
    }

    void open_ports() {
        http::ServerLimits admin_limits;
        admin_limits.connections = admin_connections;
        admin_ = http::listen(config_.admin, control_.contexts(), *admin_handler_, admin_limits, system_now, logger_);
        server_ =
            http::listen(config_.listen, workers_.contexts(), *handler_, server_limits(config_), system_now, logger_);
        serving_ = server_.get();
        for (auto& outlet : outlets_) outlet.dispatcher->start();
        control_.start();
        workers_.start();
    }

    void announce() {
        const auto text = [](const asio::ip::tcp::endpoint& e) {
            return (e.address().is_v6() ? "[" + e.address().to_string() + "]" : e.address().to_string()) + ":" +
                   std::to_string(e.port());
        };
        for (std::size_t i = 0; i < destinations_.size(); ++i) {
            const auto& account = config_.accounts[i];
            logger_.info("delivering to an account",
                         {{"destination", destinations_[i]->name()}, {"profile", account.mapping.profile}});
            if (account.test_mode)
                logger_.warn("TEST MODE: Pinterest checks the events of this account and records none of them",
                             {{"destination", destinations_[i]->name()}});
        }
        if (config_.durability == "memory")
            logger_.warn("durability is \"memory\": an event is acknowledged before it is on disk and can be lost");
        const auto ledger = spool_->ledger();
        warn_of_orphans(ledger);
        const auto backlog = ledger.total().pending();
        logger_.info("started", {{"version", std::string(version())},
                                 {"listen", text(server_->endpoint())},
                                 {"admin", text(admin_->endpoint())},
                                 {"endpoint", config_.endpoint},
                                 {"workers", std::to_string(workers_.contexts().size())},
                                 {"pending", std::to_string(backlog)}});
    }

    // Events of an account that was taken out of the configuration wait for ever: the operator must know.
    void warn_of_orphans(const spool::Ledger& ledger) {
        for (const auto& [name, oldest] : ledger.oldest_pending) {
            const auto is_it = [&name = name](const auto& destination) { return destination->name() == name; };
            if (std::any_of(destinations_.begin(), destinations_.end(), is_it)) continue;
            logger_.warn("events wait for an account that is not configured",
                         {{"destination", name}, {"pending", std::to_string(ledger.total(name).pending())}});
        }
    }

    // Stop accepting, finish requests, deliver within the grace, commit, close admin last.
    asio::awaitable<void> drain() {
        logger_.info("shutting down");
        const auto deadline = std::chrono::steady_clock::now() + config_.shutdown_grace;
        server_->drain();
        asio::steady_timer timer(*control());
        while (server_->stats().connections > 0 && std::chrono::steady_clock::now() < deadline) {
            timer.expires_after(drain_poll);
            co_await timer.async_wait(asio::use_awaitable);
        }
        const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
        auto running = std::make_shared<std::size_t>(outlets_.size());
        for (auto& outlet : outlets_)
            outlet.dispatcher->stop(std::max(left, milliseconds(0)), [running] { --*running; });
        while (*running > 0) {
            timer.expires_after(drain_poll);
            co_await timer.async_wait(asio::use_awaitable);
        }
        spool_->close();
        const auto pending = spool_->ledger().total().pending();
        logger_.info("drained", {{"pending", std::to_string(pending)}});
        admin_->drain();
    }

    config::Config config_;
    Logger& logger_;
    std::atomic<bool> stopping_ = false;
    std::promise<void> drained_;
    std::future<void> drained_future_ = drained_.get_future();
    std::mutex wait_mutex_;
    WorkerThreads workers_;
    WorkerThreads control_;
    std::unique_ptr<spool::Spool> spool_;
    std::unique_ptr<metrics::Metrics> metrics_;
    std::vector<std::unique_ptr<destination::Destination>> destinations_;
    std::vector<Outlet> outlets_;
    std::unique_ptr<http::Handler> handler_;
    std::unique_ptr<http::Handler> admin_handler_;
    std::atomic<const http::Server*> serving_ = nullptr;
    std::unique_ptr<http::Server> admin_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace

std::unique_ptr<Application> start(config::Config config, Logger& logger) {
    return std::make_unique<Relay>(std::move(config), logger);
}

}  // namespace pinrelay::app
