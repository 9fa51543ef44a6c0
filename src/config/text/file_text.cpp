#include "pinrelay/config/file_text.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <system_error>
#include <utility>

#include "pinrelay/core/ascii.hpp"
#include "pinrelay/core/descriptor.hpp"
#include "pinrelay/core/secret.hpp"

namespace pinrelay::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // of editors on Windows
constexpr std::string_view token_mark = "pina_";
constexpr std::size_t longest_shown = 200;
// A name in one piece that is longer may be a key: those have 16 characters at the least.
constexpr std::size_t longest_plain_name = 15;
constexpr std::size_t longest_extension = 5;

// For a pipe or a device: it may have no writer, and a reload that waits for one does nothing else.
constexpr std::chrono::seconds longest_wait{1};
constexpr std::size_t piece_size = std::size_t{64} * 1024;

std::string reason_of(std::errc code) {
    if (code == std::errc::no_such_file_or_directory) return "there is no such file";
    if (code == std::errc::permission_denied) return "this user may not read it (look at the rights)";
    if (code == std::errc::is_a_directory) return "is a directory, and not a file";
    return "cannot be read: " + std::make_error_code(code).message();
}

bool has_extension(std::string_view name) {
    const auto dot = name.rfind('.');
    const auto extension = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
    return !extension.empty() && extension.size() <= longest_extension && ascii::all_letters(extension);
}

// "/run/secrets/token", "./token", "token.txt": a secret is written in one piece, without a directory or an extension.
bool is_plainly_a_path(std::string_view path) {
    if (path.empty() || path.size() > longest_shown || path.find(token_mark) != std::string_view::npos) return false;
    const auto last_slash = path.rfind('/');
    const bool from_a_root = path.starts_with('/') || path.starts_with("./") || path.starts_with("../");
    const bool in_a_directory = from_a_root && last_slash > 0;
    return in_a_directory || has_extension(path) || path.size() <= longest_plain_name;
}

FileText without_text(int code) { return {std::nullopt, reason_of(std::errc(code == 0 ? EIO : code))}; }

// Whether there is something to read, or the end. A regular file always has one of them.
bool becomes_readable(int descriptor, std::chrono::steady_clock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wanted{descriptor, POLLIN, 0};
    const int count = ::poll(&wanted, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    return count > 0 || (count < 0 && errno == EINTR);
}

FileText text_of(int descriptor, std::size_t most) {
    const auto deadline = std::chrono::steady_clock::now() + longest_wait;
    std::array<char, piece_size> piece;
    FileText read{std::string()};
    while (becomes_readable(descriptor, deadline)) {
        const auto size = ::read(descriptor, piece.data(), piece.size());
        if (size == 0) return read;
        if (size < 0 && errno != EINTR && errno != EAGAIN) return without_text(errno);
        if (size > 0) read.text->append(piece.data(), static_cast<std::size_t>(size));
        if (read.text->size() <= most) continue;
        wipe(*read.text);
        return {std::nullopt, "has more than " + std::to_string(most) + " bytes"};
    }
    wipe(*read.text);
    return {std::nullopt, "is no regular file, and nothing came out of it for a second"};
}

}  // namespace

FileText read_file(const std::filesystem::path& path, std::size_t most) {
    // Without waiting for the writer of a named pipe.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat status {};
    if (!file.is_open() || ::fstat(file.number(), &status) != 0) return without_text(errno);
    if (S_ISDIR(status.st_mode)) return without_text(EISDIR);
    FileText read = text_of(file.number(), most);
    if (read.text && read.text->starts_with(byte_order_mark)) read.text->erase(0, byte_order_mark.size());
    return read;
}

std::string shown_path(const std::string& path) { return is_plainly_a_path(path) ? path : std::string("the file"); }

}  // namespace pinrelay::config
