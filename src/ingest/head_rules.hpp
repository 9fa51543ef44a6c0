#pragma once

#include <optional>
#include <string>
#include <vector>

#include "endpoints.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {

// What a request wants.
enum class Purpose {
    Preflight,  // the CORS headers
    Health,     // a sign of life
    Collect,    // that its events are sent
    Explain,    // what would become of its events
};

// What the header of a request decides by itself, without its sender and its body. Pure.
class HeadRules {
public:
    // `debug`: whether requests to explain are answered.
    HeadRules(const std::vector<std::string>& prefixes, bool debug) : endpoints_(prefixes), debug_(debug) {}

    // 404 for a path or a debug request that is not served, 405 for a method. Nothing where both are.
    std::optional<http::Response> refuse_target(const http::Request& head) const;

    // Of a request that `refuse_target` lets through.
    Purpose purpose(const http::Request& head) const;

private:
    Endpoints endpoints_;
    bool debug_;
};

// 415 for a body in an encoding or a type that is not read. The bytes of the body decide later whether it is gzip.
std::optional<http::Response> refuse_body_type(const http::Request& head);

}  // namespace pinrelay::ingest
