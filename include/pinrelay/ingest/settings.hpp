#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/core/per_second.hpp"
#include "pinrelay/core/secret.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destination/destination.hpp"
#include "pinrelay/model/trust.hpp"

// The settings of ingest, as plain data. docs/configuration.md describes the keys behind them.
namespace pinrelay::ingest {

// Which events an account sends, by the visitor's consent. docs/consent.md has the table.
enum class ConsentPolicy {
    Respect,  // an explicit refusal drops the event; an event without any choice is sent
    Require,  // only an explicit grant sends the event
    Strip,    // a refused event is sent without the data that identifies the person, and marked as opted out
};

// The authentication of an account: a sender must meet one of the conditions. Without a condition everybody may post.
struct AccessSettings {
    std::vector<std::string> origins;   // "https://shop.example", "https://*.shop.example"
    std::vector<std::string> networks;  // addresses or CIDR blocks
    std::vector<Secret> keys;           // shared with the senders, which send one in a header or in the query
    std::vector<Secret> signing_keys;   // for HMAC-SHA-256 over the time and the body
};

// How well the sender of some events must be known: see model::Trust. An event is meant by the name under which it is
// sent, whatever its sender calls it; `custom_name` is that of an event of one's own, "" for any.
struct Requirement {
    std::string event_name;
    std::string custom_name;
    model::Trust least = model::Trust::Anonymous;
};

// The events that go to one account. An empty list allows any value. An event goes to the first route whose lists all
// allow it.
struct Route {
    const destination::Destination* destination = nullptr;  // lent; outlives the handler
    std::vector<std::string> measurement_ids;
    std::vector<std::string> hosts;  // of page_location, else of the Host header; "*.example.com" allows sub-domains
    std::vector<std::string> paths;  // prefixes of the request's path
    ConsentPolicy consent = ConsentPolicy::Respect;
    AccessSettings access{};
    // Of strangers together, and again of trusted senders; ten seconds' worth may come at once. Nothing: no limit.
    std::optional<PerSecond> events{};
    std::vector<Requirement> require{};
};

// To whom ?debug=1 and /debug/… are answered.
enum class DebugAnswers {
    KnownSenders,  // to programs on this machine, and to senders of model::Trust::Network and above
    Everybody,
    Nobody,
    Operator,  // to everybody, and with all that only the operator may know: where only the operator can send requests
};

// The first-party cookies that an answer writes to a browser of the same site.
struct CookieSettings {
    bool click_id = true;              // the destination's own cookie: `_epik`
    bool visitor_id = false;           // a random id of the browser, for external_id
    std::vector<std::string> domains;  // "shop.example" covers its sub-domains; none: each cookie is for the host only
    std::vector<Secret> proof_keys{};  // for the proof that a browser was here before; none: there are no proofs
};

// The hits that no visitor made. True drops such a hit; false sends it like any other.
struct NotPeopleSettings {
    bool drop_bots = true;
    bool drop_prefetches = true;  // the browser loads a page before anybody has seen it
    bool drop_previews = true;    // GTM's preview mode
    bool drop_debug_events = false;
    bool drop_internal_traffic = true;
};

// The header in which the trusted proxies name the client. The relay reads only this one: a proxy passes the other
// header on as the visitor sent it.
enum class ForwardedHeader {
    XForwardedFor,  // X-Forwarded-For, else X-Real-IP
    Forwarded,      // RFC 7239
};

struct CollectSettings {
    std::vector<std::string> prefixes{"/collect"};  // each also serves /g/collect, /mp/collect, /debug/… below it
    std::vector<std::string> allowed_origins;       // for CORS: "https://shop.example", exact; "*" without credentials
    std::vector<std::string> trusted_proxies;       // addresses or CIDR blocks
    ForwardedHeader forwarded_header = ForwardedHeader::XForwardedFor;
    DebugAnswers debug = DebugAnswers::KnownSenders;
    std::optional<PerSecond> requests_per_client{};  // as Route::events
    CookieSettings cookies;
    NotPeopleSettings not_people;
    std::size_t max_body_bytes = 1024 * 1024;  // also the limit of an unpacked gzip body
    decode::DecodeLimits decode;
};

}  // namespace pinrelay::ingest
