#include "admin_port.hpp"

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

// Sends a request, with the token if there is one, and reads the status of its answer; 0 where none comes.
int ask(boost::asio::ip::tcp::iostream& stream, const Address& address, std::string_view method, std::string_view path,
        const std::string& fields, const Secret& token) {
    stream.connect(address.host, address.port);
    stream << method << ' ' << path << " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" << fields;
    if (!token.empty()) stream << "Authorization: Bearer " << token.reveal() << "\r\n";
    stream << "\r\n" << std::flush;
    std::string version;
    int status = 0;
    stream >> version >> status;
    return status;
}

constexpr std::chrono::seconds connect_patience{10};
constexpr std::chrono::seconds silence{35};  // a heartbeat comes each 15 seconds

}  // namespace

AdminAnswer ask_admin_port(const Options& options, std::string_view method, std::string_view path,
                           std::chrono::seconds patience) {
    const auto loaded = config::load(options.file, config::process_environment());
    const Address address = reachable(loaded.config.admin);

    boost::asio::ip::tcp::iostream stream;
    AdminAnswer answer{0, "", address.text()};
    stream.expires_after(patience);
    answer.status = ask(stream, address, method, path, "Content-Length: 0\r\n", loaded.config.admin_token);
    answer.text = answer.status == 0 ? no_answer(address, loaded, stream.error().message()) : body_of(stream);
    return answer;
}

std::string problem_of(const AdminAnswer& answer) {
    constexpr int unknown_path = 404;
    if (answer.status == 0) return answer.text;
    if (answer.status == unknown_path)
        return "the relay at " + answer.address + " does not know this request: is it of an older version?";
    return answer.address + ": status " + std::to_string(answer.status) + ", " + answer.text;
}

AdminStream::AdminStream(const Options& options, std::string_view path, std::string_view last_id) {
    const auto loaded = config::load(options.file, config::process_environment());
    const Address address = reachable(loaded.config.admin);
    const std::string behind = last_id.empty() ? "" : "Last-Event-ID: " + std::string(last_id) + "\r\n";
    answer_.address = address.text();
    stream_.expires_after(connect_patience);
    answer_.status = ask(stream_, address, "GET", path, behind, loaded.config.admin_token);
    if (answer_.status == 0) answer_.text = no_answer(address, loaded, stream_.error().message());
    if (answer_.status != 0 && answer_.status != 200) answer_.text = body_of(stream_);
    for (std::string line; answer_.status == 200 && next_line(line) && !line.empty();) continue;
}

bool AdminStream::next_line(std::string& line) {
    stream_.expires_after(silence);
    if (!std::getline(stream_, line)) return false;
    if (line.ends_with('\r')) line.pop_back();
    return true;
}

}  // namespace pinrelay::cli
