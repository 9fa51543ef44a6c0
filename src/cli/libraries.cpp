#include "libraries.hpp"

#include <gnu/libc-version.h>
#include <link.h>
#include <openssl/crypto.h>
#include <sqlite3.h>
#include <unicode/uvernum.h>
#include <unicode/uversion.h>
#include <zlib.h>
#include <CLI/Version.hpp>

#include <array>
#include <boost/version.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

namespace pinrelay::cli {
namespace {

std::string dotted(int major, int minor, int patch) {
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

std::string icu_version() {
    UVersionInfo version{};
    std::array<char, U_MAX_VERSION_STRING_LENGTH> text{};
    u_getVersion(version);
    u_versionToString(version, text.data());
    return text.data();
}

std::string boost_version() {
    constexpr int major = BOOST_VERSION / 100000;
    constexpr int minor = BOOST_VERSION / 100 % 1000;
    constexpr int patch = BOOST_VERSION % 100;
    return dotted(major, minor, patch) + ", headers";
}

struct Search {
    std::string_view begin;  // of the file's name: "libre2.so"
    std::string path;
};

int look_at(dl_phdr_info* loaded, std::size_t, void* data) {
    auto& search = *static_cast<Search*>(data);
    const std::string_view path = loaded->dlpi_name;
    const bool found = path.substr(path.rfind('/') + 1).starts_with(search.begin);
    if (found) search.path = path;
    return found ? 1 : 0;
}

// By the name of its file, for libraries that do not tell it otherwise: "libre2.so.9.0.0". Without the directory.
std::string loaded_file(std::string_view begin) {
    Search search{begin, {}};
    if (dl_iterate_phdr(look_at, &search) == 0) return "not loaded";
    std::error_code error;
    const auto file = std::filesystem::canonical(search.path, error);
    return error ? "unknown" : file.filename().string();
}

}  // namespace

std::vector<Library> libraries() {
    return {
        {"Boost", boost_version()},
        {"CLI11", std::string(CLI11_VERSION) + ", headers"},
        {"glibc", gnu_get_libc_version()},
        {"ICU", icu_version()},
        {"libphonenumber", loaded_file("libphonenumber.so")},
        {"nlohmann/json",
         dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH) + ", headers"},
        {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
        {"prometheus-cpp", loaded_file("libprometheus-cpp-core.so")},
        {"Protocol Buffers", loaded_file("libprotobuf.so")},
        {"RE2", loaded_file("libre2.so")},
        {"simdjson", loaded_file("libsimdjson.so")},
        {"spdlog", loaded_file("libspdlog.so")},
        {"SQLite", sqlite3_libversion()},
        {"zlib", zlibVersion()},
    };
}

}  // namespace pinrelay::cli
