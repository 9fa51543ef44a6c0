#include "keys.hpp"

#include <array>

namespace pinrelay::config {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

using Texts = std::string_view;
constexpr std::array log_levels = {Texts("debug"), Texts("info"), Texts("warn"), Texts("error"), Texts("off")};
constexpr std::array log_formats = {Texts("text"), Texts("json")};
constexpr std::array durabilities = {Texts("disk"), Texts("memory")};
constexpr std::array profiles = {Texts("standard"), Texts("extended")};
constexpr std::array unknown_events = {Texts("drop"), Texts("custom")};
constexpr std::array custom_names = {Texts("content_name"), Texts("event_name")};
constexpr std::array phone_hashes = {Texts("both"), Texts("e164"), Texts("digits")};
constexpr std::array item_counts = {Texts("quantities"), Texts("lines")};
constexpr std::array click_id_sources = {Texts("field"), Texts("url"), Texts("cookie")};
constexpr std::array ambiguous_offlines = {Texts("dead_letter"), Texts("send_again")};
constexpr std::array consents = {Texts("respect"), Texts("require"), Texts("strip")};
constexpr std::array forwarded_headers = {Texts("x-forwarded-for"), Texts("forwarded")};
constexpr std::array fates = {Texts("drop"), Texts("send")};
constexpr std::array client_ips = {Texts("full"), Texts("truncated"), Texts("none")};
constexpr std::array alarm_formats = {Texts("json"), Texts("slack")};
constexpr std::array alarm_kinds = {
    Texts("paused"),      Texts("late"),       Texts("dead_letters"),     Texts("dead_letters_growing"),
    Texts("volume_fell"), Texts("store_full"), Texts("store_unwritable"), Texts("certificate_expires")};
constexpr std::array late_policies = {Texts("send"), Texts("drop")};

constexpr std::uint64_t KiB = 1024;
constexpr std::uint64_t MiB = 1024 * KiB;
constexpr std::uint64_t TiB = 1024 * 1024 * MiB;

constexpr Rule one_of(std::span<const std::string_view> choices) { return {choices}; }
constexpr Rule checked(Check check) { return {{}, check}; }
constexpr Rule number(std::uint64_t least, std::uint64_t most) { return {{}, nullptr, least, most}; }
constexpr Rule size(std::uint64_t least, std::uint64_t most) { return {{}, nullptr, least, most, true}; }
constexpr Rule duration(milliseconds least, milliseconds most) {
    return {{}, nullptr, static_cast<std::uint64_t>(least.count()), static_cast<std::uint64_t>(most.count())};
}
constexpr Rule some_entries(Check check) { return {{}, check, 0, 0, false, true}; }
constexpr Rule some_of(std::span<const std::string_view> choices) { return {choices, nullptr, 0, 0, false, true}; }

using C = Config;
constexpr std::array config_rows = {
    Key<C>{"listen", "PINRELAY_LISTEN", "Address and port that take events.", &C::listen,
           checked(problem_of_listen_address)},
    Key<C>{"admin", "PINRELAY_ADMIN", "Address and port of health, metrics and status; keep it away from the internet.",
           &C::admin, checked(problem_of_listen_address)},
    Key<C>{"admin_names", "PINRELAY_ADMIN_NAMES",
           "Further names by which the admin port is called, \"*.\" for all below; see operations.md.", &C::admin_names,
           checked(problem_of_host_pattern)},
    Key<C>{
        "admin_token", "PINRELAY_ADMIN_TOKEN",
        "Token that all answers of the admin port need but health, metrics and the files of its page; the page needs "
        "one unless the port listens on loopback. At least 16 characters.",
        &C::admin_token},
    Key<C>{"admin_token_file", "PINRELAY_ADMIN_TOKEN_FILE", "A file with that token, read again by each reload.",
           &C::admin_token_file, checked(problem_if_empty)},
    Key<C>{"data_dir", "PINRELAY_DATA_DIR", "Directory of the store; one relay per directory.", &C::data_dir,
           checked(problem_if_empty)},
    Key<C>{"endpoint", "PINRELAY_ENDPOINT",
           "Where events are delivered to: https, or a loopback host for tests; without a path.", &C::endpoint,
           checked(problem_of_endpoint)},
    Key<C>{"ca_file", "PINRELAY_CA_FILE",
           "PEM file with the certificate authorities to trust in place of the system's; empty for the system's.",
           &C::ca_file},
    Key<C>{"workers", "PINRELAY_WORKERS",
           "Threads that take events; 0 for as many as the process may use, by affinity and cgroup quota.", &C::workers,
           number(0, 1024)},
    Key<C>{"log_level", "PINRELAY_LOG_LEVEL", "The least important sentences to log.", &C::log_level,
           one_of(log_levels)},
    Key<C>{"log_format", "PINRELAY_LOG_FORMAT",
           "How a line of the log is written: \"text\" as key=value (logfmt), \"json\" as one JSON object.",
           &C::log_format, one_of(log_formats)},
    Key<C>{"log_time", "PINRELAY_LOG_TIME",
           "Whether each line of the log begins with its time; turn it off where journald adds its own.", &C::log_time},

    Key<C>{"collect.prefixes", "PINRELAY_PREFIXES", "Paths that take events, with their relatives behind them.",
           &C::prefixes, some_entries(problem_of_prefix)},
    Key<C>{"collect.allowed_origins", "PINRELAY_ALLOWED_ORIGINS",
           "Origins of other sites whose browsers may post; \"*\" for any, without cookies.", &C::allowed_origins,
           checked(problem_of_origin_pattern)},
    Key<C>{"collect.trusted_proxies", "PINRELAY_TRUSTED_PROXIES",
           "Addresses or CIDR blocks of the proxies in front, whose word on the visitor's address is believed.",
           &C::trusted_proxies, checked(problem_if_empty)},
    Key<C>{"collect.forwarded_header", "PINRELAY_FORWARDED_HEADER",
           "The header in which they say it: X-Forwarded-For, or Forwarded (RFC 7239). The other one is not looked at, "
           "since a proxy lets it through as the visitor sent it.",
           &C::forwarded_header, one_of(forwarded_headers)},
    Key<C>{"collect.debug", "PINRELAY_DEBUG",
           "To whom debug requests are answered with what would become of each event: true for everybody, false for "
           "nobody; unset for programs on this machine and for senders with a key, a signature or an allowed network.",
           &C::debug},
    Key<C>{"collect.segment", "PINRELAY_SEGMENT",
           "Whether the batches of a Segment-like SDK are taken; they are refused otherwise.", &C::segment},
    Key<C>{"collect.bots", "PINRELAY_BOTS", "What becomes of events whose user agent is a bot's or a program's.",
           &C::bots, one_of(fates)},
    Key<C>{"collect.prefetches", "PINRELAY_PREFETCHES",
           "What becomes of events of pages that the browser loads before anybody looks at them.", &C::prefetches,
           one_of(fates)},
    Key<C>{"collect.previews", "PINRELAY_PREVIEWS", "What becomes of events of GTM's preview mode.", &C::previews,
           one_of(fates)},
    Key<C>{"collect.debug_events", "PINRELAY_DEBUG_EVENTS",
           "What becomes of events marked debug_mode, which some sites leave on by mistake.", &C::debug_events,
           one_of(fates)},
    Key<C>{"collect.internal_traffic", "PINRELAY_INTERNAL_TRAFFIC",
           "What becomes of events marked as internal traffic by GA4's traffic_type.", &C::internal_traffic,
           one_of(fates)},
    Key<C>{"collect.max_body_bytes", "PINRELAY_MAX_BODY_BYTES", "The largest request body that is taken.",
           &C::max_body_bytes, size(KiB, 64 * MiB)},
    Key<C>{"collect.max_events", "PINRELAY_MAX_EVENTS", "The most events in one request.", &C::max_events,
           number(1, 10'000)},
    Key<C>{"collect.max_values", "PINRELAY_MAX_VALUES",
           "The most values in one request: JSON values, pairs of a form and parameters of URLs.", &C::max_values,
           number(1'000, 10'000'000)},
    Key<C>{"collect.max_items", "PINRELAY_MAX_ITEMS",
           "The most items of one event that are sent in contents; more still count.", &C::max_items,
           number(1, 10'000)},
    Key<C>{"collect.max_header_bytes", "PINRELAY_MAX_HEADER_BYTES",
           "The largest header of a request, with its first line.", &C::max_header_bytes, size(KiB, MiB)},
    Key<C>{"collect.max_header_fields", "PINRELAY_MAX_HEADER_FIELDS", "The most header fields of a request.",
           &C::max_header_fields, number(8, 10'000)},
    Key<C>{"collect.max_connections", "PINRELAY_MAX_CONNECTIONS", "The most connections at once.", &C::max_connections,
           number(1, 1'000'000)},
    Key<C>{"collect.max_connections_per_client", "PINRELAY_MAX_CONNECTIONS_PER_CLIENT",
           "The most connections of one IPv4 address, or one /64 of IPv6; 4 times as many of a /56, 16 times of a /48; "
           "trusted proxies are not counted.",
           &C::max_connections_per_client, number(1, 1'000'000)},
    Key<C>{"collect.max_requests_per_connection", "PINRELAY_MAX_REQUESTS_PER_CONNECTION",
           "After so many requests a connection is closed, so that its client begins another.",
           &C::max_requests_per_connection, number(1, 1'000'000'000)},
    Key<C>{"collect.max_requests_per_client", "PINRELAY_MAX_REQUESTS_PER_CLIENT",
           "The requests per second of one IPv4 address, or one /64 of IPv6, on the average, ten seconds' worth at "
           "once; 4 times as many of a /56, 16 times of a /48; long or costly requests count as several; 0 for any "
           "number.",
           &C::max_requests_per_client, number(0, 1'000'000)},
    Key<C>{"collect.min_body_rate", "PINRELAY_MIN_BODY_RATE",
           "The bytes per second at which a body must arrive at the least, on the average, after 5 seconds; 0 for any.",
           &C::min_body_rate, size(0, MiB)},
    Key<C>{"collect.proxy_protocol", "PINRELAY_PROXY_PROTOCOL",
           "Whether trusted proxies begin each connection with a PROXY header of version 1 or 2, and only with one.",
           &C::proxy_protocol},
    Key<C>{"collect.tls_certificate_file", "PINRELAY_TLS_CERTIFICATE_FILE",
           "PEM file with the certificate chain for TLS on this port, read anew by each reload; empty for plain HTTP.",
           &C::tls_certificate_file},
    Key<C>{"collect.tls_key_file", "PINRELAY_TLS_KEY_FILE",
           "PEM file with the certificate's private key, without a passphrase.", &C::tls_key_file},
    Key<C>{"collect.header_timeout", "PINRELAY_HEADER_TIMEOUT", "How long the header of a request may take.",
           &C::header_timeout, duration(100ms, 1h)},
    Key<C>{"collect.request_timeout", "PINRELAY_REQUEST_TIMEOUT", "How long a whole request may take to arrive.",
           &C::request_timeout, duration(100ms, 1h)},
    Key<C>{"collect.idle_timeout", "PINRELAY_IDLE_TIMEOUT",
           "How long a connection may rest between requests; longer than the proxy in front keeps its own.",
           &C::idle_timeout, duration(100ms, 1h)},

    Key<C>{"cookies.click_id", "PINRELAY_COOKIE_CLICK_ID",
           "Whether the click id is written back to the site's own browsers as the cookie _epik, for one year.",
           &C::click_id_cookie},
    Key<C>{"cookies.visitor_id", "PINRELAY_COOKIE_VISITOR_ID",
           "Whether browsers get a random id in a cookie, sent as external_id where no user id is known.",
           &C::visitor_id_cookie},
    Key<C>{"cookies.domains", "PINRELAY_COOKIE_DOMAINS",
           "The domains that cookies are written for, \"shop.example\" with its sub-domains; none for the host alone.",
           &C::cookie_domains, checked(problem_of_cookie_domain)},
    Key<C>{"cookies.proof", "PINRELAY_COOKIE_PROOF",
           "Whether the site's own browsers get a signed cookie for 24 hours, the proof that they were here before: "
           "their purchases are trusted more than a stranger's.",
           &C::proof_cookie},
    Key<C>{"cookies.proof_keys_file", "PINRELAY_COOKIE_PROOF_KEYS_FILE",
           "A file with the keys that sign it, one a line: the first signs, each is taken. For several relays of one "
           "site; a relay alone keeps a key of its own in data_dir.",
           &C::proof_keys_file, checked(problem_if_empty)},
    Key<C>{"cookies.proof_keys_env", "", "The name of the environment variable that holds these keys, one a line.",
           &C::proof_keys_variable, checked(problem_if_empty)},

    Key<C>{"duplicates.window", "PINRELAY_DUPLICATES_WINDOW",
           "How long an event's name and id are remembered, so that a copy is not sent again; 0s for not at all.",
           &C::duplicate_window, duration(0ms, 7 * 24h)},
    Key<C>{"duplicates.max_keys", "PINRELAY_DUPLICATES_MAX_KEYS",
           "The most events that are remembered, some 60 bytes of memory each, and at most one for 960 bytes of "
           "spool.max_bytes; beyond it the oldest are forgotten, those of anonymous senders first.",
           &C::duplicate_max_keys, number(1000, 100'000'000)},

    Key<C>{"spool.durability", "PINRELAY_SPOOL_DURABILITY",
           "\"disk\": an event is acknowledged when it is on disk; \"memory\": before, so that a crash can lose some.",
           &C::durability, one_of(durabilities)},
    Key<C>{"spool.max_bytes", "PINRELAY_SPOOL_MAX_BYTES",
           "The largest size of the store; when it is full, events are refused with 503, and none that waits is thrown "
           "away.",
           &C::spool_max_bytes, size(MiB, 64 * TiB)},
    Key<C>{"spool.max_records", "PINRELAY_SPOOL_MAX_RECORDS",
           "The most events that may wait for delivery; beyond it events are refused with 503.", &C::spool_max_records,
           number(1, 1'000'000'000)},

    Key<C>{
        "dead_letters.max_bytes", "PINRELAY_DEAD_LETTERS_MAX_BYTES",
        "The most bytes of dead letters, of all accounts together; beyond it the least useful and oldest are removed; "
        "0 for a tenth of spool.max_bytes, at most a quarter of it.",
        &C::dead_letters_max_bytes, size(0, 32 * TiB)},
    Key<C>{"dead_letters.keep", "PINRELAY_DEAD_LETTERS_KEEP",
           "How long a dead letter is kept before it is removed; 0s for as long as there is room.",
           &C::dead_letters_keep, duration(0ms, 3650 * 24h)},

    Key<C>{"journal.keep", "PINRELAY_JOURNAL_KEEP",
           "How long the journal keeps what became of each event, for `pinrelay find`; 0s for no journal.",
           &C::journal_keep, duration(0ms, 366 * 24h)},
    Key<C>{"journal.max_bytes", "PINRELAY_JOURNAL_MAX_BYTES",
           "The most bytes of the journal, 80 for an event, and an eighth of spool.max_bytes at most; beyond it "
           "the oldest entries are removed.",
           &C::journal_max_bytes, size(MiB, TiB)},

    Key<C>{
        "delivery.proxy", "PINRELAY_DELIVERY_PROXY",
        "The HTTP proxy on the way to Pinterest, \"http://user:password@host:port\"; \"none\" for none; empty for what "
        "HTTPS_PROXY and NO_PROXY say, as curl reads them.",
        &C::proxy},
    Key<C>{"delivery.batch_linger", "PINRELAY_BATCH_LINGER",
           "How long an event may wait for others to share its request.", &C::batch_linger, duration(0ms, 10min)},
    Key<C>{"delivery.request_timeout", "PINRELAY_DELIVERY_TIMEOUT", "How long Pinterest may take to answer a request.",
           &C::delivery_timeout, duration(100ms, 10min)},
    Key<C>{"delivery.retry_base", "PINRELAY_RETRY_BASE",
           "The ceiling of the first wait after a failure; it doubles with each further one.", &C::retry_base,
           duration(1ms, 1h)},
    Key<C>{"delivery.retry_cap", "PINRELAY_RETRY_CAP", "The ceiling of every wait after a failure.", &C::retry_cap,
           duration(1ms, 1h)},
    Key<C>{"delivery.probe_interval", "PINRELAY_PROBE_INTERVAL",
           "How often an account whose token or id was refused is tried again.", &C::probe_interval,
           duration(100ms, 24h)},
    Key<C>{"delivery.concurrency", "PINRELAY_CONCURRENCY",
           "The most batches of one account in flight; how many there are is learnt from its answers.", &C::concurrency,
           number(1, 64)},
    Key<C>{"delivery.requests_per_second", "PINRELAY_REQUESTS_PER_SECOND",
           "The most requests per second to one account; never more than Pinterest takes, 9 in test mode.",
           &C::requests_per_second, number(1, 75)},
    Key<C>{"delivery.ambiguous_offline", "PINRELAY_AMBIGUOUS_OFFLINE",
           "What becomes of an offline event that was sent without an answer, which Pinterest would count a second "
           "time: a dead letter, or sent again all the same.",
           &C::ambiguous_offline, one_of(ambiguous_offlines)},
    Key<C>{"delivery.warn_age", "PINRELAY_WARN_AGE",
           "The age of the oldest pending event at which the log warns; 0s for never.", &C::warn_age,
           duration(0ms, 7 * 24h)},
    Key<C>{"delivery.shutdown_grace", "PINRELAY_SHUTDOWN_GRACE",
           "How long requests in flight may take to end when the relay is stopped.", &C::shutdown_grace,
           duration(0ms, 10min)},

    Key<C>{
        "alarms.webhook", "PINRELAY_ALARMS_WEBHOOK",
        "The URL that gets a message by POST when something begins and when it is over; it may hold a token, so it is "
        "never logged; https, or a loopback host; empty for none.",
        &C::webhook},
    Key<C>{"alarms.webhook_file", "PINRELAY_ALARMS_WEBHOOK_FILE", "A file that holds this URL and nothing else.",
           &C::webhook_file, checked(problem_if_empty)},
    Key<C>{"alarms.webhook_env", "", "The name of the environment variable that holds this URL.", &C::webhook_variable,
           checked(problem_if_empty)},
    Key<C>{
        "alarms.format", "PINRELAY_ALARMS_FORMAT",
        "How a message is written: \"json\" with all members of docs/alarms.md; \"slack\" as {\"text\": …}, for Slack, "
        "Mattermost, Rocket.Chat and Google Chat.",
        &C::alarm_format, one_of(alarm_formats)},
    Key<C>{"alarms.kinds", "PINRELAY_ALARMS_KINDS", "The alarms that are sent; the log has all of them.",
           &C::alarm_kinds, some_of(alarm_kinds)},
    Key<C>{"alarms.certificate_expiry", "PINRELAY_ALARMS_CERTIFICATE_EXPIRY",
           "How long before its end the certificate of the collect port is reported; 0s for never.",
           &C::certificate_alarm, duration(0ms, 365 * 24h)},
};

using M = Mapping;
constexpr std::array mapping_rows = {
    Key<M>{"profile", "PINRELAY_PROFILE", "Which table of event names is the starting point.", &M::profile,
           one_of(profiles)},
    Key<M>{"forward_page_view", "PINRELAY_FORWARD_PAGE_VIEW",
           "Whether page_view is sent; turn it off where Pinterest's tag sends it under another event id.",
           &M::forward_page_view},
    Key<M>{"unknown_events", "PINRELAY_UNKNOWN_EVENTS",
           "What becomes of events that no row maps: \"drop\" counts them, \"custom\" sends them as custom events.",
           &M::unknown_events, one_of(unknown_events)},
    Key<M>{"custom_name", "PINRELAY_CUSTOM_NAME",
           "Where the name of a custom event travels: in custom_data.content_name, or as the event_name itself.",
           &M::custom_name, one_of(custom_names)},
    Key<M>{"default_currency", "PINRELAY_DEFAULT_CURRENCY",
           "The currency of a value that comes without one (ISO 4217); unset, such a value is left out.",
           &M::default_currency, checked(problem_of_currency)},
    Key<M>{"default_region", "PINRELAY_DEFAULT_REGION",
           "The country of phone numbers and postal codes that come without one (ISO 3166-1 alpha-2).",
           &M::default_region, checked(problem_of_region)},
    Key<M>{"phone_hash", "PINRELAY_PHONE_HASH", "Which digests of a phone number are sent: with '+', without, or both.",
           &M::phone_hash, one_of(phone_hashes)},
    Key<M>{"num_items", "PINRELAY_NUM_ITEMS", "Whether num_items adds up the quantities or counts the lines.",
           &M::num_items, one_of(item_counts)},
    Key<M>{"item_id", "PINRELAY_ITEM_ID",
           "Which fields of an item hold the id that the catalogue knows, the first that says something: item_id, "
           "item_variant, item_name, any other key of the item, or a JSON pointer into it.",
           &M::item_id, some_entries(problem_if_empty)},
    Key<M>{"item_id_prefix", "PINRELAY_ITEM_ID_PREFIX", "What is put before each item's id, mapped or not.",
           &M::item_id_prefix},
    Key<M>{"item_id_suffix", "PINRELAY_ITEM_ID_SUFFIX", "What is put behind each item's id, mapped or not.",
           &M::item_id_suffix},
    Key<M>{"item_id_map_file", "PINRELAY_ITEM_ID_MAP_FILE",
           "A CSV file without a heading that maps items' ids (first column) to those of the catalogue (second), read "
           "anew by each reload; an id without a row is sent as it is; empty for none.",
           &M::item_id_map_file},
    Key<M>{"click_id_order", "PINRELAY_CLICK_ID_ORDER",
           "Where the click id is looked for, first to last: its own field, epik in the page's address, the cookie.",
           &M::click_id_order, some_of(click_id_sources)},
    Key<M>{"external_id_lower_case", "PINRELAY_EXTERNAL_ID_LOWER_CASE",
           "Whether user ids are made lower case before hashing; turn it off where the tag hashes them as they are.",
           &M::external_id_lower_case},
    Key<M>{"external_id_from_client_id", "PINRELAY_EXTERNAL_ID_FROM_CLIENT_ID",
           "Whether GA4's client id stands in for a missing user id.", &M::external_id_from_client_id},
    Key<M>{"external_id_from_pin_unauth", "PINRELAY_EXTERNAL_ID_FROM_PIN_UNAUTH",
           "Whether the cookie _pin_unauth of Pinterest's tag stands in for a missing user id, hashed as it is.",
           &M::external_id_from_pin_unauth},
    Key<M>{"advertiser_tracking", "PINRELAY_ADVERTISER_TRACKING",
           "Whether events of apps carry advertiser_tracking_enabled, iOS's choice, where the sender gives it.",
           &M::advertiser_tracking},
    Key<M>{"client_ip", "PINRELAY_CLIENT_IP",
           "How much of the visitor's address is stored and sent: \"truncated\" is without the last octet of IPv4 and "
           "the last 80 bits of IPv6. With \"none\" only events with an e-mail or an advertising id are sent.",
           &M::client_ip, one_of(client_ips)},
    Key<M>{"late_policy", "PINRELAY_LATE_POLICY",
           "What becomes of web events that are older than one hour when they arrive or could be sent, which Pinterest "
           "counts as offline: send or drop.",
           &M::late_policy, one_of(late_policies)},
    Key<M>{"partner_name", "PINRELAY_PARTNER_NAME", "The partner_name that Pinterest gave to an integration.",
           &M::partner_name, checked(problem_if_empty)},
    Key<M>{"consent", "PINRELAY_CONSENT",
           "What becomes of events by the visitor's consent: \"respect\" drops what was refused, \"require\" also what "
           "was not granted, \"strip\" sends what was refused without what identifies the person.",
           &M::consent, one_of(consents)},
};

using A = AccountDraft;
constexpr std::array account_rows = {
    Key<A>{"ad_account_id", "PINRELAY_AD_ACCOUNT_ID", "The id of the ad account: digits, and not the tag id.",
           &A::ad_account_id, checked(problem_of_ad_account_id)},
    Key<A>{"access_token", "PINRELAY_ACCESS_TOKEN",
           "The conversion access token; better in a file or in the environment.", &A::token_text},
    Key<A>{"access_token_file", "PINRELAY_ACCESS_TOKEN_FILE", "A file that holds the access token and nothing else.",
           &A::token_file, checked(problem_if_empty)},
    Key<A>{"access_token_env", "", "The name of the environment variable that holds the access token.",
           &A::token_variable, checked(problem_if_empty)},
    Key<A>{"test_mode", "PINRELAY_TEST_MODE", "Whether Pinterest only checks the events and records none of them.",
           &A::test_mode},
    Key<A>{"measurement_ids", "", "Only events of these GA4 measurement ids; empty for any.", &A::measurement_ids,
           checked(problem_if_empty)},
    Key<A>{"hosts", "", "Only events of pages on these hosts, \"*.\" for sub-domains; empty for any.", &A::hosts,
           checked(problem_of_host_pattern)},
    Key<A>{"paths", "", "Only events posted to paths that begin like this; empty for any.", &A::paths,
           checked(problem_of_route_path)},
    Key<A>{"max_events_per_second", "PINRELAY_MAX_EVENTS_PER_SECOND",
           "The events per second that are taken for the account, on the average, ten seconds' worth at once; as many "
           "again of senders that meet a condition below; a quarter of one client that meets none; 0 for any number.",
           &A::max_event_rate, number(0, 1'000'000)},
    Key<A>{
        "allow_origins", "",
        "Origins whose pages may post, \"https://*.shop.example\" for sub-domains. With any of these and the keys that "
        "follow, a sender must meet one of them; with none, everybody may post.",
        &A::allow_origins, checked(problem_of_allowed_origin)},
    Key<A>{"allow_networks", "", "Addresses or CIDR blocks that may post.", &A::allow_networks,
           checked(problem_if_empty)},
    Key<A>{"keys_file", "",
           "A file with the shared keys of senders, one a line: each is taken, so that they can be changed in turn.",
           &A::keys_file, checked(problem_if_empty)},
    Key<A>{"keys_env", "", "The name of the environment variable that holds the shared keys, one a line.",
           &A::keys_variable, checked(problem_if_empty)},
    Key<A>{"signing_keys_file", "", "A file with the keys that sign requests by HMAC-SHA-256, one a line.",
           &A::signing_keys_file, checked(problem_if_empty)},
    Key<A>{"signing_keys_env", "", "The name of the environment variable that holds the signing keys, one a line.",
           &A::signing_keys_variable, checked(problem_if_empty)},
};

}  // namespace

std::span<const Key<Config>> config_keys() { return config_rows; }
std::span<const Key<Mapping>> mapping_keys() { return mapping_rows; }
std::span<const Key<AccountDraft>> account_keys() { return account_rows; }

}  // namespace pinrelay::config
