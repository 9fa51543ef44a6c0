#include "first_party_proof.hpp"

#include <algorithm>
#include <charconv>

#include "ingest/access/hmac.hpp"

namespace pinrelay::ingest {
namespace {

// "1" for this form, 10 digits of hex for the time in seconds, 16 for the id, 32 for the signature; dots between.
constexpr std::string_view form = "1";
constexpr std::size_t time_digits = 10;
constexpr std::size_t id_digits = 16;
constexpr std::size_t signature_digits = 32;
constexpr std::size_t signed_size = form.size() + 1 + time_digits + 1 + id_digits;
constexpr std::size_t whole_size = signed_size + 1 + signature_digits;

// In front of what is signed, so that no signature of another purpose with the same key is a proof.
constexpr std::string_view purpose = "pinrelay first-party proof\n";

constexpr std::chrono::minutes clocks_apart{1};  // of two relays that share their keys

std::string hex_of(std::uint64_t number, std::size_t digits) {
    constexpr std::string_view figures = "0123456789abcdef";
    std::string text(digits, '0');
    for (std::size_t at = digits; at-- > 0; number >>= 4U) text[at] = figures[number & 0xFU];
    return text;
}

// Lower case only: one proof has one spelling.
std::optional<std::uint64_t> number_of(std::string_view hex) {
    const auto is_digit = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (!std::all_of(hex.begin(), hex.end(), is_digit)) return std::nullopt;
    constexpr int base = 16;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), number, base);
    if (error != std::errc{} || end != hex.data() + hex.size()) return std::nullopt;
    return number;
}

std::optional<std::string> signature_of(const Secret& key, std::string_view text) {
    auto hex = hmac_hex(key, std::string(purpose).append(text));
    if (hex) hex->resize(signature_digits);
    return hex;
}

// What the text says, whoever has written it.
std::optional<Proof> parse(std::string_view text) {
    constexpr std::size_t time_at = form.size() + 1;
    constexpr std::size_t id_at = time_at + time_digits + 1;
    if (text.size() != whole_size || !text.starts_with(form)) return std::nullopt;
    for (const std::size_t dot : {time_at - 1, id_at - 1, signed_size})
        if (text[dot] != '.') return std::nullopt;
    const auto time = number_of(text.substr(time_at, time_digits));
    const auto id = number_of(text.substr(id_at, id_digits));
    if (!time || !id) return std::nullopt;
    return Proof{std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(*time))), *id};
}

}  // namespace

std::optional<std::string> Proofs::write(const Proof& proof) const {
    if (keys_.empty()) return std::nullopt;
    std::string text(form);
    text.append(".").append(hex_of(static_cast<std::uint64_t>(proof.made.time_since_epoch().count()), time_digits));
    text.append(".").append(hex_of(proof.id, id_digits));
    const auto signature = signature_of(keys_.front(), text);
    if (!signature) return std::nullopt;
    return text + "." + *signature;
}

std::optional<Proof> Proofs::read(std::string_view text, Time now) const {
    const auto proof = parse(text);
    if (!proof || keys_.empty()) return std::nullopt;
    const auto today = std::chrono::floor<std::chrono::seconds>(now);
    if (proof->made > today + clocks_apart || proof->made + proof_lasts <= today) return std::nullopt;
    const auto body = text.substr(0, signed_size);
    const auto given = text.substr(signed_size + 1);
    bool fits = false;
    for (const Secret& key : keys_)
        if (const auto right = signature_of(key, body); right && same_secret(*right, given)) fits = true;
    return fits ? proof : std::nullopt;
}

}  // namespace pinrelay::ingest
