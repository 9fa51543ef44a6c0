#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/http/networks.hpp"
#include "pinrelay/http/refusal.hpp"
#include "pinrelay/ingest/settings.hpp"
#include "pinrelay/model/trust.hpp"

namespace pinrelay::ingest {

// What an account makes of the sender of a request.
struct Standing {
    model::Trust trust = model::Trust::Anonymous;  // of the highest condition that the request meets
    std::string_view because;  // what shows it, or why it is no higher: a static text for people; "" for neither
    std::optional<http::Refusal> refusal{};  // why it may not post; nothing where it may
};

// Who may post to one account, and how far it is trusted. A sender must meet one of the conditions; without any,
// everybody may post. An origin lets in and shows nothing: a program can write any. The time of a comparison shows
// nothing of a key. Immutable; any thread.
class Access {
public:
    // Throws std::invalid_argument, which names the entry, for a network that is neither address nor CIDR block.
    explicit Access(const AccessSettings& settings);

    bool open() const noexcept { return open_; }

    // Whether the body is needed to judge a request, since the body may be signed.
    bool needs_body() const noexcept { return !signing_keys_.empty(); }

    // `request` as it came: the body not unpacked, since the signature covers it so. `client` is the visitor's or the
    // sender's address, as trusted proxies vouch for it. All conditions are looked at, whichever is met: a signed
    // request from an allowed origin is Signed. A refusal is a 401 where other credentials would help, else a 403; it
    // says nothing of what was sent or would be right.
    Standing judge(const http::Request& request, const std::optional<boost::asio::ip::address>& client, Time now) const;

private:
    http::Refusal why_refused(bool has_key, const std::optional<http::Refusal>& bad_signature) const;
    bool origin_allowed(const http::Request& request) const;

    std::vector<std::string> origins_;
    http::Networks networks_;
    std::vector<std::string> key_digests_;  // all that is kept of the keys
    std::vector<Secret> signing_keys_;
    bool open_;
};

// Takes out of the query what a signed request may not say there: the signature covers the body alone, so anybody on
// the way can add to the query, and some formats read events from it. What chooses the account or the answer stays.
// False where nothing was taken out.
bool keep_query_of_signed(std::string& query);

// Headers of a signed request: the time in seconds, and the HMAC-SHA-256, in hex, of the time, a point and the body.
inline constexpr std::string_view timestamp_header = "X-Pinrelay-Timestamp";
inline constexpr std::string_view signature_header = "X-Pinrelay-Signature";
inline constexpr std::string_view key_header = "X-Pinrelay-Key";

// The same key in the query, for senders that cannot set headers: Measurement Protocol clients send `api_secret`.
inline constexpr std::string_view key_parameter = "api_secret";

// How far the time of a signed request may lie from ours.
inline constexpr std::chrono::minutes signature_window{5};

}  // namespace pinrelay::ingest
