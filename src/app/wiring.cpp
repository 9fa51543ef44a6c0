#include "wiring.hpp"

#include <algorithm>
#include <utility>

#include "app/trust/requirements.hpp"
#include "choices.hpp"
#include "collect_certificate.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"

namespace pinrelay::app {
namespace {

// That are read of one event at the least. How many of them are sent is the destination's limit, collect.max_items.
constexpr std::size_t most_items = 5'000;

// Of the longest body that is allowed, where that is more than the usual bounds of bodies on their way.
constexpr std::size_t most_bodies_on_their_way = 8;
constexpr std::size_t most_bodies_of_a_client = 2;

bool keeps_item_sources(const config::Config& config) {
    return std::ranges::any_of(config.accounts, [](const auto& account) {
        return destinations::pinterest::needs_item_sources(pinterest_settings(account));
    });
}

std::vector<Secret> proof_keys(const config::Config& config, const Secret& own) {
    if (!config.proof_cookie) return {};
    if (!config.proof_keys.empty()) return config.proof_keys;
    return own.empty() ? std::vector<Secret>() : std::vector{own};
}

ingest::DebugAnswers debug_answers(const std::optional<bool>& debug) {
    if (!debug) return ingest::DebugAnswers::KnownSenders;
    return *debug ? ingest::DebugAnswers::Everybody : ingest::DebugAnswers::Nobody;
}

}  // namespace

ingest::CollectSettings collect_settings(const config::Config& config, const Secret& own_proof_key) {
    ingest::CollectSettings settings;
    settings.prefixes = config.prefixes;
    settings.allowed_origins = config.allowed_origins;
    settings.trusted_proxies = config.trusted_proxies;
    settings.forwarded_header = lookup(forwarded_headers, config.forwarded_header);
    settings.debug = debug_answers(config.debug);
    settings.requests_per_client = config.max_requests_per_client;
    settings.cookies = {config.click_id_cookie, config.visitor_id_cookie, config.cookie_domains,
                        proof_keys(config, own_proof_key)};
    settings.not_people = {lookup(bots, config.bots), lookup(prefetches, config.prefetches),
                           lookup(previews, config.previews), lookup(debug_events, config.debug_events),
                           lookup(internal_traffic, config.internal_traffic)};
    settings.max_body_bytes = config.max_body_bytes;
    settings.decode.events = config.max_events;
    settings.decode.values = config.max_values;
    settings.decode.items = std::max(config.max_items, most_items);
    settings.decode.segment = config.segment;
    settings.decode.item_sources = keeps_item_sources(config);
    return settings;
}

namespace {
ingest::AccessSettings access_settings(const config::Account& account) {
    return {account.allow_origins, account.allow_networks, account.keys, account.signing_keys};
}
}  // namespace

std::vector<ingest::Route> routes(const config::Config& config,
                                  const std::vector<std::unique_ptr<destination::Destination>>& destinations) {
    std::vector<ingest::Route> result;
    for (std::size_t i = 0; i < destinations.size(); ++i) {
        const auto& account = config.accounts[i];
        result.push_back({destinations[i].get(), account.measurement_ids, account.hosts, account.paths,
                          lookup(consent_policies, account.mapping.consent), access_settings(account),
                          account.max_event_rate, requirements(account)});
    }
    return result;
}

bool has_known_senders(const config::Config& config) {
    return std::ranges::any_of(config.accounts, [](const config::Account& account) {
        return !account.allow_networks.empty() || !account.keys.empty() || !account.signing_keys.empty();
    });
}

net::ServerLimits server_limits(const config::Config& config) {
    net::ServerLimits limits;
    limits.body_bytes = config.max_body_bytes;
    limits.unfinished_bytes = std::max(limits.unfinished_bytes, config.max_body_bytes * most_bodies_on_their_way);
    limits.unfinished_bytes_per_client =
        std::max(limits.unfinished_bytes_per_client, config.max_body_bytes * most_bodies_of_a_client);
    limits.header_bytes = config.max_header_bytes;
    limits.header_fields = config.max_header_fields;
    limits.connections = config.max_connections;
    limits.connections_per_client = config.max_connections_per_client;
    limits.requests_per_connection = config.max_requests_per_connection;
    limits.slowest_body = config.min_body_rate;
    limits.trusted_proxies = http::Networks(config.trusted_proxies);
    limits.proxy_protocol = config.proxy_protocol;
    limits.tls = collect_certificate(config);
    limits.header_timeout = config.header_timeout;
    limits.request_timeout = config.request_timeout;
    limits.idle_timeout = config.idle_timeout;
    return limits;
}

net::ClientOptions client_options(const config::Config& config) {
    net::ClientOptions options;
    options.origin = config.endpoint;
    if (!config.ca_file.empty()) options.ca_file = config.ca_file;
    if (!config.proxy.empty()) options.proxy = config.proxy;
    options.no_proxy = config.no_proxy;
    options.request_timeout = config.delivery_timeout;
    options.max_idle_connections = config.concurrency + 1;  // one more for fresh events
    return options;
}

spool::SqliteOptions spool_options(const config::Config& config) {
    spool::SqliteOptions options;
    options.directory = config.data_dir;
    options.max_bytes = config.spool_max_bytes;
    options.max_records = config.spool_max_records;
    options.durability = lookup(durabilities, config.durability);
    options.duplicates = {config.duplicate_window, config.duplicate_max_keys};
    options.dead_letters = dead_letter_limits(config);
    options.journal = {config.journal_keep, config.journal_max_bytes};
    return options;
}

spool::DeadLetterLimits dead_letter_limits(const config::Config& config) {
    return {config::dead_letter_quota(config), config.dead_letters_keep};
}

deliver::DispatchOptions dispatch_options(const config::Config& config) {
    deliver::DispatchOptions options;
    options.linger = config.batch_linger;
    options.retry.base = config.retry_base;
    options.retry.cap = config.retry_cap;
    options.retry.pause = config.probe_interval;
    options.concurrency = config.concurrency;
    options.requests_per_second = static_cast<double>(config.requests_per_second);
    options.ambiguous_offline = lookup(ambiguous_offlines, config.ambiguous_offline);
    options.warn_age = config.warn_age;
    return options;
}

}  // namespace pinrelay::app
