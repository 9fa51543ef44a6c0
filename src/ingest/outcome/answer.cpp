#include "answer.hpp"

#include <string>
#include <string_view>

#include "pinrelay/core/ascii.hpp"

namespace pinrelay::ingest {
namespace {

// One transparent pixel, 42 bytes.
constexpr std::string_view pixel(
    "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    "!\xf9\x04\x01\x00\x00\x00\x00"
    ",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x01"
    "D\x00;",
    42);

// The tag fetches the images that the stream names; here there are none.
constexpr std::string_view stream = "event: message\ndata: {\"send_pixel\":[],\"options\":{}}\n\n";

http::Response answer(int status, std::string_view type, std::string_view body) {
    http::Response response;
    response.status = status;
    response.headers.emplace_back("Cache-Control", "no-store");
    if (!type.empty()) response.headers.emplace_back("Content-Type", type);
    response.body = body;
    return response;
}

bool says(const http::Request& request, std::string_view name, std::string_view word) {
    const std::string* value = request.header(name);
    return value != nullptr && ascii::contains_ignoring_case(*value, word);
}

}  // namespace

bool asks_for_json(const http::Request& request) {
    return says(request, "Accept", "application/json") && !says(request, "Accept", "*/*");
}

http::Response accepted(const http::Request& request) {
    if (!request.query.empty() && request.query_value("richsstsse")) return answer(200, "text/event-stream", stream);
    const bool is_image = says(request, "Sec-Fetch-Dest", "image") || !says(request, "Accept", "json");
    if (request.method == "GET" && is_image) return answer(200, "image/gif", pixel);
    return answer(204, "", "");
}

}  // namespace pinrelay::ingest
