#include "access.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace pinrelay::ingest {
namespace {

constexpr AccessRefusal no_credentials{401, "credentials_missing", "this account takes events of known senders only"};
constexpr AccessRefusal wrong_key{401, "key_wrong", "the shared key is not one of this account's"};
constexpr AccessRefusal wrong_signature{401, "signature_wrong", "the signature does not fit the time and the body"};
constexpr AccessRefusal wrong_time{401, "signature_expired", "the time of the signature is too far from now"};
constexpr AccessRefusal wrong_origin{403, "origin_refused", "this origin may not post here"};
constexpr AccessRefusal wrong_network{403, "network_refused", "this address may not post here"};

constexpr std::size_t digest_size = 32;
using Digest = std::array<unsigned char, digest_size>;

// Of two digests, so that neither the place of a difference nor the length of a key shows in the time it takes.
bool same(const Digest& a, const Digest& b) noexcept { return CRYPTO_memcmp(a.data(), b.data(), digest_size) == 0; }

std::optional<Digest> hash(std::string_view text) {
    Digest digest{};
    if (EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1) return std::nullopt;
    return digest;
}

std::optional<Digest> sign(const Secret& key, std::string_view text) {
    Digest digest{};
    const std::string& bytes = key.reveal();
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    if (HMAC(EVP_sha256(), bytes.data(), static_cast<int>(bytes.size()), data, text.size(), digest.data(), nullptr) ==
        nullptr)
        return std::nullopt;
    return digest;
}

std::optional<Digest> from_hex(std::string_view text) {
    constexpr int hex = 16;
    Digest digest{};
    if (text.size() != 2 * digest_size) return std::nullopt;
    for (std::size_t i = 0; i < digest_size; ++i) {
        const char* begin = text.data() + 2 * i;
        const auto [end, error] = std::from_chars(begin, begin + 2, digest[i], hex);
        if (error != std::errc{} || end != begin + 2) return std::nullopt;
    }
    return digest;
}

// All keys are compared, whichever fits.
bool is_one_of(const std::vector<Secret>& keys, std::string_view given) {
    const auto digest = hash(given);
    bool found = false;
    for (const Secret& key : keys) {
        const auto known = hash(key.reveal());
        if (digest && known && same(*digest, *known)) found = true;
    }
    return found;
}

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

std::optional<AccessRefusal> judge_signature(const std::vector<Secret>& keys, const http::Request& request,
                                             const std::string& signature, Time now) {
    const std::string* stamp = request.header(timestamp_header);
    const auto time = stamp == nullptr ? std::nullopt : time_of(*stamp);
    const auto given = from_hex(signature);
    if (!time || !given) return wrong_signature;
    if (*time > now + signature_window || *time < now - signature_window) return wrong_time;
    const std::string text = *stamp + "." + request.body;
    bool found = false;
    for (const Secret& key : keys) {
        const auto right = sign(key, text);
        if (right && same(*right, *given)) found = true;
    }
    return found ? std::nullopt : std::optional(wrong_signature);
}

// Browsers name the origin of every request but a GET to the site itself, which has the page's address instead.
std::string_view origin_of(const http::Request& request) {
    if (const std::string* origin = request.header("Origin")) return *origin;
    const std::string* referrer = request.header("Referer");
    if (referrer == nullptr) return {};
    const auto scheme_end = referrer->find("://");
    if (scheme_end == std::string::npos) return {};
    return std::string_view(*referrer).substr(0, referrer->find_first_of("/?#", scheme_end + 3));
}

// "https://*.shop.example" takes the sub-domains of shop.example, not itself.
bool origin_matches(std::string_view pattern, std::string_view origin) {
    const auto star = pattern.find("*.");
    if (star == std::string_view::npos) return boost::algorithm::iequals(pattern, origin);
    const auto scheme = pattern.substr(0, star);
    const auto domain = pattern.substr(star + 1);
    return origin.size() > scheme.size() + domain.size() && boost::algorithm::istarts_with(origin, scheme) &&
           boost::algorithm::iends_with(origin, domain);
}

}  // namespace

Access::Access(const AccessSettings& settings)
    : origins_(settings.origins),
      networks_(settings.networks),
      keys_(settings.keys),
      signing_keys_(settings.signing_keys),
      open_(origins_.empty() && networks_.empty() && keys_.empty() && signing_keys_.empty()) {}

bool Access::origin_allowed(const http::Request& request) const {
    const auto origin = origin_of(request);
    return !origin.empty() && std::any_of(origins_.begin(), origins_.end(),
                                          [&](const std::string& pattern) { return origin_matches(pattern, origin); });
}

bool Access::network_allowed(const std::optional<std::string>& client) const {
    if (!client || networks_.empty()) return false;
    boost::system::error_code none;
    const auto address = boost::asio::ip::make_address(*client, none);
    return !none && networks_.contains(http::canonical(address));
}

std::optional<AccessRefusal> Access::judge(const http::Request& request, const std::optional<std::string>& client,
                                           Time now) const {
    if (open_ || origin_allowed(request) || network_allowed(client)) return std::nullopt;
    if (!keys_.empty()) {
        const auto key = key_of(request);
        if (key && is_one_of(keys_, *key)) return std::nullopt;
        if (key && signing_keys_.empty()) return wrong_key;
    }
    if (!signing_keys_.empty()) {
        const std::string* signature = request.header(signature_header);
        if (signature != nullptr) return judge_signature(signing_keys_, request, *signature, now);
    }
    if (!keys_.empty() || !signing_keys_.empty()) return no_credentials;
    return origins_.empty() ? wrong_network : wrong_origin;
}

}  // namespace pinrelay::ingest
