// Loaded into the relay by LD_PRELOAD, it logs what a power cut would do damage to: each change of a file in one
// directory, before it is made, and each sync, when it begins and once it has succeeded. power_cut.py reads the log.
//   POWER_CUT_DIRECTORY   the directory, as an absolute path without links
//   POWER_CUT_LOG         the log, in another directory
//   POWER_CUT_AT          "spool.sqlite:7": the process is killed before the seventh change or sync of that file
//   POWER_CUT_SYNCS       "swallow": syncs do nothing, say that they succeeded, and are not logged
// These are the calls that libsqlite3 and the relay make there. What is not seen here: stores through mmap, which
// SQLite makes to the -shm file only, and calls that are not named below. power_cut.py notices the latter, since the
// changes of the log must give the files that are found.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace {

// As power_cut.py reads it: the header, the file's name in the directory ("." for itself), the bytes.
struct [[gnu::packed]] Header {
    char kind;
    std::uint8_t name_length;
    std::uint32_t length;
    std::uint64_t number;
};
constexpr char created = 'c';
constexpr char written = 'w';     // the number is the offset
constexpr char truncated = 't';   // the number is the new size
constexpr char sync_began = 's';  // the number tells it apart
constexpr char sync_ended = 'd';  // the number is that of its beginning
constexpr char unlinked = 'u';
constexpr char renamed = 'r';  // the bytes are the new name

template <class Function>
Function usual(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

std::string before_colon(const std::string& text) { return text.substr(0, text.rfind(':')); }

long number_behind_colon(const std::string& text) {
    const auto colon = text.rfind(':');
    return colon == std::string::npos ? 0 : std::strtol(text.c_str() + colon + 1, nullptr, 10);
}

// A change that was logged and failed makes the log wrong; the disk is not what is tested here.
[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "power_cut: %s failed: %s\n", what, std::strerror(errno));
    std::abort();
}

class Watch {
public:
    Watch()
        : directory_(variable("POWER_CUT_DIRECTORY")),
          swallows_syncs_(variable("POWER_CUT_SYNCS") == "swallow"),
          last_name_(before_colon(variable("POWER_CUT_AT"))),
          left_(number_behind_colon(variable("POWER_CUT_AT"))),
          log_(usual<int (*)(const char*, int, ...)>("open")(variable("POWER_CUT_LOG").c_str(),
                                                             O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {
        if (directory_.empty() || log_ < 0) give_up("reading POWER_CUT_DIRECTORY and POWER_CUT_LOG");
    }

    bool swallows_syncs() const { return swallows_syncs_; }

    // The name in the directory, or nothing for what lies elsewhere.
    std::optional<std::string> name_of(std::string_view path) const {
        if (path == directory_) return ".";
        if (path.size() <= directory_.size() + 1 || !path.starts_with(directory_) || path[directory_.size()] != '/')
            return std::nullopt;
        return std::string(path.substr(directory_.size() + 1));
    }

    std::optional<std::string> name_of(int descriptor) const {
        std::array<char, 4096> path{};
        const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
        const auto length = readlink(link.c_str(), path.data(), path.size());
        const std::string_view found(path.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
        if (found.ends_with(" (deleted)")) return std::nullopt;
        return name_of(found);
    }

    // Logs the change and makes it, with no other one in between.
    template <class Change>
    auto make(char kind, const std::string& name, std::uint64_t number, std::string_view bytes, Change change) {
        const std::lock_guard lock(mutex_);
        write(kind, name, number, bytes);
        return change();
    }

    template <class Sync>
    int sync(int descriptor, Sync usual_sync) {
        const auto name = name_of(descriptor);
        if (!name) return usual_sync(descriptor);
        if (swallows_syncs_) return 0;
        const std::uint64_t number = begin_sync(*name);
        const int answer = usual_sync(descriptor);
        if (answer == 0) make(sync_ended, *name, number, {}, [] {});
        return answer;
    }

private:
    std::uint64_t begin_sync(const std::string& name) {
        const std::lock_guard lock(mutex_);
        write(sync_began, name, ++syncs_, {});
        return syncs_;
    }

    void write(char kind, const std::string& name, std::uint64_t number, std::string_view bytes) {
        const Header header{kind, static_cast<std::uint8_t>(name.size()), static_cast<std::uint32_t>(bytes.size()),
                            number};
        std::string record(reinterpret_cast<const char*>(&header), sizeof(header));
        record.append(name).append(bytes);
        static const auto usual_write = usual<ssize_t (*)(int, const void*, std::size_t)>("write");
        if (usual_write(log_, record.data(), record.size()) != static_cast<ssize_t>(record.size())) give_up("the log");
        if (name == last_name_ && --left_ == 0) kill(getpid(), SIGKILL);
    }

    const std::string directory_;
    const bool swallows_syncs_;
    const std::string last_name_;
    long left_;
    const int log_;
    std::mutex mutex_;
    std::uint64_t syncs_ = 0;
};

Watch& watch() {
    static Watch only;
    return only;
}

bool needs_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

template <class Open>
int open_with(Open usual_open, const char* path, int flags, mode_t mode) {
    const auto name = (flags & O_CREAT) != 0 ? watch().name_of(std::string_view(path)) : std::nullopt;
    if (!name || access(path, F_OK) == 0) return usual_open(path, flags, mode);
    return watch().make(created, *name, 0, {}, [&] {
        const int descriptor = usual_open(path, flags, mode);
        if (descriptor < 0) give_up("creating a file");
        return descriptor;
    });
}

template <class Write>
ssize_t write_with(Write usual_write, int descriptor, const void* bytes, std::size_t count, off_t offset) {
    const auto name = watch().name_of(descriptor);
    if (!name) return usual_write(descriptor, bytes, count, offset);
    const std::string_view view(static_cast<const char*>(bytes), count);
    return watch().make(written, *name, static_cast<std::uint64_t>(offset), view, [&] {
        const ssize_t done = usual_write(descriptor, bytes, count, offset);
        if (done != static_cast<ssize_t>(count)) give_up("a write");
        return done;
    });
}

template <class Truncate>
int truncate_with(Truncate usual_truncate, int descriptor, off_t size) {
    const auto name = watch().name_of(descriptor);
    if (!name) return usual_truncate(descriptor, size);
    return watch().make(truncated, *name, static_cast<std::uint64_t>(size), {}, [&] {
        const int answer = usual_truncate(descriptor, size);
        if (answer != 0) give_up("a truncation");
        return answer;
    });
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = needs_mode(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto usual_open = usual<int (*)(const char*, int, ...)>("open");
    return open_with(usual_open, path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = needs_mode(flags) ? va_arg(more, mode_t) : 0;
    va_end(more);
    static const auto usual_open = usual<int (*)(const char*, int, ...)>("open64");
    return open_with(usual_open, path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, std::size_t count) {
    static const auto usual_write = usual<ssize_t (*)(int, const void*, std::size_t)>("write");
    const auto write_there = [](int there, const void* from, std::size_t size, off_t) {
        return usual_write(there, from, size);
    };
    return write_with(write_there, descriptor, bytes, count, lseek(descriptor, 0, SEEK_CUR));
}

ssize_t pwrite(int descriptor, const void* bytes, std::size_t count, off_t offset) {
    static const auto usual_write = usual<ssize_t (*)(int, const void*, std::size_t, off_t)>("pwrite");
    return write_with(usual_write, descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void* bytes, std::size_t count, off64_t offset) {
    static const auto usual_write = usual<ssize_t (*)(int, const void*, std::size_t, off64_t)>("pwrite64");
    return write_with(usual_write, descriptor, bytes, count, offset);
}

int ftruncate(int descriptor, off_t size) noexcept {
    static const auto usual_truncate = usual<int (*)(int, off_t)>("ftruncate");
    return truncate_with(usual_truncate, descriptor, size);
}

int ftruncate64(int descriptor, off64_t size) noexcept {
    static const auto usual_truncate = usual<int (*)(int, off64_t)>("ftruncate64");
    return truncate_with(usual_truncate, descriptor, size);
}

int fsync(int descriptor) {
    static const auto usual_sync = usual<int (*)(int)>("fsync");
    return watch().sync(descriptor, usual_sync);
}

int fdatasync(int descriptor) {
    static const auto usual_sync = usual<int (*)(int)>("fdatasync");
    return watch().sync(descriptor, usual_sync);
}

int unlink(const char* path) noexcept {
    static const auto usual_unlink = usual<int (*)(const char*)>("unlink");
    const auto name = watch().name_of(std::string_view(path));
    if (!name || access(path, F_OK) != 0) return usual_unlink(path);
    return watch().make(unlinked, *name, 0, {}, [&] { return usual_unlink(path); });
}

int rename(const char* from, const char* to) noexcept {
    static const auto usual_rename = usual<int (*)(const char*, const char*)>("rename");
    const auto name = watch().name_of(std::string_view(from));
    const auto new_name = watch().name_of(std::string_view(to));
    if (!name || !new_name || access(from, F_OK) != 0) return usual_rename(from, to);
    return watch().make(renamed, *name, 0, *new_name, [&] { return usual_rename(from, to); });
}
}
