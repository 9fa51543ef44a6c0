#include "hmac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/algorithm/hex.hpp>
#include <iterator>

namespace pinrelay::ingest {

std::optional<std::string> hmac_hex(const Secret& key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    const std::string& bytes = key.reveal();
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    if (HMAC(EVP_sha256(), bytes.data(), static_cast<int>(bytes.size()), data, text.size(), digest.data(), &size) ==
        nullptr)
        return std::nullopt;
    std::string hex;
    boost::algorithm::hex_lower(digest.begin(), digest.begin() + size, std::back_inserter(hex));
    return hex;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_one_of(const std::vector<std::string>& list, std::string_view text) noexcept {
    bool found = false;
    for (const std::string& known : list)
        if (same_secret(known, text)) found = true;
    return found;
}

}  // namespace pinrelay::ingest
