#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "endpoints.hpp"
#include "pinrelay/http/refusal.hpp"

namespace pinrelay::ingest {

// Why a debug request is not answered. Its events are not sent either: a test must not become a conversion.
inline constexpr http::Refusal debug_off{403, "debug_off", "debug answers are switched off here (collect.debug)"};
inline constexpr http::Refusal debug_for_known{
    403, "debug_off",
    "debug answers are for known senders: send a key or a signature, send it from the relay's own machine, or set "
    "collect.debug to true for a while; see docs/access.md"};

// What a request wants.
enum class Purpose {
    Preflight,  // the CORS headers
    Health,     // a sign of life
    Collect,    // that its events are sent
    Explain,    // what would become of its events
};

// Why a request is refused by its header alone.
struct HeadRefusal {
    http::Refusal refusal;
    std::string_view field;  // the header that is meant; "" where none is
    std::string_view allow;  // the methods that are served, with a 405

    bool operator==(const HeadRefusal&) const = default;
};
http::Response to_response(const HeadRefusal& refused);

// Whether the refused request may have brought events: not a debug request, and not the GET of a scanner that looks for
// pages.
bool may_lose_events(const http::Request& head, const HeadRefusal& refused) noexcept;

// What the header of a request decides by itself, without its sender and its body. Pure.
class HeadRules {
public:
    // `debug`: whether requests to explain are answered.
    HeadRules(const std::vector<std::string>& prefixes, bool debug) : endpoints_(prefixes), debug_(debug) {}

    // 404 for a path that is not served, 403 for a debug request where none is answered, 405 for a method. Nothing
    // where both are.
    std::optional<HeadRefusal> refuse_target(const http::Request& head) const;

    // Of a request that `refuse_target` lets through.
    Purpose purpose(const http::Request& head) const;

private:
    Endpoints endpoints_;
    bool debug_;
};

// 415 for a body in an encoding or a type that is not read. The bytes of the body decide later whether it is gzip.
std::optional<HeadRefusal> refuse_body_type(const http::Request& head);

}  // namespace pinrelay::ingest
