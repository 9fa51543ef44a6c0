#include "wiring.hpp"

#include <array>
#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "collect_certificate.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "pinrelay/net/server.hpp"

namespace pinrelay::app {
namespace pinterest = destinations::pinterest;

namespace {

// What a text of the configuration stands for. config has checked the texts: the first row is only the fallback.
template <class T, std::size_t N>
T lookup(const std::array<std::pair<std::string_view, T>, N>& table, std::string_view text) {
    for (const auto& [name, value] : table)
        if (name == text) return value;
    return table.front().second;
}

template <class T>
using Row = std::pair<std::string_view, T>;

constexpr std::array log_levels = {Row<LogLevel>{"info", LogLevel::Info}, Row<LogLevel>{"debug", LogLevel::Debug},
                                   Row<LogLevel>{"warn", LogLevel::Warn}, Row<LogLevel>{"error", LogLevel::Error},
                                   Row<LogLevel>{"off", LogLevel::Off}};
constexpr std::array profiles = {Row<pinterest::Profile>{"standard", pinterest::Profile::Standard},
                                 Row<pinterest::Profile>{"extended", pinterest::Profile::Extended}};
constexpr std::array phone_hashes = {Row<pinterest::PhoneHash>{"both", pinterest::PhoneHash::Both},
                                     Row<pinterest::PhoneHash>{"e164", pinterest::PhoneHash::E164},
                                     Row<pinterest::PhoneHash>{"digits", pinterest::PhoneHash::Digits}};
constexpr std::array item_counts = {Row<pinterest::NumItems>{"quantities", pinterest::NumItems::Quantities},
                                    Row<pinterest::NumItems>{"lines", pinterest::NumItems::Lines}};
constexpr std::array click_id_sources = {Row<pinterest::ClickIdSource>{"field", pinterest::ClickIdSource::Field},
                                         Row<pinterest::ClickIdSource>{"url", pinterest::ClickIdSource::Url},
                                         Row<pinterest::ClickIdSource>{"cookie", pinterest::ClickIdSource::Cookie}};
constexpr std::array client_ips = {Row<pinterest::ClientIp>{"full", pinterest::ClientIp::Full},
                                   Row<pinterest::ClientIp>{"truncated", pinterest::ClientIp::Truncated},
                                   Row<pinterest::ClientIp>{"none", pinterest::ClientIp::None}};
constexpr std::array late_policies = {Row<pinterest::LatePolicy>{"send", pinterest::LatePolicy::Send},
                                      Row<pinterest::LatePolicy>{"drop", pinterest::LatePolicy::Drop}};
constexpr std::array consent_policies = {Row<ingest::ConsentPolicy>{"respect", ingest::ConsentPolicy::Respect},
                                         Row<ingest::ConsentPolicy>{"require", ingest::ConsentPolicy::Require},
                                         Row<ingest::ConsentPolicy>{"strip", ingest::ConsentPolicy::Strip}};
constexpr std::array forwarded_headers = {
    Row<ingest::ForwardedHeader>{"x-forwarded-for", ingest::ForwardedHeader::XForwardedFor},
    Row<ingest::ForwardedHeader>{"forwarded", ingest::ForwardedHeader::Forwarded}};
constexpr std::array unknown_events = {Row<pinterest::UnknownEvents>{"drop", pinterest::UnknownEvents::Drop},
                                       Row<pinterest::UnknownEvents>{"custom", pinterest::UnknownEvents::Custom}};
constexpr std::array ambiguous_offlines = {
    Row<deliver::AmbiguousOffline>{"dead_letter", deliver::AmbiguousOffline::DeadLetter},
    Row<deliver::AmbiguousOffline>{"send_again", deliver::AmbiguousOffline::SendAgain}};
constexpr std::array custom_names = {Row<pinterest::CustomName>{"content_name", pinterest::CustomName::ContentName},
                                     Row<pinterest::CustomName>{"event_name", pinterest::CustomName::EventName}};

std::vector<pinterest::EventRule> event_rules(const std::vector<config::EventMapping>& events) {
    std::vector<pinterest::EventRule> rules;
    for (const auto& event : events) {
        pinterest::EventRule rule{event.ga4_name, event.drop, event.pinterest_name, event.custom_name, {}};
        for (const auto& parameter : event.parameters) {
            pinterest::ParameterRule out{parameter.target, parameter.pointer, std::nullopt};
            if (parameter.constant_json) {
                auto parsed = model::parse_json(*parameter.constant_json);
                if (auto* value = std::get_if<model::Value>(&parsed)) out.constant = std::move(*value);
            }
            rule.parameters.push_back(std::move(out));
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

}  // namespace

LogLevel log_level(const std::string& text) { return lookup(log_levels, text); }

std::unique_ptr<destination::Destination> make_destination(const config::Account& account) {
    const config::Mapping& mapping = account.mapping;
    pinterest::Settings settings;
    settings.ad_account_id = account.ad_account_id;
    settings.access_token = account.access_token;
    settings.profile = lookup(profiles, mapping.profile);
    settings.rules = event_rules(mapping.events);
    settings.forward_page_view = mapping.forward_page_view;
    settings.unknown_events = lookup(unknown_events, mapping.unknown_events);
    settings.custom_name = lookup(custom_names, mapping.custom_name);
    settings.default_currency = mapping.default_currency;
    settings.default_region = mapping.default_region;
    settings.phone_hash = lookup(phone_hashes, mapping.phone_hash);
    settings.num_items = lookup(item_counts, mapping.num_items);
    settings.click_id_order.clear();
    for (const auto& source : mapping.click_id_order)
        settings.click_id_order.push_back(lookup(click_id_sources, source));
    settings.external_id_lower_case = mapping.external_id_lower_case;
    settings.external_id_from_client_id = mapping.external_id_from_client_id;
    settings.client_ip = lookup(client_ips, mapping.client_ip);
    settings.late_policy = lookup(late_policies, mapping.late_policy);
    settings.partner_name = mapping.partner_name;
    settings.test_mode = account.test_mode;
    return pinterest::make_pinterest(std::move(settings));
}

std::vector<std::unique_ptr<destination::Destination>> make_destinations(const config::Config& config) {
    std::vector<std::unique_ptr<destination::Destination>> destinations;
    for (const auto& account : config.accounts) destinations.push_back(make_destination(account));
    return destinations;
}

namespace {
bool drops(const std::string& choice) { return choice == "drop"; }
}  // namespace

ingest::CollectSettings collect_settings(const config::Config& config) {
    ingest::CollectSettings settings;
    settings.prefixes = config.prefixes;
    settings.allowed_origins = config.allowed_origins;
    settings.trusted_proxies = config.trusted_proxies;
    settings.forwarded_header = lookup(forwarded_headers, config.forwarded_header);
    settings.debug = config.debug;
    settings.requests_per_client = config.max_requests_per_client;
    settings.cookies = {config.click_id_cookie, config.visitor_id_cookie, config.cookie_domains};
    settings.not_people = {drops(config.bots), drops(config.prefetches), drops(config.previews),
                           drops(config.debug_events), drops(config.internal_traffic)};
    settings.max_body_bytes = config.max_body_bytes;
    settings.decode = {config.max_events, config.max_items, config.segment};
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
                          account.max_event_rate});
    }
    return result;
}

net::ServerLimits server_limits(const config::Config& config) {
    net::ServerLimits limits;
    limits.body_bytes = config.max_body_bytes;
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
    options.durability = config.durability == "memory" ? spool::Durability::Memory : spool::Durability::Disk;
    options.duplicates = {config.duplicate_window, config.duplicate_max_keys};
    return options;
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

std::vector<config::Problem> check(const config::Config& config, const std::string& where) {
    std::vector<config::Problem> problems;
    if (const auto problem = net::problem_of_origin(config.endpoint)) {
        problems.push_back({where, "endpoint", *problem});
    } else if (const auto proxy_problem = net::problem_of_proxy(client_options(config))) {
        problems.push_back({config.proxy_variable ? "environment" : where,
                            config.proxy_variable.value_or("delivery.proxy"), *proxy_problem});
    } else {
        try {
            boost::asio::io_context unused;
            net::make_tls_client(unused, client_options(config));
        } catch (const std::runtime_error& wrong) {
            problems.push_back({where, "ca_file", wrong.what()});
        }
    }
    for (const auto& [key, address] : {std::pair{"listen", config.listen}, std::pair{"admin", config.admin}})
        if (const auto problem = net::problem_of_listen_address(address)) problems.push_back({where, key, *problem});
    for (std::size_t i = 0; i < config.accounts.size(); ++i) {
        try {
            make_destination(config.accounts[i]);
            const http::Networks allowed(config.accounts[i].allow_networks);
        } catch (const std::invalid_argument& wrong) {
            problems.push_back({where, "accounts[" + std::to_string(i) + "]", wrong.what()});
        }
    }
    try {
        const http::Networks checked(config.trusted_proxies);
    } catch (const std::invalid_argument& wrong) {
        problems.push_back({where, "collect.trusted_proxies", wrong.what()});
    }
    for (auto& problem : check_certificate(config, where)) problems.push_back(std::move(problem));
    return problems;
}

}  // namespace pinrelay::app
