#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "event_key.hpp"
#include "pinrelay/model/record.hpp"
#include "said.hpp"

struct evp_mac_ctx_st;

namespace pinrelay::spool {

// Hashes with the secret of a store, so that no sender can find two events that the guard takes for one. SipHash-2-4
// with 128 bits for keys and prints. One thread at a time. Throws std::runtime_error where OpenSSL fails.
class KeyedHash {
public:
    // Random bytes. The file keeps them: a new secret makes everything that is remembered unknown.
    using Secret = std::array<unsigned char, 32>;
    static Secret new_secret();

    explicit KeyedHash(const Secret& secret);

    EventKey key_of(std::string_view destination, std::string_view event_name, std::string_view event_id);
    EventKey key_of(const model::Record& record);

    // Of an id, for the journal; never 0. Ids of two kinds that are written alike have different digests.
    std::uint64_t digest_of(char kind, std::string_view id);

    // With a subject and a value of 32 bits, which are 0 where they were. Of two that differ the short ones are equal
    // in one of two billion stores.
    Said shortened(const Said& said) const noexcept;

    // Tells whether two are equal, but for one pair in four billion; never 0.
    std::uint32_t print_of(const Said& shortened);

private:
    struct Free {
        void operator()(evp_mac_ctx_st* context) const noexcept;
    };
    std::array<std::uint32_t, 4> hash_of_buffer();

    Secret secret_;
    std::uint64_t subject_factor_;
    std::uint64_t value_factor_;
    std::unique_ptr<evp_mac_ctx_st, Free> context_;
    std::string buffer_;
};

}  // namespace pinrelay::spool
