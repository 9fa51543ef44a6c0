#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>

#include "in_turn.hpp"
#include "ingest/limits/gzip.hpp"

namespace pinrelay::ingest {
namespace {

// Work is counted in bytes to be read; this much takes a third of a millisecond at the worst, as a purchase does.
constexpr std::size_t short_work = std::size_t{4} * 1024;
constexpr std::size_t work_of_value = 8;
constexpr std::size_t work_of_object = 64;  // it may be an event of its own

constexpr std::size_t least_weight = std::size_t{64} * 1024;

// As many bytes as a register of any processor has: one after the other takes more time than parsing the header.
constexpr std::size_t bytes_at_once = 16;
using Bytes16 [[gnu::vector_size(bytes_at_once)]] = unsigned char;

// By the place in the piece. Each count fits: a body for which work is counted has fewer than short_work bytes.
static_assert(short_work / bytes_at_once <= std::size_t{std::numeric_limits<unsigned char>::max()} + 1);
struct WorkCounts {
    Bytes16 values{};
    Bytes16 objects{};

    void add(const char* bytes, std::size_t size) noexcept {
        Bytes16 piece{};
        std::memcpy(&piece, bytes, size);
        values -= (piece == ',') | (piece == '&');  // true is -1
        objects -= (piece == '{') | (piece == '[') | (piece == '\n');
    }

    std::size_t work() const noexcept {
        std::size_t work = 0;
        for (std::size_t i = 0; i < bytes_at_once; ++i) work += values[i] * work_of_value + objects[i] * work_of_object;
        return work;
    }
};

std::size_t work_of(std::string_view body) noexcept {
    WorkCounts pieces;
    WorkCounts rest;
    std::size_t at = 0;
    for (; body.size() - at >= bytes_at_once; at += bytes_at_once) pieces.add(body.data() + at, bytes_at_once);
    rest.add(body.data() + at, body.size() - at);
    return body.size() + pieces.work() + rest.work();
}

std::size_t size_of_header(const http::Request& request, std::string_view name) noexcept {
    const std::string* value = request.header(name);
    return value == nullptr ? 0 : value->size();
}

}  // namespace

bool takes_long(const http::Request& request) {
    const std::size_t around = request.query.size() + size_of_header(request, "Referer");
    if (request.body.size() + around >= short_work) return true;
    if (!is_gzip(request.body)) return work_of(request.body) + around >= short_work;
    const auto unpacked = unpack_gzip(request.body, short_work - around);
    if (const auto* body = std::get_if<std::string>(&unpacked)) return work_of(*body) + around >= short_work;
    return std::get<GzipFailure>(unpacked) != GzipFailure::Broken;
}

std::size_t weight_of(const http::Request& request) noexcept { return std::max(request.body.size(), least_weight); }

Turn turn_of(const std::optional<boost::asio::ip::address>& client) noexcept {
    if (!client) return {};
    const http::ClientNetworks networks = http::client_networks(*client);
    return {networks.keys[networks.count - 1], networks.keys.front()};
}

}  // namespace pinrelay::ingest
