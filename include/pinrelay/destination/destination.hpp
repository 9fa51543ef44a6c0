#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pinrelay/http/message.hpp"
#include "pinrelay/model/event.hpp"
#include "pinrelay/model/record.hpp"

namespace pinrelay::destination {

// Something lost or changed on the way that did not cost the event: a value without currency, an e-mail without '@'.
// `code` is a metric label of a fixed set.
struct Warning {
    std::string_view code;
    std::string field;    // in the destination's terms: "custom_data.value"
    std::string message;  // for people; holds no identifier
};

// Why an event is not sent. `reason` is a metric label of a fixed set ("not_mapped", "no_match_keys" …).
struct Drop {
    std::string_view reason;
    std::string field;
    std::string message;
};

// A first-party cookie that the destination wants kept in the visitor's browser.
struct Cookie {
    std::string name;   // "_epik"
    std::string value;  // as it is to stand in the Cookie header; visible ASCII without '"', ',', ';' and '\\'
    friend bool operator==(const Cookie&, const Cookie&) = default;
};

struct Translation {
    std::variant<model::Record, Drop> outcome;
    std::vector<Warning> warnings;
    std::vector<Cookie> cookies{};  // with a record only
};

struct BatchLimits {
    std::size_t records = 1000;
    std::size_t bytes = 1'000'000;
};

// How many requests an account may be sent: at most burst + t · per_second in any t seconds.
struct RequestRate {
    double per_second = 75;
    double burst = 75;
};

// How the age of an event, at the moment when it is sent, matters to the destination.
struct AgeLimits {
    std::chrono::hours fresh{1};        // younger ones go first: older ones are worth less there
    std::chrono::hours oldest{7 * 24};  // older ones are not taken any more
    bool drops_late = false;            // whether those that are not fresh are given up; offline ones are not
};

// The destination's answer about one record of a batch.
enum class Fate {
    Delivered,
    Refused,  // will not be taken however often it is sent
};
struct RecordVerdict {
    Fate fate = Fate::Delivered;
    std::string message;  // the destination's own words, redacted: no token, no long opaque strings
    std::string warning;  // the same for a record that was taken
};

// What an answer, or the lack of one, means for the batch.
struct Judged {};  // see `records`: one per record, in order; fewer where the answer says nothing about the rest
struct Retry {
    std::optional<std::chrono::milliseconds> after;  // the destination's own wish
    bool ambiguous = false;  // the records may have been processed all the same, as after a broken connection
};
struct Pause {
    std::string hint;  // what the operator should look at
};
struct Isolate {             // the request was refused for something in it: halve and send the parts
    bool ambiguous = false;  // some of it may have been processed all the same
};
struct Verdict {
    std::variant<Judged, Retry, Pause, Isolate> decision;
    std::vector<RecordVerdict> records;  // Judged only
    std::string message;                 // for the log and the dead letter, redacted
};

// A platform that conversions are sent to, for one account of it. Pure and thread-safe: no I/O, no clock.
class Destination {
public:
    virtual ~Destination() = default;

    // Under which records are stored and counted: "pinterest:549755885175". Stable over restarts; no secret in it.
    virtual const std::string& name() const noexcept = 0;

    virtual BatchLimits max_batch() const noexcept = 0;
    virtual RequestRate max_rate() const noexcept = 0;
    virtual AgeLimits age_limits() const noexcept = 0;

    // Maps, normalises, hashes and validates. `received` is the request's time of arrival.
    virtual Translation translate(const model::Event& event, Time received) const = 0;

    // What is sent in place of a record that was finished earlier, under the settings of today: named, dropped and
    // judged anew, as far as that needs nothing of the event but what the record holds. Its id and time never change.
    virtual Translation translate_again(const model::Record& stored, Time now) const = 0;

    // The request that carries these bodies; the only place where the account's secret enters a message.
    virtual http::Request encode(const std::vector<model::StoredRecord>& batch) const = 0;

    // Reads an answer to a request of `count` records.
    virtual Verdict judge(const http::Response& response, std::size_t count, Time now) const = 0;
};

}  // namespace pinrelay::destination
