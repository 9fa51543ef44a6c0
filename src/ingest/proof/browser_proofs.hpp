#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "first_party_proof.hpp"
#include "ingest/limits/rate.hpp"
#include "ingest/visitor/visitor_id.hpp"
#include "pinrelay/http/message.hpp"
#include "pinrelay/ingest/proof_counts.hpp"

namespace pinrelay::ingest {

// The sales that one proof carries in 24 hours.
inline constexpr unsigned sales_of_a_proof = 20;

// The new proofs that one client gets: a program may take as many as a household or an office needs, and no more.
inline constexpr Rate new_proofs_of_a_client{1.0 / 30, 100};

// Gives and takes the proofs that a browser was here before (docs/access.md). Any thread, without a lock.
class BrowserProofs {
public:
    // Without keys there are no proofs. `counts` is lent, and shared with the proofs of other configurations.
    BrowserProofs(std::vector<Secret> keys, RandomBytes random, ProofCounts& counts)
        : proofs_(std::move(keys)), random_(std::move(random)), counts_(counts) {}

    // The proof in the request's cookies. A browser can hold several of that name; the first that is right counts. It
    // is the caller who sees that a page of the site has made the request.
    std::optional<Proof> of(const http::Request& request) const;

    // Counts a sale of the proof's browser; false where the proof carries no more.
    bool take_sale(const Proof& proof, SteadyTime now) noexcept;

    // The cookie's value to write for a browser that came with `known`: nothing where that is young enough, or where
    // the client has had too many. An older one keeps its number, and so what is counted of it.
    std::optional<std::string> next(const std::optional<Proof>& known,
                                    const std::optional<boost::asio::ip::address>& client, Time now,
                                    SteadyTime steady_now);

private:
    Proofs proofs_;
    RandomBytes random_;
    ProofCounts& counts_;
};

}  // namespace pinrelay::ingest
