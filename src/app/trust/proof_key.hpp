#pragma once

#include <filesystem>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/core/secret.hpp"

namespace pinrelay::app {

// The relay's own key for the proof cookie: 32 random bytes in the file `proof_key` of the directory, of mode 0600,
// made where it is missing or no whole key, and kept. Where the file can be neither read nor made, the key is of this
// process alone, and the log says so: browsers then get new proofs after a restart. Blocks; throws std::bad_alloc, and
// std::runtime_error where OpenSSL has no randomness.
Secret own_proof_key(const std::filesystem::path& directory, Logger& logger);

}  // namespace pinrelay::app
