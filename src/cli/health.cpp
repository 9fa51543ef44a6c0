#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>

#include "commands.hpp"
#include "pinrelay/config/config.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::chrono::seconds patience{3};

struct Address {
    std::string host;
    std::string port;
};

// Where a listener bound to `text` is reached from this machine: "0.0.0.0:9090" and "[::]:9090" by loopback.
Address reachable(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) throw std::runtime_error("admin address \"" + text + "\" has no port");
    std::string host = text.substr(0, colon);
    if (host.size() >= 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
    if (host.empty() || host == "0.0.0.0") host = "127.0.0.1";
    if (host == "::") host = "::1";
    return {host, text.substr(colon + 1)};
}

}  // namespace

int health(const Options& options) {
    // Only the address is needed: a relay that runs is healthy whatever else the file says by now.
    const auto loaded = config::load(options.file, config::process_environment());
    const Address address = reachable(loaded.config.admin);

    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(patience);
    stream.connect(address.host, address.port);
    stream << "GET " << (options.ready ? "/readyz" : "/healthz")
           << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
           << std::flush;
    std::string version;
    int status = 0;
    stream >> version >> status;
    if (status == 200) return 0;
    const std::string what = status == 0 ? stream.error().message() : "status " + std::to_string(status);
    std::fprintf(stderr, "pinrelay: %s port %s: %s\n", address.host.c_str(), address.port.c_str(), what.c_str());
    return 1;
}

}  // namespace pinrelay::cli
