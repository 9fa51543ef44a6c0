#include "admin_port.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <iterator>
#include <stdexcept>

#include "pinrelay/config/config.hpp"

namespace pinrelay::cli {
namespace {

struct Address {
    std::string host;
    std::string port;

    std::string text() const { return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + port; }
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

// The body behind the header of an answer to a request that asked for the connection's end.
std::string body_of(std::istream& stream) {
    for (std::string line; std::getline(stream, line) && line != "\r";) continue;
    std::string body{std::istreambuf_iterator<char>(stream), {}};
    while (!body.empty() && body.back() == '\n') body.pop_back();
    return body;
}

// Names the place of the address: the variable, also where nothing is set, or the key of the file.
std::string no_answer(const Address& address, const config::Loaded& loaded, const std::string& reason) {
    const bool is_default = loaded.config.admin == config::Config().admin;
    const auto set = loaded.origins.problem("admin", "", "");
    const bool in_file = !is_default && set.where != "environment";
    const std::string name = in_file ? set.key + " in " + set.where : "PINRELAY_ADMIN";
    const std::string doubt =
        loaded.origins.is_known("admin") ? "" : "; the configuration has problems, and the address may be another one";
    return "no relay answers on the admin port " + address.text() + " (" + name + "): " + reason + doubt;
}

}  // namespace

AdminAnswer ask_admin_port(const Options& options, std::string_view method, std::string_view path,
                           std::chrono::seconds patience) {
    const auto loaded = config::load(options.file, config::process_environment());
    const Address address = reachable(loaded.config.admin);

    boost::asio::ip::tcp::iostream stream;
    stream.expires_after(patience);
    stream.connect(address.host, address.port);
    stream << method << ' ' << path << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n";
    const auto& token = loaded.config.admin_token;
    if (!token.empty()) stream << "Authorization: Bearer " << token.reveal() << "\r\n";
    stream << "\r\n" << std::flush;
    AdminAnswer answer{0, "", address.text()};
    std::string version;
    stream >> version >> answer.status;
    answer.text = answer.status == 0 ? no_answer(address, loaded, stream.error().message()) : body_of(stream);
    return answer;
}

}  // namespace pinrelay::cli
