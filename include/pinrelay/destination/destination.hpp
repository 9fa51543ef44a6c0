#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pinrelay/http/message.hpp"
#include "pinrelay/model/essence.hpp"
#include "pinrelay/model/event.hpp"
#include "pinrelay/model/quality.hpp"
#include "pinrelay/model/record.hpp"
#include "pinrelay/model/warning.hpp"

namespace pinrelay::destination {

using model::Warning;

// Why an event is not sent.
struct Drop {
    std::string_view reason;  // a metric label of a fixed set: "not_mapped", "no_match_keys" …
    std::string field;
    std::string message;
};

// A first-party cookie for the visitor's browser to keep.
struct Cookie {
    std::string name;   // "_epik"
    std::string value;  // as in the Cookie header: visible ASCII without '"', ',', ';' and '\\'
    friend bool operator==(const Cookie&, const Cookie&) = default;
};

// Where a value of the translated event came from: "user_data.em" ← "user_data.email_address": "SHA-256 of …". For
// explanations.
struct Origin {
    std::string field;   // the destination's own path, as in a Warning
    std::string source;  // see model::Origins; "" for a value that the relay makes
    std::string rule;    // for people
    friend bool operator==(const Origin&, const Origin&) = default;
};

// One event, translated: the record to store, or the reason to drop the event.
struct Translation {
    std::variant<model::Record, Drop> outcome;
    std::vector<Warning> warnings;
    // What follows is only together with a record.
    std::vector<Cookie> cookies{};
    std::vector<Origin> origins{};  // in the order of the record's keys; empty unless the event has its own origins
    std::string identifiers{};      // the keys by which the person can be matched, a blank between two: "em click_id"
    model::Essence essence{};
    std::string custom_name{};  // of an event whose own name travels in another place than Record::event_name; "" else
    bool is_sale = false;       // whether the event claims that something was bought
    model::Quality quality{};   // the components of the quality score that the record carries
};

// The largest batch that one request carries.
struct BatchLimits {
    std::size_t records = 1000;
    std::size_t bytes = 1'000'000;  // the sum of the records' bodies
};

// The most requests for one account: burst + t · per_second in any t seconds.
struct RequestRate {
    double per_second = 75;
    double burst = 75;
};

// What the destination does with events by their age at the moment of sending.
struct AgeLimits {
    std::chrono::hours fresh{1};        // fresh events go first, since the destination values older ones less
    std::chrono::hours oldest{7 * 24};  // the destination refuses older events
    bool drops_late = false;            // whether online events that are no longer fresh are dropped
};

// The destination's answer about one record of a batch.
enum class Fate {
    Delivered,
    Refused,  // the destination says that it will refuse it each time
    Unclear,  // the answer contradicts itself about the record, or does not name it: as after no answer
};
struct RecordVerdict {
    Fate fate = Fate::Delivered;
    std::string message;           // the destination's own words about a refused record, redacted: see redact.hpp
    std::string warning;           // the destination's own words about a delivered record, redacted
    bool maybe_delivered = false;  // of a refused record: the answer's counts deny the refusal
};

// What an answer means for the batch.
struct Judged {};                                    // each record has its own verdict, see Verdict::records
struct Retry {                                       // send the batch again later
    std::optional<std::chrono::milliseconds> after;  // the wait that the destination asks for
    bool ambiguous = false;                          // the destination may have processed the records already
    bool maybe_content = false;                      // a record of the batch may be the reason, for ever
};
struct Pause {         // send nothing for the account until the operator has acted
    std::string hint;  // what the operator should look at
};
struct Isolate {             // something in the request made the destination refuse all of it: halve and send the parts
    bool ambiguous = false;  // the destination may have processed some records already
};
struct Verdict {
    std::variant<Judged, Retry, Pause, Isolate> decision;
    std::vector<RecordVerdict> records;  // only for Judged, in the batch's order; without those the answer leaves out
    std::string message;                 // for the log and the dead letter, redacted
    // What the answer says twice, and differently: labels of a fixed set, "counts_differ" …
    std::vector<std::string_view> contradictions{};
};

// What a destination computed for an event and may use for the next one of the same request. Used by one thread at a
// time, and only with the destination that made it. It holds personal data in plain text: it ends with its request.
class Memo {
public:
    Memo() = default;
    Memo(const Memo&) = delete;
    Memo& operator=(const Memo&) = delete;
    virtual ~Memo() = default;
};

// One account of a platform that receives conversions. Pure and thread-safe: no I/O, no clock.
//
// No event, record or answer makes a call throw: a Drop or a Verdict says what is wrong with it. A call throws only
// when the machine fails: std::bad_alloc, or std::runtime_error for an OpenSSL without SHA-256, which the relay checks
// at its start.
class Destination {
public:
    virtual ~Destination() = default;

    // The name under which records are stored and counted: "pinterest:549755885175". The same after each restart;
    // holds no secret.
    virtual const std::string& name() const noexcept = 0;

    virtual BatchLimits max_batch() const noexcept = 0;
    virtual RequestRate max_rate() const noexcept = 0;
    virtual AgeLimits age_limits() const noexcept = 0;

    // Maps, normalises, hashes and validates one event. `received` is the arrival of its request.
    virtual Translation translate(const model::Event& event, Time received) const = 0;

    // For the events of one request, which often share a person. Null pointer where it would save nothing.
    virtual std::unique_ptr<Memo> make_memo() const { return nullptr; }

    // The same as `translate`, and cheaper where `memo` knows parts of the event. `memo` may be null.
    virtual Translation translate_sharing(const model::Event& event, Time received, Memo* /*memo*/) const {
        return translate(event, received);
    }

    // Applies the current settings to a stored record: its name, the mapping rules and the checks. Only those that need
    // no more of the event than the record holds. The record's id and time never change.
    virtual Translation translate_again(const model::Record& stored, Time now) const = 0;

    // The request that carries the batch, which holds at least one record. The only place where the account's secret
    // enters a message.
    virtual http::Request encode(const std::vector<model::StoredRecord>& batch) const = 0;

    // Reads the answer to a request of `count` records.
    virtual Verdict judge(const http::Response& response, std::size_t count, Time now) const = 0;
};

}  // namespace pinrelay::destination
