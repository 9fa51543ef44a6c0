#include "app/restart_keys.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "app/alarms/alarm_keeper.hpp"
#include "app/wiring.hpp"
#include "config/keys.hpp"
#include "pinrelay/app/stderr_logger.hpp"

// Each key of the configuration either needs a restart, or changes what a reload makes. A new key that does neither is
// in force after a restart only, and nobody is told.
namespace pinrelay::app {
namespace {

using config::Config;
using std::chrono::milliseconds;

std::ostream& operator<<(std::ostream& out, const std::vector<std::string>& list) {
    for (const auto& entry : list) out << entry << ',';
    return out;
}

std::size_t count_of(const std::optional<PerSecond>& limit) { return limit ? limit->count : 0; }

void write(std::ostream& out, const ingest::CollectSettings& settings) {
    const auto& drops = settings.not_people;
    out << settings.prefixes << '|' << settings.allowed_origins << '|' << settings.trusted_proxies << '|'
        << static_cast<int>(settings.forwarded_header) << static_cast<int>(settings.debug) << '|'
        << count_of(settings.requests_per_client) << '|' << settings.cookies.click_id << settings.cookies.visitor_id
        << settings.cookies.domains << settings.cookies.proof_keys.size() << '|' << drops.drop_bots
        << drops.drop_prefetches << drops.drop_previews << drops.drop_debug_events << drops.drop_internal_traffic << '|'
        << settings.max_body_bytes << '|' << settings.decode.events << '|' << settings.decode.items << '|'
        << settings.decode.segment << '|' << settings.decode.values << '\n';
}

void write(std::ostream& out, const net::ServerLimits& limits) {
    out << limits.header_bytes << '|' << limits.header_fields << '|' << limits.body_bytes << '|' << limits.connections
        << '|' << limits.connections_per_client << '|' << limits.requests_per_connection << '|'
        << count_of(limits.slowest_body) << '|' << limits.header_timeout.count() << '|'
        << limits.request_timeout.count() << '|' << limits.idle_timeout.count() << '|' << limits.proxy_protocol << '\n';
}

void write(std::ostream& out, const net::ClientOptions& options) {
    out << options.origin << '|' << options.ca_file.value_or("") << '|'
        << (options.proxy ? options.proxy->reveal() : "") << '|' << options.request_timeout.count() << '\n';
}

void write(std::ostream& out, const deliver::DispatchOptions& options) {
    out << options.linger.count() << '|' << options.retry.base.count() << '|' << options.retry.cap.count() << '|'
        << options.retry.pause.count() << '|' << options.concurrency << '|' << options.requests_per_second << '|'
        << static_cast<int>(options.ambiguous_offline) << '|' << options.warn_age.count() << '\n';
}

void write(std::ostream& out, const spool::DeadLetterLimits& limits) {
    out << limits.max_bytes << '|' << limits.keep.count() << '\n';
}

void write(std::ostream& out, const AlarmSettings& settings) {
    out << static_cast<int>(settings.format) << '|' << settings.limits.late.count() << '|'
        << settings.limits.certificate.count() << '\n';
}

// What Application::reload makes of a configuration or reads again. The files of the certificate and of keys stand
// for themselves, so do the webhook and the kinds of alarms, and the one common key that the destinations take.
std::string made_by_a_reload(Config config) {
    std::ostringstream out;
    out << config.tls_certificate_file << '|' << config.tls_key_file << '|' << config.max_items << '|'
        << config.admin_names << '|' << config.admin_token_file.value_or("") << '|' << config.admin_token.reveal()
        << '\n';
    config.tls_certificate_file.clear();
    out << config.proof_keys_file.value_or("") << '|' << config.proof_keys_variable.value_or("") << '\n';
    write(out, collect_settings(config, Secret("the relay's own")));
    write(out, server_limits(config));
    write(out, client_options(config));
    write(out, dispatch_options(config));
    write(out, dead_letter_limits(config));
    out << config.webhook.reveal() << '|' << config.webhook_file.value_or("") << '|'
        << config.webhook_variable.value_or("") << '|' << config.alarm_kinds << '\n';
    config.webhook = Secret();
    config.alarm_kinds.clear();
    boost::asio::io_context unused;
    write(out, alarm_settings(unused, config));
    out << static_cast<int>(log_options(config).level) << '|' << config.shutdown_grace.count() << config.admin_names;
    return out.str();
}

// Another value of a key, by its type.
struct Change {
    const config::Rule& rule;

    void operator()(std::string& text) const {
        if (rule.choices.empty())
            text += "x";
        else
            text = text == rule.choices.back() ? rule.choices.front() : rule.choices.back();
    }
    void operator()(std::optional<std::string>& text) const { text = "x"; }
    void operator()(std::filesystem::path& path) const { path /= "x"; }
    void operator()(bool& flag) const { flag = !flag; }
    void operator()(std::optional<bool>& flag) const { flag = !flag.value_or(false); }
    void operator()(unsigned& number) const { ++number; }
    void operator()(std::size_t& number) const { ++number; }
    void operator()(std::optional<PerSecond>& limit) const { limit = PerSecond{count_of(limit) + 1}; }
    void operator()(milliseconds& time) const { time += milliseconds(1); }
    void operator()(std::vector<std::string>& list) const { list.emplace_back("192.0.2.0/24"); }
    void operator()(Secret& secret) const { secret = Secret("http://proxy:1"); }
};

TEST(RestartKeys, AreThoseThatAReloadDoesNotPutInForce) {
    const Config running;
    for (const auto& key : config::config_keys()) {
        Config wanted = running;
        std::visit([&](auto member) { Change{key.rule}(wanted.*member); }, key.member);

        const bool reloads = made_by_a_reload(wanted) != made_by_a_reload(running);

        EXPECT_NE(needs_restart(running, wanted).has_value(), reloads) << key.path;
    }
}

TEST(RestartKeys, AreNamedTogether) {
    Config wanted;
    wanted.workers = 7;
    wanted.spool_max_records = 7;

    EXPECT_EQ(needs_restart({}, wanted), "needs a restart: workers, spool.max_records");
    EXPECT_EQ(needs_restart(wanted, wanted), std::nullopt);
}

}  // namespace
}  // namespace pinrelay::app
