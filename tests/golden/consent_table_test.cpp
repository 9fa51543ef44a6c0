#include <gtest/gtest.h>

#include <array>
#include <set>

#include "golden_case.hpp"
#include "ingest/visitor/consent_policy.hpp"
#include "ingest/visitor/visitor.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "pinrelay/identity/digest.hpp"

// The tables of docs/consent.md: each row's request goes through decoding, every policy and the mapping to Pinterest,
// and must end as the row says.
namespace pinrelay::test {
namespace {

namespace pinterest = destinations::pinterest;
using ingest::ConsentPolicy;
using Cells = std::vector<std::string>;

constexpr std::string_view placeholder = "…";
constexpr std::array policies = {ConsentPolicy::Respect, ConsentPolicy::Require, ConsentPolicy::Strip};

Cells cells_of(const std::string& line) {
    Cells cells;
    for (std::size_t begin = 1, end = 0; (end = line.find('|', begin)) != std::string::npos; begin = end + 1) {
        const auto first = line.find_first_not_of(' ', begin);
        const auto last = line.find_last_not_of(' ', end - 1);
        cells.push_back(first >= end ? std::string() : line.substr(first, last - first + 1));
    }
    return cells;
}

// The rows of the table between two marks, without its head.
std::vector<Cells> table(const std::string& mark) {
    const std::string page = read_file(std::filesystem::path(PINRELAY_SOURCE_DIR) / "docs" / "consent.md");
    const std::size_t begin = page.find("|\n|---", page.find("<!-- " + mark + " -->"));
    const std::size_t end = page.find("<!-- /" + mark + " -->");
    std::vector<Cells> rows;
    for (std::size_t at = page.find('\n', begin + 2) + 1; at < end; at = page.find('\n', at) + 1)
        rows.push_back(cells_of(page.substr(at, page.find('\n', at) - at)));
    return rows;
}

Cells code_spans(const std::string& cell) {
    Cells spans;
    for (std::size_t begin = cell.find('`'); begin != std::string::npos;) {
        const std::size_t end = cell.find('`', begin + 1);
        spans.push_back(cell.substr(begin + 1, end - begin - 1));
        begin = cell.find('`', end + 1);
    }
    return spans;
}

struct Row {
    std::size_t number;
    std::string form;
    std::string signals;
    http::Headers headers;
    std::array<std::string, policies.size()> outcomes;

    friend void PrintTo(const Row& row, std::ostream* out) {
        *out << "row " << row.number << ": " << row.form << " " << row.signals;
    }
};

std::vector<Row> rows() {
    std::vector<Row> list;
    for (const Cells& cells : table("rows")) {
        Row row{list.size() + 1, cells.at(0), "", {}, {cells.at(2), cells.at(3), cells.at(4)}};
        for (const std::string& span : code_spans(cells.at(1))) {
            const auto colon = span.find(": ");
            if (colon == std::string::npos) {
                row.signals = span;
            } else {
                row.headers.emplace_back(span.substr(0, colon), span.substr(colon + 2));
            }
        }
        list.push_back(std::move(row));
    }
    return list;
}

// A form's request with the signals where the page writes "…"; without any, their separator goes too.
std::string filled(std::string text, const std::string& signals) {
    const std::size_t at = text.find(placeholder);
    const std::size_t separator = signals.empty() ? 1 : 0;
    return text.replace(at - separator, placeholder.size() + separator, signals);
}

http::Request request_of(const Row& row) {
    http::Request request;
    request.peer_address = "203.0.113.7";
    request.received = golden_received;
    request.headers = row.headers;
    for (const Cells& form : table("requests")) {
        if (form.at(0) != row.form) continue;
        const std::string text = filled(code_spans(form.at(2)).at(0), row.signals);
        const std::size_t target = text.find(' ') + 1;
        const std::size_t body = std::min(text.find(' ', target), text.size());
        const std::size_t query = std::min(text.find('?', target), body);
        request.method = text.substr(0, target - 1);
        request.path = text.substr(target, query - target);
        if (query < body) request.query = text.substr(query + 1, body - query - 1);
        if (body < text.size()) request.body = text.substr(body + 1);
        if (form.at(1) == "browser") {
            request.headers.emplace_back("User-Agent", "Mozilla/5.0");
            request.headers.emplace_back("Sec-Fetch-Site", "same-origin");
            request.headers.emplace_back("Cookie", "_epik=click");
        }
    }
    return request;
}

bool has_both_digests(const Json& person, const char* key, const std::string& lower, const std::string& upper) {
    return person.value(key, Json()) == Json::array({identity::sha256_hex(lower), identity::sha256_hex(upper)});
}

// Whether LDP is asked for as Pinterest wants it; a half of it is neither.
std::optional<bool> limited(const Json& sent, const Json& person) {
    const std::string type = sent.value("/custom_data/opt_out_type"_json_pointer, std::string());
    const bool digests = has_both_digests(person, "st", "ca", "CA") && has_both_digests(person, "country", "us", "US");
    if (type == "LDP" && digests) return true;
    if (type.empty() && !digests) return false;
    return std::nullopt;
}

std::string described(const Json& sent) {
    const Json& person = *sent.find("user_data");
    const bool whole = person.contains("em") && person.contains("external_id") && person.contains("click_id") &&
                       sent.value("event_source_url", std::string()).find("epik=click") != std::string::npos;
    const std::size_t most_left = person.contains("st") ? 4 : 2;
    const bool stripped = person.contains("client_ip_address") && person.contains("client_user_agent") &&
                          person.size() == most_left && sent.dump().find("click") == std::string::npos;
    const bool opted_out = sent.value("opt_out", false);
    const auto is_limited = limited(sent, person);
    if (!is_limited) return "half limited: " + sent.dump();
    if (stripped && opted_out) return *is_limited ? "stripped, limited" : "stripped";
    if (!whole || (opted_out && *is_limited)) return "neither whole nor stripped: " + sent.dump();
    if (opted_out) return "opted out";
    return *is_limited ? "limited" : "sent";
}

std::string outcome(const http::Request& request, ConsentPolicy policy) {
    pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("t");
    settings.external_id_from_client_id = true;
    const auto destination = pinterest::make_pinterest(std::move(settings));
    auto decoded = test::decoded(decode::Formats(), request);
    auto* members = std::get_if<decode::Members>(&decoded);
    auto* event = members == nullptr || members->empty() ? nullptr : std::get_if<model::Event>(&members->back());
    if (event == nullptr) return "not read";

    ingest::add_visitor(*event, request, request.peer_address, test::arena());
    if (const auto drop = ingest::apply(policy, *event, test::arena())) return "dropped: " + std::string(drop->reason);
    const auto translation = destination->translate(*event, request.received);
    if (const auto* record = std::get_if<model::Record>(&translation.outcome))
        return described(Json::parse(record->body));
    return "dropped: " + std::string(std::get<destination::Drop>(translation.outcome).reason);
}

class ConsentTable : public testing::TestWithParam<Row> {};

TEST_P(ConsentTable, EndsAsWrittenDown) {
    const http::Request request = request_of(GetParam());

    for (std::size_t i = 0; i < policies.size(); ++i)
        EXPECT_EQ(outcome(request, policies.at(i)), GetParam().outcomes.at(i)) << "policy " << i;
}

INSTANTIATE_TEST_SUITE_P(Rows, ConsentTable, testing::ValuesIn(rows()),
                         [](const auto& one) { return "row_" + std::to_string(one.param.number); });

TEST(ConsentTablePage, HasEveryLetterAtBothPlacesAndEveryForm) {
    constexpr std::array<std::size_t, 2> places = {2, 6};
    std::array<std::set<char>, places.size()> letters;
    std::set<std::string> forms;
    for (const Row& row : rows()) {
        forms.insert(row.form);
        const auto at = row.signals.find("gcd=");
        if (at == std::string::npos) continue;
        const std::string gcd = row.signals.substr(at + 4);
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places.at(i) < gcd.size()) letters.at(i).insert(gcd[places.at(i)]);
    }

    for (const char letter : std::string("ltpnmvurq"))
        for (const auto& seen : letters) EXPECT_TRUE(seen.contains(letter)) << letter;
    EXPECT_EQ(forms.size(), table("requests").size());
    EXPECT_GE(rows().size(), 100U);
}

}  // namespace
}  // namespace pinrelay::test
