#include <algorithm>
#include <cstring>

#include "pinrelay/http/request_parser.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;
using Progress = http::RequestParser::Progress;

// So low that a short input can reach them; above the bytes that the parser wants to see of a chunk's line.
constexpr std::size_t header_limit = 512;
constexpr std::size_t header_fields = 128;
constexpr std::size_t body_limit = 200;

struct Outcome {
    std::vector<http::Request> requests;
    http::Refusal refusal{0, "", ""};
    bool in_body = false;  // of a request that is not whole
};

bool is_same(const http::Request& one, const http::Request& other) {
    return one.method == other.method && one.path == other.path && one.query == other.query &&
           one.headers == other.headers && one.body == other.body;
}

bool is_one_of(const http::Refusal& refusal, const http::Refusal& one, const http::Refusal& other) {
    return refusal == one || refusal == other;
}

// The line of a chunk is judged when five bytes of it are there (src/http/beast_parser.hpp), or the end of the bytes at
// once: so of two that read the same bytes one may still wait where the other has refused, and a line that is both
// malformed and of a chunk too large is refused for the one or the other.
bool is_same_refusal(const Outcome& one, const Outcome& other) {
    if (one.refusal == other.refusal) return one.in_body == other.in_body;
    if (!one.in_body || !other.in_body) return false;
    if (one.refusal.status == 0 || other.refusal.status == 0)
        return one.refusal == http::refusals::chunk || other.refusal == http::refusals::chunk;
    return is_one_of(one.refusal, http::refusals::chunk, http::refusals::body_too_large) &&
           is_one_of(other.refusal, http::refusals::chunk, http::refusals::body_too_large);
}

bool is_same(const Outcome& one, const Outcome& other) {
    return is_same_refusal(one, other) &&
           std::equal(one.requests.begin(), one.requests.end(), other.requests.begin(), other.requests.end(),
                      [](const auto& a, const auto& b) { return is_same(a, b); });
}

// Takes out whatever is whole by now; false once the parser refused.
bool take_all(http::RequestParser& parser, Outcome& outcome) {
    while (true) {
        switch (parser.advance()) {
            case Progress::NeedMore: return true;
            case Progress::Head: outcome.in_body = true; break;
            case Progress::Complete:
                fuzz::require(parser.request().body.size() <= body_limit, "no body exceeds the limit");
                fuzz::require(parser.request().path.starts_with('/'), "a path begins with a slash");
                outcome.requests.push_back(parser.request());
                outcome.in_body = false;
                parser.next();
                break;
            case Progress::Refused: outcome.refusal = parser.refusal(); return false;
        }
    }
}

Outcome parse(const std::vector<std::string_view>& pieces) {
    http::RequestParser parser({header_limit, header_fields, body_limit});
    Outcome outcome;
    for (std::string_view piece : pieces) {
        while (!piece.empty()) {
            const auto room = parser.prepare();
            fuzz::require(room.size() > 0, "a parser that needs more has room for more");
            const std::size_t size = std::min(room.size(), piece.size());
            std::memcpy(room.data(), piece.data(), size);
            parser.commit(size);
            piece.remove_prefix(size);
            if (!take_all(parser, outcome)) return outcome;
        }
    }
    return outcome;
}

}  // namespace

// The bytes of one connection. However they are split, the same requests and the same refusal come out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t largest_piece = 24;
    const std::string_view bytes = fuzz::text_of(data, size);
    const Outcome at_once = parse({bytes});
    fuzz::require(at_once.refusal.status == 0 || at_once.refusal.status / 100 == 4, "a refusal is the client's");
    fuzz::require(is_same(at_once, parse(fuzz::pieces_of(bytes, largest_piece))), "pieces change no request");
    fuzz::require(is_same(at_once, parse(fuzz::pieces_of(bytes, 1))), "single bytes change no request");
    return 0;
}
