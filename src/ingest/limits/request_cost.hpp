#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

// What one request costs, in plain numbers. Pure.
namespace pinrelay::ingest {

struct RequestCost {
    std::size_t received = 0;         // bytes of query and body, unpacked, for which the client has paid
    std::uint64_t stored = 0;         // bytes of records that strangers' events put into the store
    std::chrono::nanoseconds cpu{0};  // of decoding and judging, where that was measured
};

// What a client pays as one request of collect.max_requests_per_client, each measured as the cost of a small purchase:
// it has up to 4 KiB, stores 0.6 to 1.6 kB and takes the processor 0.25 ms. A megabyte of JSON that is all commas takes
// it a tenth of a second.
inline constexpr std::size_t received_of_one_request = 4096;
inline constexpr std::uint64_t stored_of_one_request = 1024;
inline constexpr std::chrono::microseconds cpu_of_one_request{250};

// A TLS handshake takes the processor 1.05 ms.
inline constexpr std::size_t requests_of_a_handshake = 4;

// Paid by a request before it is decoded: one for itself and one for each 4 KiB.
constexpr std::size_t paid_before(std::size_t received) noexcept { return 1 + received / received_of_one_request; }

// Still owed when it is done: a request costs as much as the dearest of what it sent, stored and computed.
constexpr std::size_t owed_after(const RequestCost& cost) noexcept {
    const auto stored = static_cast<std::size_t>(cost.stored / stored_of_one_request);
    const auto cpu = static_cast<std::size_t>(cost.cpu / cpu_of_one_request);
    const std::size_t dearest = std::max(stored, cpu);
    const std::size_t paid = paid_before(cost.received);
    return dearest > paid ? dearest - paid : 0;
}

// The most bytes that the events of a request may take in the store. An event takes up to some hundred bytes beside
// what its sender wrote, and repeats what the sender wrote once for all events: up to eight times in large batches of
// honest senders. What is repeated more often lets a short request fill the store.
inline constexpr std::uint64_t stored_for_each_received = 8;
inline constexpr std::uint64_t stored_for_any = 64 * 1024;
constexpr std::uint64_t most_stored(std::uint64_t received) noexcept {
    return stored_for_each_received * received + stored_for_any;
}

// How many bytes of a body count as received. The sender pays the packed ones only, but honest JSON shrinks to a fifth
// or a tenth and must not be refused for that; JSON that shrinks more says the same thing over and over.
inline constexpr std::size_t honest_packing = 10;
constexpr std::size_t counted_bytes(std::size_t packed, std::size_t unpacked) noexcept {
    return std::min(unpacked, packed * honest_packing);
}

}  // namespace pinrelay::ingest
