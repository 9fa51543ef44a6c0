#pragma once

#include <chrono>
#include <cstdint>
#include <string>

// A blocking client that shows what really came over the wire.
namespace pinrelay::mock::test {

enum class End { Open, Fin, Reset };

struct Answer {
    int status = 0;  // 0: no whole header came
    std::string head;
    std::string body;
    bool whole = false;   // as many bytes of the body as announced
    End end = End::Open;  // what was seen after, or instead of, the answer

    // The value of a field; "" where it is absent.
    std::string field(const std::string& name) const;
};

class LoopbackClient {
public:
    explicit LoopbackClient(std::uint16_t port);
    ~LoopbackClient();
    LoopbackClient(const LoopbackClient&) = delete;
    LoopbackClient& operator=(const LoopbackClient&) = delete;

    void send(const std::string& bytes);

    // Reads one answer, or to the connection's end.
    Answer receive();
    // Whether the peer says nothing for a while and keeps the connection.
    bool is_silent(std::chrono::milliseconds duration);
    // Reads until the peer ends the connection.
    End wait_for_end();

private:
    bool fill();  // reads once more; false at the end of the connection

    int socket_;
    std::string received_;
    End end_ = End::Open;
};

// A POST to the events endpoint as text.
struct Post {
    std::string body{};
    std::string account = "549755813888";
    std::string query{};
    std::string token = "a-token";
    std::string content_type = "application/json";
    std::string method = "POST";
    std::string extra_fields{};

    std::string text() const;
};

// Sends one request on a connection of its own.
Answer post(std::uint16_t port, const Post& request);
Answer get(std::uint16_t port, const std::string& target);

}  // namespace pinrelay::mock::test
