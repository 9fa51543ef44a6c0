#include "directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "pinrelay/core/descriptor.hpp"
#include "pinrelay/spool/spool_file.hpp"

namespace pinrelay::spool {
namespace fs = std::filesystem;
namespace {

constexpr ::mode_t owner_only_directory = 0700;
constexpr ::mode_t owner_only_file = 0600;

constexpr const char* lock_name = "spool.lock";
constexpr const char* salvage_lock_name = "salvage.lock";
constexpr std::string_view damaged_mark = ".damaged-";

// Who asks for the holder has the lock for a moment.
constexpr int lock_attempts = 10;
constexpr std::chrono::milliseconds between_attempts{10};

bool lock(int descriptor) {
    for (int attempt = 1; ::flock(descriptor, LOCK_EX | LOCK_NB) != 0; ++attempt) {
        if (attempt == lock_attempts) return false;
        std::this_thread::sleep_for(between_attempts);
    }
    return true;
}

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
    throw std::runtime_error(what + " " + path.string() + ": " + std::generic_category().message(errno));
}

int open_file(const fs::path& path, int flags) { return ::open(path.c_str(), flags | O_CLOEXEC, owner_only_file); }

// A new name is only safe from a power cut once its directory is synced.
void sync_directory(const fs::path& directory) {
    const Descriptor descriptor(open_file(directory.empty() ? fs::path(".") : directory, O_RDONLY | O_DIRECTORY));
    if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) fail("cannot sync the directory", directory);
}

std::string holder(int descriptor) {
    std::array<char, 32> text{};
    const auto length = ::pread(descriptor, text.data(), text.size() - 1, 0);
    std::string pid(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    while (!pid.empty() && pid.back() == '\n') pid.pop_back();
    return pid.empty() ? "unknown" : pid;
}

std::string timestamp(Time now) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
    return text.data();
}

fs::path unused_name(const fs::path& file, const std::string& suffix) {
    fs::path name = file.string() + suffix;
    for (int copy = 2; fs::exists(name); ++copy) name = file.string() + suffix + "-" + std::to_string(copy);
    return name;
}

}  // namespace

void make_private_directory(const fs::path& directory) {
    const fs::path absolute = fs::absolute(directory).lexically_normal();
    const fs::path path = absolute.has_filename() ? absolute : absolute.parent_path();
    std::error_code failed;
    if (fs::is_directory(path, failed)) return;
    fs::create_directories(path.parent_path(), failed);
    if (::mkdir(path.c_str(), owner_only_directory) != 0) fail("cannot make the spool's directory", path);
    if (::chmod(path.c_str(), owner_only_directory) != 0) fail("cannot set the mode of", path);
    sync_directory(path.parent_path());
}

void make_private_file(const fs::path& file) {
    struct ::stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        const Descriptor made(open_file(file, O_RDWR | O_CREAT | O_EXCL));
        if (!made.is_open()) fail("cannot make", file);
        sync_directory(file.parent_path());
    }
    // By name: closing a descriptor of a database that SQLite has open would drop SQLite's locks on it.
    if ((status.st_mode & 0777) != owner_only_file && ::chmod(file.c_str(), owner_only_file) != 0)
        fail("cannot set the mode of", file);
}

DirectoryLock::DirectoryLock(const fs::path& directory, Work work) {
    const fs::path file = directory / (work == Work::Relay ? lock_name : salvage_lock_name);
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only_file);
    if (descriptor_ < 0) fail("cannot write to the spool's directory", directory);
    if (!lock(descriptor_)) {
        const std::string pid = holder(descriptor_);
        ::close(descriptor_);
        if (work == Work::Salvage)
            throw std::runtime_error("process " + pid + " is salvaging a file into " + directory.string() + " already");
        throw std::runtime_error("the spool in " + directory.string() + " is in use by process " + pid +
                                 ": one relay per directory");
    }
    // For people only, so a full disk does not keep the relay from starting and delivering.
    const std::string pid = std::to_string(::getpid()) + "\n";
    [[maybe_unused]] const bool told = ::fchmod(descriptor_, owner_only_file) == 0 &&
                                       ::ftruncate(descriptor_, 0) == 0 &&
                                       ::pwrite(descriptor_, pid.data(), pid.size(), 0) > 0;
}

DirectoryLock::~DirectoryLock() { ::close(descriptor_); }

std::optional<std::string> holder_of(const fs::path& directory) {
    const fs::path file = directory / lock_name;
    const Descriptor descriptor(open_file(file, O_RDONLY));
    if (!descriptor.is_open() && errno == ENOENT) return std::nullopt;
    if (!descriptor.is_open()) fail("cannot read", file);
    if (::flock(descriptor.number(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
    return holder(descriptor.number());
}

fs::path move_aside(const fs::path& file, Time now) {
    fs::path name = unused_name(file, std::string(damaged_mark) + timestamp(now));
    fs::rename(file, name);
    std::error_code absent;
    fs::rename(file.string() + "-wal", name.string() + "-wal", absent);
    fs::remove(file.string() + "-shm", absent);
    sync_directory(file.parent_path());
    return name;
}

std::vector<fs::path> set_aside(const fs::path& directory) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(directory)) {
        const std::string name = entry.path().filename().string();
        const bool of_a_database = name.ends_with("-wal") || name.ends_with("-shm");
        if (name.find(damaged_mark) != std::string::npos && !of_a_database) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace pinrelay::spool
