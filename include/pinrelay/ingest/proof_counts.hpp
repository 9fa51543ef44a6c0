#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace pinrelay::ingest {

// What is counted of the proofs that browsers were here before (docs/access.md). It outlives the handlers, so that a
// reload does not let anybody begin anew; a restart does. About a megabyte that never grows. Any thread, without a
// lock.
class ProofCounts {
public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    virtual ~ProofCounts() = default;

    // Counts a sale of the proof with this id. False where the proof carries no more.
    virtual bool take_sale(std::uint64_t id, SteadyTime now) noexcept = 0;

    // Counts a new proof for this client. False where it has had too many. Clients whose address is not known are one.
    virtual bool take_new(const std::optional<boost::asio::ip::address>& client, SteadyTime now) noexcept = 0;
};

std::unique_ptr<ProofCounts> make_proof_counts();

}  // namespace pinrelay::ingest
