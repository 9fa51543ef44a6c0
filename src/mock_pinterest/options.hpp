#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "mock_pinterest/faults/script.hpp"

namespace pinrelay::mock {

// What the server shows in its TLS handshake. All but Good must make a careful client send nothing.
enum class Certificate {
    Good,
    Expired,
    NotYetValid,
    WrongHost,  // names mock.invalid only
    OtherCa,    // signed by a CA that is not the one published
    SelfSigned,
    ClientOnly,  // its extended key usage does not name servers
};

struct TlsOptions {
    Certificate certificate = Certificate::Good;
    bool old_protocol = false;       // offers TLS 1.0 and 1.1 only
    std::vector<std::string> hosts;  // names beside localhost, 127.0.0.1 and ::1
    // CA certificate and key as PEM: read when the file exists, else written (mode 0600). Keeps one CA over restarts.
    std::optional<std::string> ca_store;
};

// One ad account that exists. With a token, that token alone is good for it.
struct Account {
    std::string id;
    std::optional<std::string> token;
};

// What Pinterest's documents leave open or what a test wants to shift. The defaults are the likeliest reading.
struct Policy {
    std::chrono::seconds maximum_age = std::chrono::hours{7 * 24};  // an older event is `failed`
    std::chrono::seconds maximum_lead = std::chrono::hours{1};      // an event further in the future is `failed`
    std::chrono::seconds deduplication_window = std::chrono::hours{48};
    std::size_t test_events = 20;              // with test=true, events past these are `failed`
    bool failures_answer_422 = false;          // 422 with `details` instead of 200 whenever an event failed
    bool plain_email_answers_422 = false;      // an `em` that is no SHA-256 digest fails its event, and answers 422
    bool closed_user_data = false;             // an unknown key of user_data is a breach too
    std::size_t calls_per_minute = 120'000;    // per account; then 429
    std::size_t body_limit = 8 * 1024 * 1024;  // then 413
};

using Now = std::function<std::chrono::system_clock::time_point()>;

struct Options {
    std::string listen = "127.0.0.1:0";
    std::optional<TlsOptions> tls = TlsOptions{};  // nothing: plain HTTP
    std::vector<std::string> tokens;               // good for every account; none here or below: any bearer token is
    std::vector<Account> accounts;                 // none: every account exists
    Policy policy;
    Script script;
    std::optional<std::uint64_t> requests_per_connection;  // FIN, unannounced, after so many answers
    std::optional<std::string> record;                     // file to append one JSON line per recorded event to
    std::ostream* transcript = nullptr;                    // where to print requests and events readably
    std::size_t keep = 200'000;                            // events and requests kept in memory; older ones are let go
    Now now = [] { return std::chrono::system_clock::now(); };
};

}  // namespace pinrelay::mock
