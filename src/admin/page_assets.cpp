#include "page_assets.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pinrelay::admin {
namespace {

struct Asset {
    std::string_view path;
    std::string_view content;
};

constexpr Asset assets[] = {
#include "page_assets.inc"
};

struct Type {
    std::string_view ending;
    std::string_view name;
};

constexpr std::array types = {
    Type{".html", "text/html; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".svg", "image/svg+xml"},
};

constexpr std::string_view index = "/page/index.html";

// Only files of the page itself, no inline script or style, no frame, and no requests to others.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

const Asset* find(std::string_view path) noexcept {
    const auto* found = std::ranges::find(assets, path == "/" ? index : path, &Asset::path);
    return found == std::end(assets) ? nullptr : found;
}

std::string_view type_of(std::string_view path) {
    const auto* row = std::ranges::find_if(types, [path](const Type& type) { return path.ends_with(type.ending); });
    return row == types.end() ? "application/octet-stream" : row->name;
}

}  // namespace

bool is_asset(std::string_view path) noexcept { return find(path) != nullptr; }

std::optional<http::Response> find_asset(std::string_view path) {
    const Asset* asset = find(path);
    if (asset == nullptr) return std::nullopt;
    return http::Response{200,
                          {{"Content-Type", std::string(type_of(asset->path))},
                           {"Content-Security-Policy", std::string(policy)},
                           {"X-Content-Type-Options", "nosniff"},
                           {"X-Frame-Options", "DENY"},
                           {"Referrer-Policy", "no-referrer"},
                           {"Cross-Origin-Opener-Policy", "same-origin"},
                           {"Cross-Origin-Resource-Policy", "same-origin"},
                           {"Cache-Control", "no-store"}},
                          std::string(asset->content)};
}

}  // namespace pinrelay::admin
