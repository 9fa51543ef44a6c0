#include "browser_proofs.hpp"

#include <array>
#include <cstring>

#include "ingest/visitor/client_address.hpp"

namespace pinrelay::ingest {
namespace {

// A sub-domain of another owner can set cookies of that name; more than a few are an attack on our time.
constexpr std::size_t most_cookies = 4;

std::optional<std::uint64_t> random_id(const RandomBytes& random) {
    std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
    if (!random(bytes)) return std::nullopt;
    std::uint64_t id = 0;
    std::memcpy(&id, bytes.data(), bytes.size());
    return id;
}

}  // namespace

std::optional<Proof> BrowserProofs::of(const http::Request& request) const {
    if (!proofs_.enabled()) return std::nullopt;
    for (const std::string& text : cookie_values(request, proof_cookie, most_cookies))
        if (auto proof = proofs_.read(text, request.received)) return proof;
    return std::nullopt;
}

bool BrowserProofs::take_sale(const Proof& proof, SteadyTime now) noexcept {
    return proofs_.enabled() && counts_.take_sale(proof.id, now);
}

std::optional<std::string> BrowserProofs::next(const std::optional<Proof>& known,
                                               const std::optional<boost::asio::ip::address>& client, Time now,
                                               SteadyTime steady_now) {
    if (!proofs_.enabled()) return std::nullopt;
    const auto today = std::chrono::floor<std::chrono::seconds>(now);
    if (known && today - known->made < proof_renewed_after) return std::nullopt;
    if (known) return proofs_.write({today, known->id});
    const auto id = counts_.take_new(client, steady_now) ? random_id(random_) : std::nullopt;
    return id ? proofs_.write({today, *id}) : std::nullopt;
}

}  // namespace pinrelay::ingest
