#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pinrelay/config/origins.hpp"
#include "pinrelay/core/per_second.hpp"
#include "pinrelay/core/secret.hpp"

// Everything that the operator can set. `load` checks the texts with a fixed set of values ("standard", "extended");
// app turns them into the modules' own types. docs/configuration.md and config/pinrelay.schema.json describe every key.
namespace pinrelay::config {

// A parameter of a mapping rule. Exactly one of `pointer` and `constant_json` is set.
struct Parameter {
    std::string target;                        // a key of Pinterest's event: "custom_data.content_name"
    std::optional<std::string> pointer;        // RFC 6901, into the event as it arrived
    std::optional<std::string> constant_json;  // a JSON scalar, as text
};

// A mapping rule: one row of `mapping.events`.
struct EventMapping {
    std::string key;       // where it is written: "mapping.events["purchase"]", "accounts[1].mapping.events["*"]"
    std::string ga4_name;  // "*" is every event
    bool drop = false;
    std::optional<std::string> pinterest_name;
    std::optional<std::string> custom_name;
    std::vector<Parameter> parameters;
};

// How events become conversions. The operator sets it once for all accounts (`mapping`), and can replace single keys
// for one account.
struct Mapping {
    std::string profile = "standard";  // standard | extended
    std::vector<EventMapping> events;
    bool forward_page_view = true;
    std::string unknown_events = "drop";       // drop | custom
    std::string custom_name = "content_name";  // content_name | event_name
    std::optional<std::string> default_currency;
    std::optional<std::string> default_region;
    std::string phone_hash = "both";       // both | e164 | digits
    std::string num_items = "quantities";  // quantities | lines
    std::vector<std::string> item_id{"item_id"};
    std::string item_id_prefix;
    std::string item_id_suffix;
    std::string item_id_map_file;  // "" is none
    std::vector<std::string> click_id_order{"field", "url", "cookie"};
    bool external_id_lower_case = true;
    bool external_id_from_client_id = false;
    bool external_id_from_pin_unauth = true;
    bool advertiser_tracking = true;
    std::string client_ip = "full";    // full | truncated | none
    std::string late_policy = "send";  // send | drop
    std::optional<std::string> partner_name;
    std::string consent = "respect";  // respect | require | strip
};

// How well the sender of some events of an account must be known: one row of `accounts[].require`.
struct Requirement {
    std::string key;                   // where it is written: `accounts[1].require["purchase"]`
    std::string event_name;            // a GA4 name, one of Pinterest's, or a sender's own
    std::vector<std::string> senders;  // signing_keys | keys | networks | browsers
};

// One ad account, and the events that go to it.
struct Account {
    std::string ad_account_id;
    Secret access_token;  // from access_token, access_token_file or access_token_env
    bool test_mode = false;
    std::vector<std::string> measurement_ids;
    std::vector<std::string> hosts;
    std::vector<std::string> paths;
    std::vector<std::string> allow_origins;
    std::vector<std::string> allow_networks;
    std::optional<PerSecond> max_event_rate = PerSecond{1'000};  // nothing: no limit
    std::vector<Secret> keys;                                    // from keys_file or keys_env
    std::vector<Secret> signing_keys;                            // from signing_keys_file or signing_keys_env
    std::vector<Requirement> require;
    Mapping mapping;  // the common mapping with the account's own keys
};

struct Config {
    std::string listen = "0.0.0.0:8080";
    std::string admin = "127.0.0.1:9090";
    std::vector<std::string> admin_names;
    std::optional<std::string> admin_token_file;
    Secret admin_token;  // from the key or its file; empty: none
    std::filesystem::path data_dir = "data";
    std::string endpoint = "https://api.pinterest.com";
    std::string ca_file;              // as in the file: "" is the system's
    unsigned workers = 0;             // as in the file: 0 is as many as the process may use
    std::string log_level = "info";   // debug | info | warn | error | off
    std::string log_format = "text";  // text | json
    bool log_time = true;
    std::vector<Account> accounts;

    // collect
    std::vector<std::string> prefixes{"/collect"};
    std::vector<std::string> allowed_origins;
    std::vector<std::string> trusted_proxies;
    std::string forwarded_header = "x-forwarded-for";  // x-forwarded-for | forwarded
    std::optional<bool> debug;  // true: for everybody; false: for nobody; nothing: for known senders
    bool segment = false;
    std::string bots = "drop";  // drop | send, as the four that follow
    std::string prefetches = "drop";
    std::string previews = "drop";
    std::string debug_events = "send";
    std::string internal_traffic = "drop";
    std::size_t max_body_bytes = 1024 * 1024;
    std::size_t max_events = 5'000;
    std::size_t max_values = 60'000;
    std::size_t max_items = 200;
    std::size_t max_header_bytes = 16 * 1024;
    std::size_t max_header_fields = 128;
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_client = 500;
    std::size_t max_requests_per_connection = 10'000;
    std::optional<PerSecond> max_requests_per_client = PerSecond{1'000};  // nothing: no limit
    std::optional<PerSecond> min_body_rate = PerSecond{256};              // bytes; nothing: any rate
    bool proxy_protocol = false;
    std::string tls_certificate_file;  // as in the file: "" is plain HTTP
    std::string tls_key_file;
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds request_timeout{30'000};
    std::chrono::milliseconds idle_timeout{65'000};

    // cookies
    bool click_id_cookie = true;
    bool visitor_id_cookie = false;
    std::vector<std::string> cookie_domains;
    bool proof_cookie = true;
    std::optional<std::string> proof_keys_file;
    std::optional<std::string> proof_keys_variable;
    std::vector<Secret> proof_keys;  // from one of the two; empty: the relay has a key of its own

    // duplicates
    std::chrono::milliseconds duplicate_window{std::chrono::hours(48)};
    std::size_t duplicate_max_keys = 1'000'000;

    // spool
    std::string durability = "disk";  // disk | memory
    std::uint64_t spool_max_bytes = 10ULL * 1024 * 1024 * 1024;
    std::size_t spool_max_records = 20'000'000;

    // dead_letters
    std::uint64_t dead_letters_max_bytes = 0;                                  // as in the file: see dead_letter_quota
    std::chrono::milliseconds dead_letters_keep{std::chrono::hours(30 * 24)};  // 0: for ever

    // journal
    std::chrono::milliseconds journal_keep{std::chrono::hours(14 * 24)};  // 0: there is none
    std::uint64_t journal_max_bytes = 1024ULL * 1024 * 1024;

    // deliver
    Secret proxy;  // the URL of the proxy to Pinterest, from the key, else from the environment; empty: none
    std::optional<std::string> proxy_variable;  // the environment variable that set `proxy`; none for the key
    std::string no_proxy;                       // hosts reached without the environment's proxy
    std::chrono::milliseconds batch_linger{1000};
    std::chrono::milliseconds delivery_timeout{30'000};
    std::chrono::milliseconds retry_base{500};
    std::chrono::milliseconds retry_cap{60'000};
    std::chrono::milliseconds probe_interval{60'000};
    std::size_t concurrency = 8;
    std::size_t requests_per_second = 75;
    std::string ambiguous_offline = "dead_letter";  // dead_letter | send_again
    std::chrono::milliseconds warn_age{15 * 60'000};
    std::chrono::milliseconds shutdown_grace{10'000};

    // alarms
    Secret webhook;  // the URL, from alarms.webhook, webhook_file or webhook_env; empty: none
    std::optional<std::string> webhook_file;
    std::optional<std::string> webhook_variable;
    std::string alarm_format = "json";  // json | slack
    std::vector<std::string> alarm_kinds{"paused",      "late",       "dead_letters",     "dead_letters_growing",
                                         "volume_fell", "store_full", "store_unwritable", "certificate_expires"};
    std::chrono::milliseconds certificate_alarm{std::chrono::hours(14 * 24)};  // before its end; 0: never
};

// What the dead letters may take of the store, in bytes: dead_letters.max_bytes, or a tenth of spool.max_bytes where
// that is 0.
std::uint64_t dead_letter_quota(const Config& config) noexcept;

// All of them in one line, separated by "; ".
std::string one_line(const std::vector<Problem>& problems);

struct Loaded {
    Config config;
    std::vector<Problem> problems;    // all of them; without any the config is ready for use
    std::vector<Problem> warnings{};  // of values that can hardly be right, and keep nothing from starting
    Origins origins{};
};

// A source of variables. Injected, so that tests need no environment.
class Environment {
public:
    using Read = std::function<std::optional<std::string>(const std::string& name)>;  // nothing if unset
    using Names = std::function<std::vector<std::string>()>;                          // all variables that are set

    // Without `names` nothing reports a misspelt variable.
    template <std::invocable<const std::string&> Function>
    Environment(Function read, Names names = {}) : read_(std::move(read)), names_(std::move(names)) {}

    // Nothing for an empty variable, too: `${VAR:-}` in a compose file sets an empty one.
    std::optional<std::string> get(const std::string& name) const;
    std::vector<std::string> names() const;

private:
    Read read_;
    Names names_;
};
Environment process_environment();

// Reads the file, if any, and lays the environment over it. The file is JSON with comments; an unknown key is a
// problem. Durations are text with a unit ("250ms", "1s", "5m", "1h"); sizes are bytes or text ("64KiB", "1MiB").
//
// Checks the whole as well: at least one account with id and token, no account twice, no account that gets no event.
// The modules check the endpoint, the mapping's targets and the addresses of proxies: see app::check. A check that
// needs a value with a problem is left out, so each problem is one of its own and no consequence of another.
//
// Does not throw for a mistake of the operator: each one is a problem. No reason repeats a value, since a value may be
// a token in the wrong place. Reads files, so it blocks.
Loaded load(const std::optional<std::filesystem::path>& file, const Environment& environment);

}  // namespace pinrelay::config
