#include "proof_key.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "pinrelay/core/descriptor.hpp"

namespace pinrelay::app {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t key_size = 32;
constexpr std::string_view file_name = "proof_key";
constexpr std::string_view draft_name = "proof_key.new";
constexpr std::string_view damaged_name = "proof_key.damaged";

constexpr std::string_view what_it_means =
    "browsers need new proofs, which they get with the answer to their next event; until then their purchases count as "
    "anonymous";

int open_file(const fs::path& path, int flags) { return ::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR); }

std::string random_key() {
    std::array<unsigned char, key_size> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("OpenSSL has no randomness for a key");
    std::string key(bytes.begin(), bytes.end());
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

enum class KeyFile { Whole, Missing, Unreadable, Damaged };

struct Found {
    KeyFile file = KeyFile::Missing;
    std::string key;   // of a whole one
    std::string flaw;  // of one that is there and gives no key: "it …"
};

std::string message_of(int error) { return std::generic_category().message(error); }

Found unreadable(int error) {
    if (error == ELOOP) return {KeyFile::Unreadable, {}, "it is a symbolic link, and not a file"};
    return {KeyFile::Unreadable, {}, "it cannot be read (" + message_of(error) + ")"};
}

Found look(const fs::path& path) {
    const Descriptor file(open_file(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));  // nor wait for the other end of a pipe
    if (!file.is_open()) return errno == ENOENT || errno == ENOTDIR ? Found() : unreadable(errno);
    std::array<char, key_size + 1> bytes{};
    const auto size = ::read(file.number(), bytes.data(), bytes.size());
    if (size < 0) return unreadable(errno);
    std::string key(bytes.data(), std::min(static_cast<std::size_t>(size), key_size));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    if (static_cast<std::size_t>(size) == key_size) return {KeyFile::Whole, std::move(key), {}};
    OPENSSL_cleanse(key.data(), key.size());
    return {KeyFile::Damaged,
            {},
            "it is damaged: a key has " + std::to_string(key_size) + " bytes, and this file " +
                (key.size() < key_size ? "fewer" : "more")};
}

bool sync_directory(const fs::path& directory) {
    const Descriptor opened(open_file(directory, O_RDONLY | O_DIRECTORY));
    return opened.is_open() && ::fsync(opened.number()) == 0;
}

// Whole or not at all, also where the power goes meanwhile. 0, or the system's error.
int write_key(const fs::path& directory, const std::string& key) {
    const fs::path draft = directory / draft_name;
    ::unlink(draft.c_str());  // of a process that ended in the middle
    const Descriptor file(open_file(draft, O_WRONLY | O_CREAT | O_EXCL));
    if (!file.is_open()) return errno;
    const auto written = ::write(file.number(), key.data(), key.size());
    if (written < 0) return errno;
    if (written != static_cast<ssize_t>(key.size())) return EIO;
    if (::fsync(file.number()) != 0) return errno;
    if (::rename(draft.c_str(), (directory / file_name).c_str()) != 0) return errno;
    return sync_directory(directory) ? 0 : errno;
}

// Of this process alone, since the file may hold the true key.
Secret passing_key(const fs::path& path, const Found& found, Logger& logger) {
    logger.warn("the key of the proof cookie cannot be read; until it can be, each restart makes another one",
                {{"file", path.string()},
                 {"cause", found.flaw},
                 {"effect", std::string(what_it_means)},
                 {"advice", "make it a plain file that the user of the relay can read, and restart; or remove it"}});
    return Secret(random_key());
}

// An operator may have put it there, or have the whole one in a backup.
void set_aside(const fs::path& directory, const Found& found, Logger& logger) {
    const fs::path aside = directory / damaged_name;
    const int error = ::rename((directory / file_name).c_str(), aside.c_str()) == 0 ? 0 : errno;
    logger.warn("the key of the proof cookie is damaged; a new one takes its place",
                {{"file", (directory / file_name).string()},
                 {"cause", found.flaw},
                 {"kept_as", error == 0 ? aside.string() : "not kept: " + message_of(error)},
                 {"effect", std::string(what_it_means)},
                 {"advice", "if a backup has the key, put it back and restart; look at the disk"}});
}

}  // namespace

std::optional<std::string> proof_key_flaw(const fs::path& directory) {
    Found found = look(directory / file_name);
    OPENSSL_cleanse(found.key.data(), found.key.size());
    if (found.flaw.empty()) return std::nullopt;
    return (directory / file_name).string() + ", the key of the proof cookie, gives no key: " + found.flaw;
}

Secret own_proof_key(const fs::path& directory, Logger& logger) {
    const fs::path path = directory / file_name;
    Found found = look(path);
    if (found.file == KeyFile::Whole) return Secret(std::move(found.key));
    if (found.file == KeyFile::Unreadable) return passing_key(path, found, logger);
    if (found.file == KeyFile::Damaged) set_aside(directory, found, logger);
    std::string key = random_key();
    const int error = write_key(directory, key);
    if (error != 0)
        logger.warn(
            "the key of the proof cookie cannot be kept; after a restart browsers get new proofs (cookies.proof)",
            {{"file", path.string()}, {"cause", message_of(error)}});
    else
        logger.info("a key for the proof cookie is made", {{"file", path.string()}});
    return Secret(std::move(key));
}

}  // namespace pinrelay::app
