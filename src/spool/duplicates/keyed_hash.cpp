#include "keyed_hash.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace pinrelay::spool {
namespace {

constexpr std::size_t mac_key_bytes = 16;
constexpr std::size_t mac_bytes = 16;

struct FreeMac {
    void operator()(EVP_MAC* mac) const noexcept { EVP_MAC_free(mac); }
};

std::uint64_t eight_bytes(const unsigned char* bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return number;
}

void add_number(std::string& bytes, std::uint64_t number, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
}

// Multiply-shift: with a secret odd factor, nobody can look for numbers that become equal.
std::uint64_t short_number(std::uint64_t number, std::uint64_t factor) noexcept {
    if (number == 0) return 0;
    const std::uint64_t shortened = number * factor >> 32U;
    return shortened == 0 ? 1 : shortened;
}

}  // namespace

void KeyedHash::Free::operator()(evp_mac_ctx_st* context) const noexcept { EVP_MAC_CTX_free(context); }

KeyedHash::Secret KeyedHash::new_secret() {
    Secret secret{};
    if (RAND_bytes(secret.data(), static_cast<int>(secret.size())) != 1)
        throw std::runtime_error("the system gives no random numbers");
    return secret;
}

KeyedHash::KeyedHash(const Secret& secret)
    : secret_(secret),
      subject_factor_(eight_bytes(secret.data() + mac_key_bytes) | 1U),
      value_factor_(eight_bytes(secret.data() + mac_key_bytes + 8) | 1U) {
    const std::unique_ptr<EVP_MAC, FreeMac> mac(EVP_MAC_fetch(nullptr, "SIPHASH", nullptr));
    context_.reset(mac == nullptr ? nullptr : EVP_MAC_CTX_new(mac.get()));
    std::size_t size = mac_bytes;
    const std::array<OSSL_PARAM, 2> parameters = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                                  OSSL_PARAM_construct_end()};
    if (context_ == nullptr || EVP_MAC_CTX_set_params(context_.get(), parameters.data()) != 1)
        throw std::runtime_error("OpenSSL has no SipHash");
}

std::array<std::uint32_t, 4> KeyedHash::hash_of_buffer() {
    std::array<unsigned char, mac_bytes> bytes{};
    std::size_t size = 0;
    if (EVP_MAC_init(context_.get(), secret_.data(), mac_key_bytes, nullptr) != 1 ||
        EVP_MAC_update(context_.get(), reinterpret_cast<const unsigned char*>(buffer_.data()), buffer_.size()) != 1 ||
        EVP_MAC_final(context_.get(), bytes.data(), &size, bytes.size()) != 1 || size != bytes.size())
        throw std::runtime_error("OpenSSL cannot hash");
    const std::uint64_t low = eight_bytes(bytes.data());
    const std::uint64_t high = eight_bytes(bytes.data() + 8);
    return {static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(low >> 32U), static_cast<std::uint32_t>(high),
            static_cast<std::uint32_t>(high >> 32U)};
}

EventKey KeyedHash::key_of(std::string_view destination, std::string_view event_name, std::string_view event_id) {
    buffer_.clear();
    for (const std::string_view text : {destination, event_name, event_id}) {
        add_number(buffer_, text.size(), sizeof(std::uint32_t));  // so that no two records are written alike
        buffer_ += text;
    }
    const auto hash = hash_of_buffer();
    return {{hash[0], hash[1], hash[2]}};
}

EventKey KeyedHash::key_of(const model::Record& record) {
    return key_of(record.destination, record.event_name, record.event_id);
}

std::uint64_t KeyedHash::digest_of(char kind, std::string_view id) {
    buffer_.assign(1, kind);
    buffer_ += id;
    const auto hash = hash_of_buffer();
    const std::uint64_t digest = hash[0] | static_cast<std::uint64_t>(hash[1]) << 32U;
    return digest == 0 ? 1 : digest;
}

Said KeyedHash::shortened(const Said& said) const noexcept {
    Said shortened = said;
    shortened.subject = short_number(said.subject, subject_factor_);
    shortened.essence.value = short_number(said.essence.value, value_factor_);
    return shortened;
}

std::uint32_t KeyedHash::print_of(const Said& shortened) {
    buffer_.clear();
    add_number(buffer_, shortened.subject, sizeof shortened.subject);
    add_number(buffer_, shortened.essence.value, sizeof shortened.essence.value);
    for (const auto digest : shortened.essence.identifiers) add_number(buffer_, digest, sizeof digest);
    add_number(buffer_, static_cast<std::uint64_t>(shortened.trust), 1);
    add_number(buffer_, shortened.deduplicated ? 1 : 0, 1);
    const std::uint32_t print = hash_of_buffer()[0];
    return print == 0 ? 1 : print;
}

}  // namespace pinrelay::spool
