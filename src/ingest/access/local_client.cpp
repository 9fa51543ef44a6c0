#include "local_client.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "account_routes.hpp"

namespace pinrelay::ingest {
namespace {

// A proxy on the same machine comes from a loopback address, too.
constexpr std::array<std::string_view, 9> written_by_proxies = {
    "X-Forwarded-For", "Forwarded",       "X-Real-IP",     "X-Forwarded-Host", "X-Forwarded-Proto", "Via",
    "CF-Ray",          "X-Amzn-Trace-Id", "True-Client-IP"};

// Any other name came through a proxy, or through a page whose name was pointed here.
bool is_loopback_name(const std::string& host) {
    if (host == "localhost" || host == "[::1]") return true;
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address_v4(host, error);
    return !error && address.is_loopback();
}

bool is_loopback(const std::optional<boost::asio::ip::address>& address) { return address && address->is_loopback(); }

}  // namespace

bool is_local(const Client& client, const http::Request& request) {
    if (!is_loopback(client.peer) || !is_loopback(client.address)) return false;
    const auto host = request_host(request);
    if (!host || !is_loopback_name(*host)) return false;
    return std::ranges::none_of(written_by_proxies,
                                [&](std::string_view name) { return request.header(name) != nullptr; });
}

}  // namespace pinrelay::ingest
