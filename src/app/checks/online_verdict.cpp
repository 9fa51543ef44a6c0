#include "online_verdict.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "pinrelay/destination/http_date.hpp"

namespace pinrelay::app {
namespace {

// More than an answer takes on its way.
constexpr std::chrono::minutes usual_difference{2};

std::optional<std::string> warning_of_clock(const http::Response& answer, Time now) {
    const std::string* header = answer.header("Date");
    const auto theirs = header == nullptr ? std::nullopt : destination::http_date(*header);
    if (!theirs) return std::nullopt;
    const auto ahead = std::chrono::round<std::chrono::minutes>(now - *theirs);
    if (std::chrono::abs(ahead) < usual_difference) return std::nullopt;
    return "this machine's clock is " + std::to_string(std::chrono::abs(ahead).count()) + " minutes " +
           (ahead.count() > 0 ? "ahead of" : "behind") +
           " Pinterest's: events get wrong times, and late ones are refused; set the clock by NTP";
}

void judge_record(const destination::Verdict& verdict, OnlineFinding& finding) {
    const auto none = destination::RecordVerdict{destination::Fate::Unclear, "the answer does not name the event", ""};
    const auto& record = verdict.records.empty() ? none : verdict.records.front();
    finding.good = record.fate == destination::Fate::Delivered;
    finding.sentence = finding.good ? "Pinterest takes test events: token and account fit (" + verdict.message + ")"
                                    : "Pinterest does not take the test event: " + record.message;
    if (!record.warning.empty()) finding.warnings.push_back("Pinterest warns: " + record.warning);
}

}  // namespace

void judge_answer(const http::Response& answer, const destination::Verdict& verdict, Time now, OnlineFinding& finding) {
    if (auto warning = warning_of_clock(answer, now)) finding.warnings.push_back(std::move(*warning));
    const auto& decision = verdict.decision;
    if (std::holds_alternative<destination::Judged>(decision))
        judge_record(verdict, finding);
    else if (const auto* pause = std::get_if<destination::Pause>(&decision))
        finding.sentence = verdict.message + ": " + pause->hint;
    else if (std::holds_alternative<destination::Retry>(decision))
        finding.sentence =
            verdict.message + ": Pinterest, or what stands in between, cannot take events now; try again";
    else
        finding.sentence = "Pinterest refuses the request: " + verdict.message;
}

void judge_failure(const net::Failure& failure, OnlineFinding& finding) {
    switch (failure.code) {
        case net::ClientErrc::CertificateRefused:
            finding.sentence = "the certificate of the endpoint is not accepted (" + failure.reason +
                               "): look at `ca_file`, at a proxy that opens TLS, and at this machine's clock";
            return;
        case net::ClientErrc::NotSent:
            finding.sentence = "the endpoint cannot be reached (" + failure.reason +
                               "): look at name resolution, the firewall, `deliver.proxy` and `endpoint`";
            return;
        case net::ClientErrc::Ambiguous: break;
    }
    finding.sentence =
        "no readable answer came (" + failure.reason + "): look at what stands between here and Pinterest";
}

}  // namespace pinrelay::app
