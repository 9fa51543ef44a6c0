#include <algorithm>
#include <cstring>
#include <memory>

#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "pinrelay/http/response_parser.hpp"
#include "support/bytes.hpp"
#include "support/require.hpp"

namespace {

using namespace pinrelay;
using Progress = http::ResponseParser::Progress;
namespace pinterest = destinations::pinterest;

constexpr std::size_t body_limit = 4096;
constexpr const char* token = "pina_TESTTOKEN";

struct Outcome {
    bool complete = false;
    http::Response response;
};

// What is wrong may be seen sooner or later, and is then told in other words.
bool is_same(const Outcome& one, const Outcome& other) {
    if (one.complete != other.complete) return false;
    return !one.complete ||
           (one.response.status == other.response.status && one.response.headers == other.response.headers &&
            one.response.body == other.response.body);
}

Progress feed(http::ResponseParser& parser, std::string_view piece) {
    Progress progress = Progress::NeedMore;
    while (!piece.empty() && progress == Progress::NeedMore) {
        const auto room = parser.prepare();
        fuzz::require(room.size() > 0, "a parser that needs more has room for more");
        const std::size_t size = std::min(room.size(), piece.size());
        std::memcpy(room.data(), piece.data(), size);
        parser.commit(size);
        piece.remove_prefix(size);
        progress = parser.advance();
    }
    return progress;
}

Outcome parse(const std::vector<std::string_view>& pieces) {
    http::ResponseParser parser(false, body_limit);
    Progress progress = Progress::NeedMore;
    for (const std::string_view piece : pieces)
        if (progress == Progress::NeedMore) progress = feed(parser, piece);
    if (progress == Progress::NeedMore) progress = parser.end_of_stream();
    Outcome outcome;
    outcome.complete = progress == Progress::Complete;
    fuzz::require(outcome.complete || !parser.problem().empty(), "an answer that is not whole has a problem");
    outcome.response = parser.response();
    return outcome;
}

const destination::Destination& account() {
    static const auto destination = [] {
        pinterest::Settings settings;
        settings.ad_account_id = "549755885175";
        settings.access_token = Secret(token);
        return pinterest::make_pinterest(std::move(settings));
    }();
    return *destination;
}

void check_words(const std::string& words) {
    fuzz::require(words.find(token) == std::string::npos, "Pinterest's words hold no token");
    fuzz::require(words.find('\n') == std::string::npos, "Pinterest's words are one line");
}

std::ptrdiff_t counted(const destination::Verdict& verdict, std::string_view label) {
    return std::ranges::count(verdict.contradictions, label);
}

bool has(const destination::Verdict& verdict, std::string_view label) { return counted(verdict, label) > 0; }

// Unless an escape hides it.
bool may_say(const std::string& body, std::string_view word) {
    return body.find(word) != std::string::npos || body.find('\\') != std::string::npos;
}

void check_verdict(const http::Response& response, std::size_t count) {
    const auto verdict = account().judge(response, count, Time{});
    const bool judged = std::holds_alternative<destination::Judged>(verdict.decision);
    fuzz::require(judged || verdict.records.empty(), "records are judged where the answer is");
    fuzz::require(verdict.records.empty() || verdict.records.size() == count, "all records have a verdict, or none");
    check_words(verdict.message);
    for (const auto& record : verdict.records) {
        check_words(record.message);
        check_words(record.warning);
        const bool is_refused = record.fate == destination::Fate::Refused;
        fuzz::require(is_refused != record.message.empty(), "a refusal has words, and nothing else has");
        fuzz::require(is_refused || !record.maybe_delivered, "only a refusal can be denied");
        fuzz::require(!record.maybe_delivered || has(verdict, "counts_differ"), "a refusal that is denied is counted");
        const bool is_unclear = record.fate == destination::Fate::Unclear;
        fuzz::require(!is_unclear || has(verdict, "unknown_status"), "what is unclear is counted");
        const bool is_delivered = record.fate == destination::Fate::Delivered;
        fuzz::require(!is_delivered || may_say(response.body, "processed"), "only the word or its count delivers");
    }
    const bool isolates = std::holds_alternative<destination::Isolate>(verdict.decision);
    fuzz::require(!isolates || count > 1, "one record is not halved");
    fuzz::require(std::ranges::all_of(verdict.contradictions, [&](auto label) { return counted(verdict, label) == 1; }),
                  "each contradiction is counted once");
    const auto* retry = std::get_if<destination::Retry>(&verdict.decision);
    fuzz::require(retry == nullptr || !retry->after || retry->after->count() >= 0, "no wait is negative");
}

// What stands behind the header is the body here, whatever length was announced: so its JSON can be tried freely.
void judge_freely(std::string_view bytes, http::Response response) {
    constexpr std::string_view header_end = "\r\n\r\n";
    const auto end = bytes.find(header_end);
    if (end == std::string_view::npos) return;
    response.body = bytes.substr(end + header_end.size());
    for (const std::size_t count : {1U, 2U, 3U, 20U}) check_verdict(response, count);
}

}  // namespace

// Pinterest's answer as bytes of a connection. However they are split, the same answer comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t largest_piece = 24;
    const std::string_view bytes = fuzz::text_of(data, size);
    Outcome outcome = parse({bytes});
    fuzz::require(!outcome.complete || outcome.response.body.size() <= body_limit, "no body exceeds the limit");
    fuzz::require(is_same(outcome, parse(fuzz::pieces_of(bytes, largest_piece))), "pieces change no answer");
    fuzz::require(is_same(outcome, parse(fuzz::pieces_of(bytes, 1))), "single bytes change no answer");
    judge_freely(bytes, std::move(outcome.response));
    return 0;
}
