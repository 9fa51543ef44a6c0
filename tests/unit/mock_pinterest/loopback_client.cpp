#include "loopback_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>

namespace pinrelay::mock::test {

std::string Answer::field(const std::string& name) const {
    const std::size_t start = head.find("\r\n" + name + ": ");
    if (start == std::string::npos) return "";
    const std::size_t value = start + name.size() + 4;
    return head.substr(value, head.find("\r\n", value) - value);
}

LoopbackClient::LoopbackClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // A test that waits for what never comes shall fail, not hang.
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("the mock does not take a connection");
    }
}

LoopbackClient::~LoopbackClient() { ::close(socket_); }

void LoopbackClient::send(const std::string& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t sent = ::send(socket_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (sent <= 0) return;  // what the peer did shows in receive()
        done += static_cast<std::size_t>(sent);
    }
}

bool LoopbackClient::fill() {
    std::array<char, 16384> piece{};
    const ssize_t size = ::recv(socket_, piece.data(), piece.size(), 0);
    if (size > 0) {
        received_.append(piece.data(), static_cast<std::size_t>(size));
        return true;
    }
    if (size == 0) end_ = End::Fin;
    if (size < 0 && errno == ECONNRESET) end_ = End::Reset;
    return false;
}

Answer LoopbackClient::receive() {
    Answer answer;
    std::size_t head_end = std::string::npos;
    while ((head_end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) {
            answer.end = end_;
            answer.body = received_;
            return answer;
        }
    }
    answer.head = received_.substr(0, head_end + 2);
    received_.erase(0, head_end + 4);
    answer.status = std::stoi(answer.head.substr(answer.head.find(' ') + 1));
    const std::string length = answer.field("Content-Length");
    const std::size_t announced = length.empty() ? 0 : std::stoul(length);
    while (received_.size() < announced && fill()) {
    }
    answer.whole = received_.size() >= announced;
    answer.body = received_.substr(0, announced);
    received_.erase(0, announced);
    answer.end = end_;
    return answer;
}

bool LoopbackClient::is_silent(std::chrono::milliseconds duration) {
    pollfd watched{socket_, POLLIN, 0};
    return ::poll(&watched, 1, static_cast<int>(duration.count())) == 0;
}

End LoopbackClient::wait_for_end() {
    while (end_ == End::Open && fill()) {
    }
    return end_;
}

std::string Post::text() const {
    std::string out = method + " /v5/ad_accounts/" + account + "/events" + query + " HTTP/1.1\r\nHost: localhost\r\n";
    if (!token.empty()) out += "Authorization: Bearer " + token + "\r\n";
    if (!content_type.empty()) out += "Content-Type: " + content_type + "\r\n";
    return out + extra_fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Answer post(std::uint16_t port, const Post& request) {
    LoopbackClient client(port);
    client.send(request.text());
    return client.receive();
}

Answer get(std::uint16_t port, const std::string& target) {
    LoopbackClient client(port);
    client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.receive();
}

}  // namespace pinrelay::mock::test
