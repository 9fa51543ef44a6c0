#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::mock {

// What goes wrong. A request is *accepted* when its events are judged, recorded in the journal and counted, as they
// would be at Pinterest. Only a request that Pinterest would have taken can be accepted: whatever the rule says, a bad
// token or a breach of the schema records nothing. Recording always comes before the first byte of the answer.
enum class Fault {
    None,              // accepted; answered as usual (lets a script say "the first two are fine")
    Status,            // not accepted; answered with Rule::status, in that status's usual shape unless `body` is set
    FailEvents,        // accepted; the chosen events are `failed`, the others as judged; HTTP 200, or 422 by `status`
    Hang,              // not accepted; no answer, the connection stays open until the client ends it
    ResetBefore,       // not accepted; RST once the request's header is read, its body unread
    ResetAfter,        // accepted; RST instead of an answer
    HalfClose,         // not accepted; no answer, FIN, and the mock goes on reading
    MalformedBody,     // accepted; 200 whose body is no JSON (`body` if set)
    TruncatedBody,     // accepted; Content-Length announces the whole body, half of it is sent, then FIN
    CountMismatch,     // accepted; the answer's `events` has `difference` entries more (or fewer, if negative)
    CloseAfterAnswer,  // accepted; a usual answer that announces nothing, then FIN
    Raw,               // not accepted; `body` is written as it is, in place of an HTTP answer, then FIN
    CloseHandshake,  // FIN on a new connection, in the middle of the TLS handshake (over plain HTTP: before any answer)
};

// Write the answer in small pieces.
struct Drip {
    std::size_t bytes = 1;
    std::chrono::milliseconds every{10};
    friend bool operator==(const Drip&, const Drip&) = default;
};

// Numbers from `first` to `last`, both included.
struct NumberRange {
    std::uint64_t first = 1;
    std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
    bool contains(std::uint64_t number) const noexcept { return first <= number && number <= last; }
    friend bool operator==(const NumberRange&, const NumberRange&) = default;
};

struct Rule {
    Fault fault = Fault::None;

    // Which requests: all conditions that are set must hold. Requests and connections count from 1.
    std::optional<std::string> account;
    NumberRange requests;
    NumberRange connections;
    std::optional<std::string> body_contains;
    std::optional<std::uint64_t> times = 1;  // how often the rule applies; nothing: for ever

    // Overrides whether the request is accepted: Status, Hang, HalfClose, Raw, MalformedBody and TruncatedBody only.
    std::optional<bool> accept;

    // Before and during the answer, for every fault that has one. Recording is not delayed.
    std::chrono::milliseconds delay{0};
    std::optional<Drip> drip;

    int status = 503;                               // Status; FailEvents takes 200 (default of the parser) or 422
    std::optional<int> code;                        // Status: the error code, with Pinterest's words for it
    std::optional<std::string> body;                // Status, MalformedBody, Raw
    std::optional<std::string> retry_after;         // Status: seconds or an HTTP date, as written
    std::optional<std::uint64_t> rate_limit_reset;  // Status: X-RateLimit-Reset, with X-RateLimit-Remaining 0
    std::map<std::string, std::string> headers;     // Status: further headers
    bool echo_token = false;                        // Status: the message contains the token that was sent

    std::vector<std::size_t> indexes;                      // FailEvents: by place in `data`, from 0 …
    std::optional<std::string> event_id_contains;          // … or by event_id; with neither set, every event
    std::string message = "Event could not be processed";  // FailEvents: error_message

    std::int64_t difference = -1;  // CountMismatch

    friend bool operator==(const Rule&, const Rule&) = default;
};

// Rules are tried in order; the first that fits and is not used up applies. None: the answer is the usual one.
// CloseHandshake rules are looked at once per connection, all others once per request.
using Script = std::vector<Rule>;

// Whether a request under this rule is accepted if Pinterest would have taken it.
bool accepts(const Rule& rule) noexcept;

// The fault's name in a script: "status", "reset_before" …
std::string_view name_of(Fault fault) noexcept;
std::optional<Fault> fault_named(std::string_view name) noexcept;

// Reads {"rules": [...]}; docs/mock.md has the format. Throws std::invalid_argument with a sentence that names the key:
// "rules[2].status: must be a whole number from 200 to 599".
Script parse_script(std::string_view json);

// A script and how far it has been played. Thread-safe.
class ScriptPlayer {
public:
    explicit ScriptPlayer(Script script = {}) { replace(std::move(script)); }

    void replace(Script script);

    struct Request {
        std::string_view account;
        std::uint64_t number = 0;
        std::uint64_t connection = 0;
        std::optional<std::string_view> body;  // nothing while it is unread
    };
    struct Choice {
        std::optional<Rule> rule;
        bool needs_body = false;  // a rule in line asks for the body: choose again with it
    };
    // Uses up one time of the rule that it returns.
    Choice choose(const Request& request);

    // Whether this new connection is to be closed in its handshake.
    bool closes_handshake(std::uint64_t connection);

private:
    struct Played {
        Rule rule;
        std::uint64_t uses = 0;
        bool used_up() const noexcept { return rule.times && uses >= *rule.times; }
    };
    std::mutex mutex_;
    std::vector<Played> rules_;
};

}  // namespace pinrelay::mock
