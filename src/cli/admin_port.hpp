#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <string>
#include <string_view>

#include "commands.hpp"

namespace pinrelay::cli {

struct AdminAnswer {
    int status = 0;       // 0: no answer came, and `text` says it as a whole sentence
    std::string text;     // the body of an answer
    std::string address;  // that was asked: "127.0.0.1:9090"
};

// Why an answer is of no use, as a sentence. For a status other than 200.
std::string problem_of(const AdminAnswer& answer);

// One request to the admin port of the relay that the options' configuration describes. Only the address is needed: a
// relay that runs can be asked whatever else the file says by now. Throws std::runtime_error without an address.
AdminAnswer ask_admin_port(const Options& options, std::string_view method, std::string_view path,
                           std::chrono::seconds patience);

// An answer of the admin port that goes on, line by line. The constructor throws as ask_admin_port does.
class AdminStream {
public:
    // `last_id`: the event behind which it goes on; "" for what comes from now on.
    AdminStream(const Options& options, std::string_view path, std::string_view last_id);

    // As of ask_admin_port; `text` is empty where the status is 200.
    const AdminAnswer& answer() const noexcept { return answer_; }

    // False where the answer has ended, or nothing came for longer than two of its heartbeats.
    bool next_line(std::string& line);

private:
    AdminAnswer answer_;
    boost::asio::ip::tcp::iostream stream_;
};

}  // namespace pinrelay::cli
