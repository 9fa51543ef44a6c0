#include "pinrelay/app/application.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "account_states.hpp"
#include "app/alarms/alarm_keeper.hpp"
#include "app/alarms/observe.hpp"
#include "app/attention/attention.hpp"
#include "app/attention/notice_logger.hpp"
#include "app/dead_letters/letter_desk.hpp"
#include "app/history/history.hpp"
#include "app/log/announce.hpp"
#include "app/log/minute_timer.hpp"
#include "app/machine/cpu_quota.hpp"
#include "app/machine/descriptor_budget.hpp"
#include "app/machine/heartbeat.hpp"
#include "app/machine/service_manager.hpp"
#include "app/machine/worker_threads.hpp"
#include "app/status/status_board.hpp"
#include "app/trust/proof_key.hpp"
#include "collect_certificate.hpp"
#include "latch.hpp"
#include "live_configuration.hpp"
#include "outlets.hpp"
#include "pinrelay/admin/admin_handler.hpp"
#include "pinrelay/app/check.hpp"
#include "pinrelay/app/destinations.hpp"
#include "pinrelay/app/explainer.hpp"
#include "pinrelay/app/find.hpp"
#include "pinrelay/app/stderr_logger.hpp"
#include "pinrelay/core/confirmed_clock.hpp"
#include "pinrelay/core/version.hpp"
#include "pinrelay/identity/digest.hpp"
#include "pinrelay/ingest/collect_handler.hpp"
#include "pinrelay/ingest/long_bodies.hpp"
#include "pinrelay/ingest/proof_counts.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/server.hpp"
#include "pinrelay/watch/live_events.hpp"
#include "restart_keys.hpp"
#include "wiring.hpp"

namespace pinrelay::app {
namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t admin_connections = 64;

class Relay final : public Application {
public:
    Relay(config::Config config, Loader loader, Logger& logger)
        : config_(std::move(config)),
          loader_(std::move(loader)),
          log_(logger),
          notices_(log_, system_now),
          workers_("pinrelay-http", config_.workers != 0 ? config_.workers : available_cpus(), logger_),
          control_("pinrelay-ctl", 1, logger_),
          long_bodies_(ingest::make_long_bodies(logger_)),
          spool_(spool::open_sqlite_spool(spool_options(config_), clocks_.likely, logger_, clocks_.confirmed)) {
        identity::require_sha256();
        metrics_ = metrics::make_metrics({[this] { return spool_->ledger(); }, [this] { return connections(); },
                                          system_now, std::string(version())});
        outlets_ = std::make_unique<Outlets>(*control(), *spool_, *metrics_, clocks_, logger_, live_events_);
        alarms_ = std::make_unique<AlarmKeeper>(AlarmKeeper::Parts{*control(), *metrics_, logger_, clocks_.likely,
                                                                   [this] { return observation(); }, config_.data_dir});
        spool_->on_append([this] { outlets_->wake_all(); });
        const auto live = make_live(config_);
        divide_store(config_, *live);
        auto outlets = outlets_->make(config_, live);
        alarms_->use(alarm_settings(*control(), config_));
        handler_ = std::make_unique<ReloadableHandler>(live);
        live_ = live;
        desk_ = std::make_unique<LetterDesk>(
            config_.data_dir, [this] { return handler_->live(); }, logger_);
        admin_handler_ = admin::make_admin_handler(admin_parts());
        try {
            open_ports();
            announce(*live);
            outlets_->replace(std::move(outlets));
            history_.start(counts(), system_now());
            minutes_.start();
            alarms_->start();
            status_.start();
            control_.start();
            workers_.start();
            asio::post(*control(), [this] { heartbeat_.start(); });
        } catch (...) {
            // The threads that run already must end before what they use does.
            spool_->close();
            workers_.stop_and_join();
            control_.stop_and_join();
            desk_->stop();
            long_bodies_->stop();
            throw;
        }
    }

    ~Relay() override {
        stop();
        wait();
    }

    asio::ip::tcp::endpoint collect_endpoint() const override { return server_->endpoint(); }
    asio::ip::tcp::endpoint admin_endpoint() const override { return admin_->endpoint(); }

    std::optional<std::string> reload() override {
        std::promise<std::optional<std::string>> reason;
        asio::post(*control(), [&] { reason.set_value(reload_here()); });
        return reason.get_future().get();
    }

    void stop() override {
        if (stopping_.exchange(true)) return;
        manager_.stopping();
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
        desk_->stop();
        long_bodies_->stop();
        logger_.info("stopped");
    }

private:
    asio::io_context* control() { return control_.contexts().front(); }

    admin::AdminParts admin_parts() {
        admin::AdminParts parts{*metrics_, [this] { return not_ready(); }, [this] { return reload_here(); },
                                [this] { return account_states(*live_, *outlets_, *spool_); }};
        parts.listen = config_.admin;
        parts.hosts = [this] { return config_.admin_names; };
        parts.token = [this] { return config_.admin_token; };
        parts.history = [this](admin::HistorySpan span) { return history_.view(span, counts(), system_now()); };
        parts.attention = [this] { return attention(attention_facts()); };
        parts.dead_letters = desk_.get();
        parts.live = &live_events_;
        parts.find = [this](const auto& question) { return find(question); };
        parts.explain = [this](const std::string& text) { return explain(text); };
        parts.status = [this] { return status_.report(account_states(*live_, *outlets_, *spool_)); };
        return parts;
    }

    // The explainer is made by the first question, since it takes as much memory as a handler.
    asio::awaitable<http::Response> explain(std::string text) {
        if (!explainer_) explainer_ = make_explainer(config_);
        const auto explainer = explainer_;  // a reload may replace it meanwhile
        ToExplain what{std::move(text), "", {}};
        auto explaining = explainer->explain(std::move(what));
        const Explained explained = co_await std::move(explaining);
        if (const auto* problem = std::get_if<std::string>(&explained))
            co_return http::error_response(400, "nothing_to_explain", "", *problem);
        co_return http::json_response(200, std::get<Explanation>(explained).json);
    }

    AttentionFacts attention_facts() const {
        AttentionFacts facts;
        facts.now = system_now();
        facts.accounts = account_states(*live_, *outlets_, *spool_);
        Moment moment = counts();
        facts.hour = history_.view(admin::HistorySpan::Hour, moment, facts.now);
        facts.ledger = std::move(moment.ledger);
        facts.spool_max_bytes = config_.spool_max_bytes;
        facts.certificate_expires = connections().certificate_expires;
        facts.notices = notices_.notices();
        return facts;
    }

    metrics::ConnectionCounts connections() const {
        const auto* server = serving_.load();
        if (server == nullptr) return {};
        const auto stats = server->stats();
        metrics::ConnectionCounts counts{stats.connections, stats.refused_connections, stats.refused_clients,
                                         stats.malformed_requests};
        counts.certificate_expires = stats.certificate_expires;
        for (const auto& [outcome, name] : net::handshake_names)
            counts.handshakes.emplace_back(name, stats.handshakes[net::index_of(outcome)]);
        return counts;
    }

    // On the control thread, or before it runs.
    alarms::Observation observation() const {
        return observation_of(
            spool_->ledger(), names(*live_), [this](const std::string& name) { return outlets_->status(name); },
            connections().certificate_expires);
    }
    Moment counts() const { return {metrics_->tally(), spool_->ledger()}; }

    // For `systemctl status`.
    std::string status_line() const {
        const std::string pending = std::to_string(spool_->ledger().total().pending());
        return not_ready().value_or("taking events") + "; " + pending + " wait to be delivered";
    }

    std::string find(const spool::JournalQuestion& question) const {
        return found_json(question, find_events(config_.data_dir, question), spool_->has_journal());
    }

    // What must answer for the relay to work: each thread that takes requests, and the store's.
    std::vector<Heartbeat::Part> parts() {
        std::vector<Heartbeat::Part> parts;
        for (auto* context : workers_.contexts())
            parts.emplace_back([context](std::function<void()> done) { asio::post(*context, std::move(done)); });
        parts.emplace_back([this](const std::function<void()>& done) {
            spool::LeaseRequest nothing;  // of a destination that has no records
            spool_->lease(std::move(nothing), [done](const auto&) { done(); });
        });
        return parts;
    }

    std::optional<std::string> not_ready() const {
        if (stopping_) return "shutting down";
        const auto ledger = spool_->ledger();
        if (!ledger.writable) return "the store cannot be written";
        if (ledger.full) return "the store is full";
        return std::nullopt;
    }

    // In the constructor, then on the control thread.
    std::shared_ptr<const LiveConfiguration> make_live(const config::Config& config) {
        auto live = std::make_shared<LiveConfiguration>();
        live->destinations = make_destinations(config);
        const bool own_key = config.proof_cookie && config.proof_keys.empty();
        if (own_key && proof_key_.empty()) proof_key_ = own_proof_key(config.data_dir, logger_);
        live->handler =
            ingest::make_collect_handler(collect_settings(config, proof_key_), routes(config, live->destinations),
                                         *spool_, *metrics_, *long_bodies_, *proof_counts_, logger_, &live_events_);
        return live;
    }

    void divide_store(const config::Config& config, const LiveConfiguration& live) {
        spool_->share_between(names(live));
        spool_->keep_room_for_known(has_known_senders(config));
    }

    void open_ports() {
        net::ServerLimits admin_limits;
        admin_limits.connections = admin_connections;
        admin_ = net::listen(config_.admin, control_.contexts(), *admin_handler_, admin_limits, system_now, logger_);
        const auto limits = affordable_limits(config_);
        server_ = net::listen(config_.listen, workers_.contexts(), *handler_, limits, clocks_.likely, logger_);
        serving_ = server_.get();
        if (limits.tls) announce_certificate(*limits.tls, system_now(), logger_);
    }

    net::ServerLimits affordable_limits(const config::Config& config) {
        auto limits = server_limits(config);
        limits.connections = connections_within(config.max_connections, descriptor_limit());
        if (limits.connections < config.max_connections)
            logger_.warn("fewer connections than configured: the limit of open files is too low",
                         {{"open_files", std::to_string(descriptor_limit())},
                          {"connections", std::to_string(limits.connections)}});
        return limits;
    }

    void announce(const LiveConfiguration& live) {
        const auto ledger = spool_->ledger();
        announce_accounts(config_, live, ledger, logger_);
        if (config_.durability == "memory")
            logger_.warn("durability is \"memory\": an event is acknowledged before it is on disk and can be lost");
        logger_.info("started", {{"version", std::string(version())},
                                 {"listen", to_text(server_->endpoint())},
                                 {"admin", to_text(admin_->endpoint())},
                                 {"endpoint", config_.endpoint},
                                 {"proxy", net::proxy_in_use(client_options(config_)).value_or("")},
                                 {"workers", std::to_string(workers_.contexts().size())},
                                 {"pending", std::to_string(ledger.total().pending())}});
    }

    // On the control thread.
    std::optional<std::string> reload_here() {
        manager_.reloading();
        auto reason = take_over();
        if (!stopping_) heartbeat_.ready();
        metrics_->reloaded(!reason);
        if (reason) logger_.error("the configuration stays as it was", {{"reason", *reason}});
        return reason;
    }

    // All that can fail comes first; from then on nothing does.
    std::optional<std::string> take_over() {
        if (stopping_) return "shutting down";
        try {
            auto loaded = loader_();
            if (!loaded.problems.empty()) return config::one_line(loaded.problems);
            if (auto reason = needs_restart(config_, loaded.config)) return reason;
            const auto live = make_live(loaded.config);
            auto outlets = outlets_->make(loaded.config, live);
            auto alarms = alarm_settings(*control(), loaded.config);
            const auto limits = affordable_limits(loaded.config);

            config_ = std::move(loaded.config);
            explainer_ = nullptr;
            notices_.forget();
            logger_.set_level(log_level(config_.log_level));
            logger_.info("a new configuration is in force");
            log_warnings(loaded.warnings, logger_);
            announce_accounts(config_, *live, spool_->ledger(), logger_);
            server_->set_limits(limits);
            if (limits.tls) announce_certificate(*limits.tls, system_now(), logger_);
            divide_store(config_, *live);
            spool_->limit_dead_letters(dead_letter_limits(config_));
            handler_->replace(live);
            live_ = live;
            outlets_->replace(std::move(outlets));
            alarms_->use(std::move(alarms));
            return std::nullopt;
        } catch (const std::exception& failure) {
            return failure.what();
        }
    }

    // Stop accepting, finish requests, deliver within the grace, commit, close admin last.
    asio::awaitable<void> drain() {
        logger_.info("shutting down");
        const auto deadline = std::chrono::steady_clock::now() + config_.shutdown_grace;
        const auto senders_gone = std::make_shared<Latch>(*control());
        server_->drain(senders_gone->opener());
        // A sender that never finishes must not use up the time of the batches in flight.
        auto waiting = senders_gone->wait_until(deadline - config_.shutdown_grace / 2);
        co_await std::move(waiting);

        const auto left = std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now());
        const auto outlets_stopped = std::make_shared<Latch>(*control());
        outlets_->stop(std::max(left, milliseconds(0)), outlets_stopped->opener());
        auto stopping = outlets_stopped->wait_until(std::chrono::steady_clock::time_point::max());
        co_await std::move(stopping);
        spool_->close();
        minutes_.stop();
        const auto alarms_stopped = std::make_shared<Latch>(*control());
        alarms_->stop(alarms_stopped->opener());
        auto last_message = alarms_stopped->wait_until(std::chrono::steady_clock::time_point::max());
        co_await std::move(last_message);
        status_.stop();
        heartbeat_.stop();
        const auto pending = spool_->ledger().total().pending();
        announce_drained(pending, logger_);
        admin_->drain({});
    }

    config::Config config_;                          // in force; the control thread's once it runs
    std::shared_ptr<const LiveConfiguration> live_;  // likewise
    const Loader loader_;
    Logger& log_;
    NoticeLogger notices_;
    Logger& logger_ = notices_;
    std::atomic<bool> stopping_ = false;
    std::promise<void> drained_;
    std::future<void> drained_future_ = drained_.get_future();
    std::mutex wait_mutex_;
    WorkerThreads workers_;
    WorkerThreads control_;
    const ConfirmedClocks clocks_ = confirmed_clocks(system_now);  // of events and of the store
    std::unique_ptr<ingest::LongBodies> long_bodies_;              // behind the contexts of those that wait there
    const std::unique_ptr<ingest::ProofCounts> proof_counts_ = ingest::make_proof_counts();
    std::unique_ptr<spool::Spool> spool_;
    watch::LiveEvents live_events_;
    Secret proof_key_;  // the relay's own; empty until a configuration needs it
    std::unique_ptr<metrics::Metrics> metrics_;
    History history_;  // the control thread's once it runs
    // What a minute brought is in the history, so its warnings are no notices.
    MinuteTimer minutes_{*control(), [this] { return counts(); },
                         [this](const Moment& now) { history_.end_minute(now); }, log_};
    StatusBoard status_{*control(), [this] { return counts(); }};
    const ServiceManager manager_ = ServiceManager::of_environment();
    Heartbeat heartbeat_{*control(), manager_, parts(), [this] { return status_line(); }, logger_};
    std::unique_ptr<Outlets> outlets_;
    std::unique_ptr<AlarmKeeper> alarms_;
    std::unique_ptr<ReloadableHandler> handler_;
    std::unique_ptr<LetterDesk> desk_;
    std::shared_ptr<Explainer> explainer_;  // of the configuration in force; null pointer until somebody needs it
    std::unique_ptr<net::Handler> admin_handler_;
    std::atomic<const net::Server*> serving_ = nullptr;
    std::unique_ptr<net::Server> admin_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace

std::unique_ptr<Application> start(config::Config config, Loader loader, Logger& logger) {
    return std::make_unique<Relay>(std::move(config), std::move(loader), logger);
}

}  // namespace pinrelay::app
