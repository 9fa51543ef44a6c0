#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pinrelay/core/clock.hpp"
#include "pinrelay/core/secret.hpp"

namespace pinrelay::ingest {

inline constexpr std::string_view proof_cookie = "_pinrelay_proof";

// How long a proof counts, and from what age an answer writes it anew.
inline constexpr std::chrono::hours proof_lasts{24};
inline constexpr std::chrono::hours proof_renewed_after{6};

// A time and a random number. It says nothing about anybody, and is never sent, stored or logged.
struct Proof {
    std::chrono::sys_seconds made{};
    std::uint64_t id = 0;
    friend bool operator==(const Proof&, const Proof&) = default;
};

// Writes and reads the proofs that a browser was here before: the value of a cookie, signed by HMAC-SHA-256 of which
// 128 bits are kept. A proof is bound to nothing that a visitor may change: address, browser. Immutable; any thread.
class Proofs {
public:
    // The first key signs; each is taken. Without keys no text is a proof, and none is written.
    explicit Proofs(std::vector<Secret> keys) : keys_(std::move(keys)) {}

    bool enabled() const noexcept { return !keys_.empty(); }

    // The value of the cookie; nothing without a key, or where OpenSSL cannot.
    std::optional<std::string> write(const Proof& proof) const;

    // The proof in the text of a stranger; nothing where it is malformed, forged, older than `proof_lasts`, or dated
    // more than a minute ahead. Each key is compared, in a time that shows nothing of the difference.
    std::optional<Proof> read(std::string_view text, Time now) const;

private:
    std::vector<Secret> keys_;
};

}  // namespace pinrelay::ingest
