#include "proof_key.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace pinrelay::app {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t key_size = 32;
constexpr std::string_view file_name = "proof_key";
constexpr std::string_view draft_name = "proof_key.new";

class File {
public:
    File(const fs::path& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
    ~File() {
        if (is_open()) ::close(number_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool is_open() const noexcept { return number_ >= 0; }
    int number() const noexcept { return number_; }

private:
    int number_;
};

std::string random_key() {
    std::array<unsigned char, key_size> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("OpenSSL has no randomness for a key");
    std::string key(bytes.begin(), bytes.end());
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

// Nothing where the file is missing, or is not exactly one key.
std::optional<std::string> read_key(const fs::path& path) {
    const File file(path, O_RDONLY | O_NOFOLLOW);
    if (!file.is_open()) return std::nullopt;
    std::array<char, key_size + 1> bytes{};
    const auto size = ::read(file.number(), bytes.data(), bytes.size());
    if (size != static_cast<ssize_t>(key_size)) return std::nullopt;
    std::string key(bytes.data(), key_size);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

bool sync_directory(const fs::path& directory) {
    const File opened(directory, O_RDONLY | O_DIRECTORY);
    return opened.is_open() && ::fsync(opened.number()) == 0;
}

// Whole or not at all, also where the power goes meanwhile. 0, or the system's error.
int write_key(const fs::path& directory, const std::string& key) {
    const fs::path draft = directory / draft_name;
    ::unlink(draft.c_str());  // of a process that ended in the middle
    const File file(draft, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.is_open()) return errno;
    if (::write(file.number(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) return errno;
    if (::fsync(file.number()) != 0) return errno;
    if (::rename(draft.c_str(), (directory / file_name).c_str()) != 0) return errno;
    return sync_directory(directory) ? 0 : errno;
}

}  // namespace

Secret own_proof_key(const fs::path& directory, Logger& logger) {
    if (auto kept = read_key(directory / file_name)) return Secret(std::move(*kept));
    std::string key = random_key();
    const int error = write_key(directory, key);
    if (error != 0)
        logger.warn(
            "the key of the proof cookie cannot be kept; after a restart browsers get new proofs (cookies.proof)",
            {{"file", (directory / file_name).string()}, {"cause", std::generic_category().message(error)}});
    return Secret(std::move(key));
}

}  // namespace pinrelay::app
