#include <array>
#include <chrono>
#include <cstring>
#include <string>

#include "ingest/proof/first_party_proof.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;
using ingest::Proof;
using ingest::Proofs;

// fuzz/seeds signs with the same ones.
const std::array keys = {Secret("the fuzzed key that signs"), Secret("the fuzzed key before it")};
const std::chrono::sys_seconds now(std::chrono::seconds(1'796'126'400));

// Whatever is read was written by one of the keys, in this very spelling, and counts at this time.
void check_read(std::string_view text) {
    static const Proofs both({keys[0], keys[1]});
    const auto proof = both.read(text, now);
    if (!proof) return;
    fuzz::require(proof->made <= now + std::chrono::minutes(1), "no proof is of the future");
    fuzz::require(proof->made + ingest::proof_lasts > now, "no proof is older than it lasts");
    const bool is_written = Proofs({keys[0]}).write(*proof) == text || Proofs({keys[1]}).write(*proof) == text;
    fuzz::require(is_written, "only what a key has written is a proof");
    fuzz::require(!Proofs({Secret("another key")}).read(text, now), "another key takes it for none");
}

// What is written is read again, and with any one byte changed is none.
void check_written(std::string_view bytes) {
    constexpr std::uint64_t latest = 0xffffffffff;  // ten digits of hex
    std::array<std::uint64_t, 3> numbers{};
    std::memcpy(numbers.data(), bytes.data(), std::min(bytes.size(), sizeof(numbers)));
    const Proof proof{std::chrono::sys_seconds(std::chrono::seconds(numbers[0] & latest)), numbers[1]};
    static const Proofs proofs({keys[0]});
    std::string text = proofs.write(proof).value_or("");
    fuzz::require(proofs.read(text, proof.made) == proof, "what is written is read");
    const std::size_t place = numbers[2] % text.size();
    const auto other = static_cast<char>(numbers[2] >> 32U);
    if (text[place] == other) return;
    text[place] = other;
    fuzz::require(!proofs.read(text, proof.made), "a changed text is no proof");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text_of(data, size);
    check_read(bytes);
    check_written(bytes);
    return 0;
}
