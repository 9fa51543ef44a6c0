#pragma once

#include <filesystem>
#include <string>

#include "pinrelay/core/clock.hpp"

// The spool's directory: who may look into it, and that one process at a time works in it.
namespace pinrelay::spool {

// Makes the directory, readable by its owner only whatever the umask; one that is there is left as it is. Throws
// std::runtime_error.
void make_private_directory(const std::filesystem::path& directory);

// Makes the file with mode 0600 or gives it that mode. Throws std::runtime_error.
void make_private_file(const std::filesystem::path& file);

// Held as long as the object lives; the kernel lets go of it when the process ends, however that happens.
class DirectoryLock {
public:
    enum class Work { Relay, Salvage };  // one of each at a time

    // Throws std::runtime_error when another process does that work there; the sentence names the directory and the
    // holder's process id.
    DirectoryLock(const std::filesystem::path& directory, Work work);
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;
    ~DirectoryLock();

private:
    int descriptor_ = -1;
};

// Renames a damaged database, and its WAL with it, so that the two can be opened together later. Returns the new path.
std::filesystem::path move_aside(const std::filesystem::path& file, Time now);

}  // namespace pinrelay::spool
