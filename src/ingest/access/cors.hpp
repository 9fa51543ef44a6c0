#pragma once

#include <string>
#include <vector>

#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {

// Cross-origin answers for allow-listed origins. An origin that is not listed gets no header, and so its page may not
// read the answer; the event itself is taken, as a beacon's would be.
class Cors {
public:
    explicit Cors(std::vector<std::string> allowed_origins) : allowed_(std::move(allowed_origins)) {}

    // Adds the headers that fit the request's Origin.
    void apply(const http::Request& request, http::Response& response) const;

    // The answer to an OPTIONS preflight.
    http::Response preflight(const http::Request& request) const;

private:
    const std::string* match(const http::Request& request) const;

    std::vector<std::string> allowed_;
};

}  // namespace pinrelay::ingest
