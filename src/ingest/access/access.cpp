#include "access.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "hmac.hpp"
#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/url_text.hpp"
#include "pinrelay/http/wipe.hpp"
#include "pinrelay/identity/digest.hpp"
#include "plain_origin.hpp"
#include "same_site.hpp"

namespace pinrelay::ingest {
namespace {

using model::Trust;

constexpr http::Refusal no_credentials{401, "credentials_missing", "this account takes events of known senders only"};
constexpr http::Refusal wrong_key{401, "key_wrong", "the shared key is not one of this account's"};
constexpr http::Refusal wrong_signature{401, "signature_wrong", "the signature does not fit the time and the body"};
constexpr http::Refusal wrong_time{401, "signature_expired", "the time of the signature is too far from now"};
constexpr http::Refusal wrong_origin{403, "origin_refused", "this origin may not post here"};
constexpr http::Refusal wrong_network{403, "network_refused", "this address may not post here"};

constexpr std::size_t hex_size = 64;  // of a SHA-256

std::optional<std::string> key_of(const http::Request& request) {
    if (const std::string* header = request.header(key_header)) return *header;
    return request.query.empty() ? std::nullopt : request.query_value(key_parameter);
}

std::optional<Time> time_of(std::string_view text) {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    constexpr std::int64_t furthest = 100'000'000'000;  // the year 5138
    if (seconds < 0 || seconds > furthest) return std::nullopt;
    return Time(std::chrono::seconds(seconds));
}

std::optional<http::Refusal> judge_signature(const std::vector<Secret>& keys, const http::Request& request,
                                             const std::string& signature, Time now) {
    const std::string* stamp = request.header(timestamp_header);
    const auto time = stamp == nullptr ? std::nullopt : time_of(*stamp);
    const auto given = signature.size() == hex_size ? identity::existing_digest(signature) : std::nullopt;
    if (!time || !given) return wrong_signature;
    if (*time > now + signature_window || *time < now - signature_window) return wrong_time;
    std::string text = *stamp + "." + request.body;
    std::vector<std::string> right;
    for (const Secret& key : keys)
        if (auto proof = hmac_hex(key, text)) right.push_back(std::move(*proof));
    http::wipe(text.data(), text.size());
    const bool fits = is_one_of(right, *given);
    return fits ? std::nullopt : std::optional(wrong_signature);
}

// Of a request that may post for another reason: its sender wonders why it is not trusted more.
std::string_view flaw_of(bool has_wrong_key, const std::optional<http::Refusal>& bad_signature) {
    if (bad_signature) return bad_signature->message;
    return has_wrong_key ? wrong_key.message : std::string_view();
}

// Browsers name the origin of every request but a GET to the site itself, which has the page's address instead.
std::string_view origin_of(const http::Request& request) {
    if (const std::string* origin = request.header("Origin")) return *origin;
    const std::string* referrer = request.header("Referer");
    if (referrer == nullptr) return {};
    const auto page = split_origin(*referrer, Backslash::IsOrdinary);
    return page ? page->text : std::string_view{};
}

// "https://*.shop.example" takes the sub-domains of shop.example, not itself.
bool origin_matches(std::string_view pattern, std::string_view origin) {
    const auto star = pattern.find("*.");
    if (star == std::string_view::npos) return ascii::equals_ignoring_case(pattern, origin);
    const auto scheme = pattern.substr(0, star);
    const auto domain = pattern.substr(star + 1);
    return origin.size() > scheme.size() + domain.size() && ascii::starts_with_ignoring_case(origin, scheme) &&
           ascii::ends_with_ignoring_case(origin, domain);
}

constexpr std::string_view other_site = "a page of another site made its browser send this";

// What the Measurement Protocol has in its query to choose the stream, and debug requests.
constexpr std::array<std::string_view, 4> kept_of_query = {key_parameter, "measurement_id", "firebase_app_id", "debug"};

}  // namespace

bool keep_query_of_signed(std::string& query) {
    std::string kept;
    bool all = true;
    for (const UrlPair& pair : UrlPairs(query)) {
        if (pair.text.empty()) continue;
        if (std::ranges::find(kept_of_query, pair.name) == kept_of_query.end()) {
            all = false;
            continue;
        }
        kept.append(kept.empty() ? "" : "&").append(pair.text);
    }
    if (!all) query = std::move(kept);
    return !all;
}

Access::Access(const AccessSettings& settings)
    : networks_(settings.networks),
      signing_keys_(settings.signing_keys),
      open_(settings.origins.empty() && networks_.empty() && settings.keys.empty() && signing_keys_.empty()) {
    for (const std::string& origin : settings.origins) origins_.push_back(plain_origin(origin));
    for (const Secret& key : settings.keys) key_digests_.push_back(identity::sha256_hex(key.reveal()));
}

bool Access::origin_allowed(const http::Request& request) const {
    const std::string origin = plain_origin(origin_of(request));
    return !origin.empty() &&
           std::ranges::any_of(origins_, [&](const std::string& pattern) { return origin_matches(pattern, origin); });
}

Standing Access::judge(const http::Request& request, const std::optional<boost::asio::ip::address>& client,
                       Time now) const {
    if (open_) return {};
    const std::string* signature = signing_keys_.empty() ? nullptr : request.header(signature_header);
    const auto bad_signature =
        signature == nullptr ? std::nullopt : judge_signature(signing_keys_, request, *signature, now);
    if (signature != nullptr && !bad_signature) return {Trust::Signed, "a signature of its body"};
    const auto key = key_digests_.empty() ? std::nullopt : key_of(request);
    if (key && is_one_of(key_digests_, identity::sha256_hex(*key))) return {Trust::Key, "a shared key"};
    if (client && networks_.contains(*client)) {
        if (is_led_by_other_site(request)) return {Trust::Anonymous, other_site};
        return {Trust::Network, "its address, of allow_networks"};
    }
    if (origin_allowed(request)) return {Trust::Anonymous, flaw_of(key.has_value(), bad_signature)};
    return {Trust::Anonymous, {}, why_refused(key.has_value(), bad_signature)};
}

http::Refusal Access::why_refused(bool has_key, const std::optional<http::Refusal>& bad_signature) const {
    if (has_key && signing_keys_.empty()) return wrong_key;
    if (bad_signature) return *bad_signature;
    if (!key_digests_.empty() || !signing_keys_.empty()) return no_credentials;
    return origins_.empty() ? wrong_network : wrong_origin;
}

}  // namespace pinrelay::ingest
