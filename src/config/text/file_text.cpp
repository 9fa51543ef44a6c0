#include "pinrelay/config/file_text.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::config {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // of editors on Windows
constexpr std::string_view token_mark = "pina_";
constexpr std::size_t longest_shown = 200;
// A name in one piece that is longer may be a key: those have 16 characters at the least.
constexpr std::size_t longest_plain_name = 15;
constexpr std::size_t longest_extension = 5;

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

}  // namespace

FileText read_file(const std::filesystem::path& path) {
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) return {std::nullopt, reason_of(std::errc::is_a_directory)};
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) return {std::nullopt, reason_of(std::errc(errno == 0 ? EIO : errno))};
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    return {std::move(text)};
}

std::string shown_path(const std::string& path) { return is_plainly_a_path(path) ? path : std::string("the file"); }

}  // namespace pinrelay::config
