#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/core/secret.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/metrics/metrics.hpp"
#include "pinrelay/net/server.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::ingest {

// What becomes of events by what is known of the visitor's consent; docs/consent.md has the table.
enum class ConsentPolicy {
    Respect,  // an explicit refusal is dropped; where nothing is said, the event is sent
    Require,  // what is not granted is dropped
    Strip,    // what is refused is sent without what identifies the person, opted out
};

// Who may post to an account: whoever meets any one of these; everybody where all are empty.
struct AccessSettings {
    std::vector<std::string> origins;   // "https://shop.example", "https://*.shop.example"
    std::vector<std::string> networks;  // addresses or CIDR blocks
    std::vector<Secret> keys;           // shared: in a header, or in the query
    std::vector<Secret> signing_keys;   // for HMAC-SHA-256 over time and body
};

// Which events go to which account. The first route all of whose non-empty lists hold the event's value takes it.
struct Route {
    const destination::Destination* destination = nullptr;  // lent
    std::vector<std::string> measurement_ids;
    std::vector<std::string> hosts;  // of page_location, else of the Host header; "*.example.com" takes sub-domains
    std::vector<std::string> paths;  // request path prefixes
    ConsentPolicy consent = ConsentPolicy::Respect;
    AccessSettings access{};
    std::size_t events_per_second = 0;  // at the most, on the average; 0: any
};

// First-party cookies written by the answer to a browser of the same site.
struct CookieSettings {
    bool click_id = true;              // the destination's own: `_epik`
    bool visitor_id = false;           // a random id of the browser, for external_id
    std::vector<std::string> domains;  // "shop.example": written for it and its sub-domains; none: for the host alone
};

// Whether hits that are no visitor's are dropped (true) or sent like any other.
struct NotPeopleSettings {
    bool drop_bots = true;
    bool drop_prefetches = true;  // the browser loads a page that nobody has seen
    bool drop_previews = true;    // GTM's preview mode
    bool drop_debug_events = false;
    bool drop_internal_traffic = true;
};

// The header in which the trusted proxies say whom they speak for. Only one, since a proxy that writes one of them lets
// the other through as the visitor sent it.
enum class ForwardedHeader {
    XForwardedFor,  // X-Forwarded-For, else X-Real-IP
    Forwarded,      // RFC 7239
};

struct CollectSettings {
    std::vector<std::string> prefixes{"/collect"};  // each also takes /g/collect, /mp/collect, /debug/… behind it
    std::vector<std::string> allowed_origins;       // "https://shop.example", exact; "*" any, without credentials
    std::vector<std::string> trusted_proxies;       // addresses or CIDR blocks, whose header is believed
    ForwardedHeader forwarded_header = ForwardedHeader::XForwardedFor;
    bool debug = true;                    // whether ?debug=1 and /debug/… are answered
    std::size_t requests_per_client = 0;  // per second, on the average; 0: any
    CookieSettings cookies;
    NotPeopleSettings not_people;
    std::size_t max_body_bytes = 1024 * 1024;  // also of what a gzip body unpacks to
    decode::DecodeLimits decode;
};

// Answers /collect and its relatives, and GET /healthz. All that is lent outlives it. Thread-safe.
// Throws std::invalid_argument for a proxy or a network that is neither address nor block.
std::unique_ptr<net::Handler> make_collect_handler(const CollectSettings& settings, std::vector<Route> routes,
                                                   spool::Spool& spool, metrics::Metrics& metrics, Logger& logger);

}  // namespace pinrelay::ingest
