#include "packed_known.hpp"

#include <algorithm>

namespace pinrelay::spool {
namespace {

// The words: subject, value, four with two identifiers each, the record's id with 56 bits, a print. The upper
// byte of the id's second word has the trust and a mark of offline events.
constexpr std::size_t first_identifiers = 2;
constexpr std::size_t record_word = 6;
constexpr std::size_t other_word = 8;
constexpr unsigned word_bits = 32;
constexpr unsigned flags_at = 24;
constexpr std::uint32_t trust_mask = 7;
constexpr std::uint32_t offline_mark = 8;

static_assert(model::Essence::kinds == 8);

constexpr std::uint32_t low_half(std::uint32_t word) { return word & 0xFFFFU; }

}  // namespace

PackedKnown packed(const Known& known) noexcept {
    PackedKnown packed;
    auto& words = packed.words;
    words[0] = static_cast<std::uint32_t>(known.said.subject);
    words[1] = static_cast<std::uint32_t>(known.said.essence.value);
    for (std::size_t kind = 0; kind < model::Essence::kinds; kind += 2)
        words[first_identifiers + kind / 2] =
            known.said.essence.identifiers[kind] | static_cast<std::uint32_t>(known.said.essence.identifiers[kind + 1])
                                                       << 16U;
    const auto record = static_cast<std::uint64_t>(known.record);
    const std::uint32_t flags =
        static_cast<std::uint32_t>(known.said.trust) | (known.said.deduplicated ? 0 : offline_mark);
    words[record_word] = static_cast<std::uint32_t>(record);
    words[record_word + 1] = (static_cast<std::uint32_t>(record >> word_bits) & 0xFFFFFFU) | flags << flags_at;
    words[other_word] = known.other;
    return packed;
}

Known unpacked(const PackedKnown& packed) noexcept {
    const auto& words = packed.words;
    Known known;
    known.said.subject = words[0];
    known.said.essence.value = words[1];
    for (std::size_t kind = 0; kind < model::Essence::kinds; kind += 2) {
        const std::uint32_t two = words[first_identifiers + kind / 2];
        known.said.essence.identifiers[kind] = static_cast<std::uint16_t>(low_half(two));
        known.said.essence.identifiers[kind + 1] = static_cast<std::uint16_t>(two >> 16U);
    }
    const std::uint32_t flags = words[record_word + 1] >> flags_at;
    constexpr auto highest = static_cast<std::uint32_t>(model::Trust::Signed);
    known.said.trust = static_cast<model::Trust>(std::min(flags & trust_mask, highest));
    known.said.deduplicated = (flags & offline_mark) == 0;
    known.record = static_cast<RecordId>(words[record_word] |
                                         static_cast<std::uint64_t>(words[record_word + 1] & 0xFFFFFFU) << word_bits);
    known.other = words[other_word];
    return known;
}

}  // namespace pinrelay::spool
