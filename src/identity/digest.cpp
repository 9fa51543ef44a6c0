#include "pinrelay/identity/digest.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "identity/text/hex.hpp"

namespace pinrelay::identity {
namespace {

struct FreeDigest {
    void operator()(EVP_MD* digest) const noexcept { EVP_MD_free(digest); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

// Fetched once: looking it up by name for every value costs more than hashing it.
const EVP_MD* sha256() {
    static const std::unique_ptr<EVP_MD, FreeDigest> digest(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    return digest.get();
}

EVP_MD_CTX* context_of_this_thread() {
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
    return context.get();
}

}  // namespace

void require_sha256() { sha256_hex(""); }

void sha256_hex(std::string_view text, std::span<char, sha256_hex_size> hex) {
    EVP_MD_CTX* const context = context_of_this_thread();
    Digest digest{};
    if (sha256() == nullptr || context == nullptr || EVP_DigestInit_ex2(context, sha256(), nullptr) != 1 ||
        EVP_DigestUpdate(context, text.data(), text.size()) != 1 ||
        EVP_DigestFinal_ex(context, digest.data(), nullptr) != 1)
        throw std::runtime_error("OpenSSL offers no SHA-256");
    write_hex(digest, hex.data());
}

std::string sha256_hex(std::string_view text) {
    std::string hex(sha256_hex_size, '\0');
    sha256_hex(text, std::span<char, sha256_hex_size>(hex.data(), hex.size()));
    return hex;
}

}  // namespace pinrelay::identity
