#pragma once

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

// One request to the admin port of the relay that the options' configuration describes. Only the address is needed: a
// relay that runs can be asked whatever else the file says by now. Throws std::runtime_error without an address.
AdminAnswer ask_admin_port(const Options& options, std::string_view method, std::string_view path,
                           std::chrono::seconds patience);

}  // namespace pinrelay::cli
