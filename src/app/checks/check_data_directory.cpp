#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "app/trust/proof_key.hpp"
#include "checks.hpp"

namespace pinrelay::app {
namespace {
namespace fs = std::filesystem;

// The directory itself, or the nearest one above it that is there: the rest will be made.
fs::path existing_part(const fs::path& directory) {
    fs::path path = fs::absolute(directory).lexically_normal();
    std::error_code unknown;
    while (fs::status(path, unknown).type() == fs::file_type::not_found && path != path.parent_path())
        path = path.parent_path();
    return path;
}

// Why this process cannot write there; 0 where it can.
int obstacle(const fs::path& directory) {
    return ::faccessat(AT_FDCWD, directory.c_str(), W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

}  // namespace

void check_data_directory(Findings& findings) {
    const fs::path existing = existing_part(findings.config().data_dir);
    std::error_code unknown;
    const auto type = fs::status(existing, unknown).type();
    if (type != fs::file_type::directory && type != fs::file_type::none)
        return findings.problem("data_dir", "", existing.string() + " is a file, and not a directory");
    const int code = obstacle(existing);
    if (code != 0)
        return findings.warning("data_dir", "",
                                existing.string() + " cannot be written by the user of this command (" +
                                    std::generic_category().message(code) +
                                    "): give it to the user that runs the relay");
    const config::Config& config = findings.config();
    if (config.proof_cookie && config.proof_keys.empty())
        findings.warning("data_dir", "", proof_key_flaw(config.data_dir));
}

}  // namespace pinrelay::app
