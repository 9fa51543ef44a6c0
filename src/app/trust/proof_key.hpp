#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/core/secret.hpp"

namespace pinrelay::app {

// The relay's own key for the proof cookie: 32 random bytes in the file `proof_key` of the directory, of mode 0600,
// made where it is missing, and kept. A file that is no whole key is set aside as `proof_key.damaged`, and a new key
// made. A file that cannot be read stays as it is, since it may hold the key; then, and where none can be written, the
// key is of this process alone. The log reports each of these. Blocks; throws std::bad_alloc, and std::runtime_error
// where OpenSSL has no randomness.
Secret own_proof_key(const std::filesystem::path& directory, Logger& logger);

// What is wrong with that file, for people; nothing where it is whole or missing. Changes nothing.
std::optional<std::string> proof_key_flaw(const std::filesystem::path& directory);

}  // namespace pinrelay::app
