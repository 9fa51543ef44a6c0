#include "version.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "libraries.hpp"
#include "pinrelay/core/version.hpp"

namespace pinrelay::cli {
namespace {

#ifdef __clang__
constexpr std::string_view compiler = "Clang " __clang_version__;
#else
constexpr std::string_view compiler = "GCC " __VERSION__;
#endif

#ifdef NDEBUG
constexpr bool has_assertions = false;
#else
constexpr bool has_assertions = true;
#endif
#ifdef _GLIBCXX_ASSERTIONS
constexpr bool checks_containers = true;
#else
constexpr bool checks_containers = false;
#endif
#ifdef __SSP_STRONG__
constexpr bool protects_stack = true;
#else
constexpr bool protects_stack = false;
#endif
#ifdef _FORTIFY_SOURCE
constexpr bool checks_calls = _FORTIFY_SOURCE > 0;
#else
constexpr bool checks_calls = false;
#endif
#ifdef __CET__
constexpr bool protects_jumps = true;
#else
constexpr bool protects_jumps = false;
#endif
#if defined(__PIE__) || defined(__PIC__)
constexpr bool moves_about = true;
#else
constexpr bool moves_about = false;
#endif

struct Trait {
    std::string_view name;
    bool is_there;
};
constexpr std::array traits = {
    Trait{"stack protector", protects_stack},         Trait{"checked libc calls", checks_calls},
    Trait{"control-flow protection", protects_jumps}, Trait{"position-independent", moves_about},
    Trait{"checked containers", checks_containers},   Trait{"assertions", has_assertions},
};

std::string hardening() {
    std::string text;
    for (const Trait& trait : traits) {
        if (!trait.is_there) continue;
        text += text.empty() ? "" : ", ";
        text += trait.name;
    }
    return text.empty() ? "none" : text;
}

void add_line(std::string& text, std::string_view name, std::string_view value) {
    constexpr std::size_t column = 20;
    text.append("\n").append(name);
    text.append(column - std::min(column - 1, name.size()), ' ').append(value);
}

}  // namespace

std::string version_text() { return std::string("pinrelay ").append(version()); }

std::string verbose_version_text() {
    std::string text = version_text();
    add_line(text, "compiler", compiler);
    add_line(text, "build", PINRELAY_BUILD);
    add_line(text, "hardening", hardening());
    for (const Library& library : libraries()) add_line(text, library.name, library.version);
    return text;
}

}  // namespace pinrelay::cli
