#include "pinrelay/ingest/proof_counts.hpp"

#include "browser_proofs.hpp"
#include "ingest/limits/client_rates.hpp"
#include "pinrelay/core/random.hpp"
#include "proof_uses.hpp"

namespace pinrelay::ingest {
namespace {

class Tables final : public ProofCounts {
public:
    explicit Tables(SteadyTime origin)
        : sales_(sales_of_a_proof, origin, random_seed()), new_proofs_(new_proofs_of_a_client, origin, random_seed()) {}

    bool take_sale(std::uint64_t id, SteadyTime now) noexcept override { return sales_.take(id, now); }

    bool take_new(const std::optional<boost::asio::ip::address>& client, SteadyTime now) noexcept override {
        return new_proofs_.take(networks_of(client), 1, now).count() == 0;
    }

private:
    ProofUses sales_;
    ClientRates new_proofs_;
};

}  // namespace

std::unique_ptr<ProofCounts> make_proof_counts() { return std::make_unique<Tables>(std::chrono::steady_clock::now()); }

}  // namespace pinrelay::ingest
