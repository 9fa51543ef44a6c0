#pragma once

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include "fixtures/decoding.hpp"
#include "fixtures/event_json.hpp"
#include "pinrelay/http/message.hpp"

// Golden cases: tests/golden/<format>/<case>/ holds
//   request.json         the body, byte for byte (in some cases it is no JSON)
//   request.meta.json    optional: "method", "path", "query", "headers" where they differ from those below;
//                        "segment": true where collect.segment is on
//   event.json           what decoding gives
//   pinterest.json       optional: what ingest and the destination make of it
//   origins.json         of purchases: where each value of what is sent came from
// PINRELAY_BLESS=1 rewrites the expected files instead of comparing them; read the difference before committing it.
namespace pinrelay::test {

struct GoldenCase {
    std::filesystem::path folder;

    std::string name() const { return folder.parent_path().filename().string() + "/" + folder.filename().string(); }
    friend void PrintTo(const GoldenCase& one, std::ostream* out) { *out << one.name(); }
};

inline std::filesystem::path golden_root() { return std::filesystem::path(PINRELAY_SOURCE_DIR) / "tests" / "golden"; }

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline bool blessing() {
    const char* bless = std::getenv("PINRELAY_BLESS");  // NOLINT(concurrency-mt-unsafe): nothing sets it
    return bless != nullptr && std::string(bless) == "1";
}

inline void write_json(const std::filesystem::path& path, const Json& json) {
    std::ofstream(path, std::ios::binary) << json.dump(2) << '\n';
}

// Every case is judged as if it had arrived at this moment; the events of the cases are a little older.
inline constexpr Time golden_received =
    std::chrono::sys_days(std::chrono::April / 20 / 2024) + std::chrono::seconds(30);

inline Json golden_meta(const GoldenCase& one) {
    return Json::parse(read_file(one.folder / "request.meta.json"), nullptr, false);
}

inline http::Request golden_request(const GoldenCase& one) {
    http::Request request;
    request.method = "POST";
    request.path = "/collect";
    request.peer_address = "198.51.100.7";
    request.received = golden_received;
    request.body = read_file(one.folder / "request.json");
    const Json meta = golden_meta(one);
    if (!meta.is_object()) return request;
    request.method = meta.value("method", request.method);
    request.path = meta.value("path", request.path);
    request.query = meta.value("query", request.query);
    if (!meta.contains("headers")) return request;
    for (const auto& [key, value] : meta.find("headers")->items()) request.headers.emplace_back(key, value);
    return request;
}

inline decode::Decoded golden_decoded(const GoldenCase& one, decode::Explain explain = decode::Explain::No) {
    const Json meta = golden_meta(one);
    decode::DecodeLimits limits;
    limits.segment = meta.is_object() && meta.value("segment", false);
    return test::decoded(decode::Formats(limits), golden_request(one), explain);
}

// All cases, in the order of their names.
inline std::vector<GoldenCase> golden_cases() {
    std::vector<GoldenCase> cases;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(golden_root())) {
        if (entry.path().filename() == "request.json") cases.push_back({entry.path().parent_path()});
    }
    std::ranges::sort(cases, [](const auto& a, const auto& b) { return a.folder < b.folder; });
    return cases;
}

// For the names of parametrised tests, which know letters, digits and '_' only.
inline std::string test_name(const GoldenCase& one) {
    std::string name = one.name();
    for (char& c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain) c = '_';
    }
    return name;
}

}  // namespace pinrelay::test
