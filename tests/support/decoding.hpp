#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "pinrelay/decode/decoder.hpp"

// Short ways to decode a body in a test.
namespace pinrelay::test {

inline http::Request post(std::string body, std::string query = {}, http::Headers headers = {}) {
    http::Request request;
    request.method = "POST";
    request.path = "/collect";
    request.query = std::move(query);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return request;
}

inline model::Value json(std::string_view text) {
    auto parsed = model::parse_json(text);
    if (auto* value = std::get_if<model::Value>(&parsed)) return std::move(*value);
    ADD_FAILURE() << "the test's own JSON is broken: " << text;
    return {};
}

// The members of a request that is not rejected as a whole; else a failure and none.
inline decode::Members decode_members(const http::Request& request, decode::DecodeLimits limits = {}) {
    auto decoded = decode::Formats(limits).decode(request);
    if (auto* members = std::get_if<decode::Members>(&decoded)) return std::move(*members);
    const auto& rejection = std::get<decode::Rejection>(decoded);
    ADD_FAILURE() << "rejected: " << decode::to_string(rejection.code) << " " << rejection.message;
    return {};
}

// The only event of a request; else a failure and an empty event.
inline model::Event decode_event(const http::Request& request) {
    decode::Members members = decode_members(request);
    if (members.size() == 1) {
        if (auto* event = std::get_if<model::Event>(&members.front())) return std::move(*event);
    }
    ADD_FAILURE() << "not one event but " << members.size() << " members";
    return {};
}
inline model::Event decode_event(std::string body) { return decode_event(post(std::move(body))); }

// The rejection of the whole, or of the only member; else a failure and a rejection without a field.
inline decode::Rejection decode_rejection(const http::Request& request, decode::DecodeLimits limits = {}) {
    auto decoded = decode::Formats(limits).decode(request);
    if (auto* rejection = std::get_if<decode::Rejection>(&decoded)) return std::move(*rejection);
    auto& members = std::get<decode::Members>(decoded);
    if (members.size() == 1) {
        if (auto* rejection = std::get_if<decode::Rejection>(&members.front())) return std::move(*rejection);
    }
    ADD_FAILURE() << "not rejected";
    return {decode::RejectCode::EmptyBody, "?", "?"};
}

}  // namespace pinrelay::test
