#include "judge.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "answer.hpp"
#include "clear_verdicts.hpp"
#include "pinrelay/destination/redact.hpp"
#include "pinrelay/destination/retry_after.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Fate;
using destination::Isolate;
using destination::Judged;
using destination::Pause;
using destination::RecordVerdict;
using destination::Retry;
using destination::Verdict;

struct Hint {
    int status;
    std::string_view text;
};

constexpr std::array hints = {
    Hint{401, "the access token is invalid or has expired; make a new conversion token in Ads Manager"},
    Hint{403,
         "the token may not write to this ad account; check that ad_account_id is the ad account's id and not the "
         "tag id, and that the token's owner has access to it"},
    Hint{404, "there is no such ad account; check that ad_account_id is the ad account's id and not the tag id"},
};
constexpr std::string_view redirect_hint = "the endpoint redirects; check `endpoint`, and any proxy in between";
constexpr const char* not_pinterests = " (not Pinterest's answer: it is no JSON; check what stands in between)";
constexpr std::string_view other_hint = "the endpoint refuses the request as such; check `endpoint`";

std::string_view hint_of(int status) {
    for (const auto& hint : hints)
        if (hint.status == status) return hint.text;
    return status < 400 ? redirect_hint : other_hint;
}

std::string message_of(int status, const std::string& words) {
    const std::string head = "HTTP " + std::to_string(status);
    return words.empty() ? head : head + ", " + words;
}

Verdict judged(std::vector<RecordVerdict> records, std::string message, Contradictions contradictions = {}) {
    return {Judged{}, std::move(records), std::move(message), std::move(contradictions)};
}

Verdict refuse_single(std::string message, Contradictions contradictions = {}) {
    RecordVerdict refused{Fate::Refused, message, ""};
    return judged({std::move(refused)}, std::move(message), std::move(contradictions));
}

std::optional<std::chrono::milliseconds> wish(const http::Response& response, Time now) {
    if (const auto* header = response.header("Retry-After"))
        if (const auto after = destination::retry_after(*header, now)) return after;
    // Sent with every answer, but only a refused one has to wait for the window's end.
    constexpr int too_many_requests = 429;
    const auto* reset = response.status == too_many_requests ? response.header("X-RateLimit-Reset") : nullptr;
    return reset == nullptr ? std::nullopt : destination::delta_seconds(*reset);
}

Verdict judge_success(Answer answer, std::size_t count, std::string message) {
    auto contradictions = contradictions_of(answer, count, false);
    const bool not_processed = count == 1 && answer.records.empty() && answer.processed == 0;
    if (not_processed) return refuse_single(message + " (not processed, without a reason)", std::move(contradictions));
    return judged(verdicts_of(std::move(answer), count), std::move(message), std::move(contradictions));
}

constexpr int not_all_processed = 422;

// A 422 says "not all events were processed", so some may have been; a 400 and a 413 refuse the request as a whole.
Verdict judge_refusal(int status, Answer answer, std::size_t count, std::string message) {
    auto contradictions = contradictions_of(answer, count, true);
    if (answer.records.size() == count)
        return judged(verdicts_of(std::move(answer), count), std::move(message), std::move(contradictions));
    if (count == 1) return refuse_single(std::move(message), std::move(contradictions));
    return {Isolate{status == not_all_processed}, {}, std::move(message), std::move(contradictions)};
}

bool is_refusal_of_content(int status) { return status == 400 || status == 413 || status == 422; }

// Codes and words that say under a 4xx what a 500 says: the fault is Pinterest's own, and the events are not refused.
constexpr std::array own_faults = {12, 2787};
constexpr std::string_view words_of_own_fault = "went wrong on our end";

bool is_own_fault(int status, const Answer& answer) {
    const bool known_code = answer.code && std::ranges::find(own_faults, *answer.code) != own_faults.end();
    const bool known_words = answer.message.find(words_of_own_fault) != std::string::npos;
    return is_refusal_of_content(status) && (known_code || known_words);
}

// Pinterest refuses in JSON. A proxy that answers for it says nothing about the events, which never got there; only
// "too large" is true of a request whoever says it.
bool is_not_pinterests(int status, const Answer& answer) {
    constexpr int content_too_large = 413;
    return is_refusal_of_content(status) && status != content_too_large && !answer.readable;
}

bool is_success(int status) { return status >= 200 && status < 300; }
// Answers which say that nothing was done.
bool is_untouched(int status) { return status == 425 || status == 429 || status == 503; }
bool is_transient(int status) { return status == 408 || is_untouched(status) || status >= 500 || status < 200; }

}  // namespace

Verdict judge(const http::Response& response, std::size_t count, Time now, const Secret& token) {
    const int status = response.status;
    Answer answer = read_answer(response.body, token);
    std::string message =
        message_of(status, answer.readable ? answer.message : destination::redact(response.body, token));

    if (is_success(status)) return judge_success(std::move(answer), count, std::move(message));
    // A filter in between may refuse for what one event holds, and Pinterest may fail for it.
    constexpr bool maybe_content = true;
    if (is_not_pinterests(status, answer))
        return {Retry{std::nullopt, false, maybe_content}, {}, message + not_pinterests, {}};
    if (is_own_fault(status, answer) && answer.records.size() != count)
        return {Retry{wish(response, now), status == not_all_processed, maybe_content}, {}, std::move(message), {}};
    if (is_refusal_of_content(status)) return judge_refusal(status, std::move(answer), count, std::move(message));
    if (is_transient(status))
        return {Retry{wish(response, now), !is_untouched(status), status >= 500}, {}, std::move(message), {}};
    return {Pause{std::string(hint_of(status))}, {}, std::move(message), {}};
}

}  // namespace pinrelay::destinations::pinterest
