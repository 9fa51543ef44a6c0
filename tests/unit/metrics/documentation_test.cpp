#include <gtest/gtest.h>
#include <prometheus/check_names.h>

#include <fstream>
#include <regex>

#include "fixtures/metrics_text.hpp"
#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::metrics {
namespace {

using namespace std::chrono_literals;

struct Entry {
    std::string type;
    std::set<std::string> labels;
    friend bool operator==(const Entry&, const Entry&) = default;
};
using Entries = std::map<std::string, Entry>;

void PrintTo(const Entry& entry, std::ostream* out) {
    *out << entry.type;
    for (const auto& label : entry.labels) *out << ' ' << label;
}

std::set<std::string> matches(const std::string& text, const std::regex& pattern) {
    std::set<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) found.insert((*it)[1]);
    return found;
}

// The rows | `name` | type | `label`, `label` | meaning |
Entries documented() {
    std::ifstream page(PINRELAY_SOURCE_DIR "/docs/metrics.md");
    const std::regex row(R"(\| `([a-z_]+)` \| (counter|gauge|histogram) \|([^|]*)\| .*)");
    Entries entries;
    for (std::string line; std::getline(page, line);) {
        std::smatch cells;
        if (std::regex_match(line, cells, row))
            entries[cells[1]] = {cells[2], matches(cells[3], std::regex("`([a-z_]+)`"))};
    }
    return entries;
}

// A process in which everything has happened once.
std::string rendered() {
    spool::Ledger ledger;
    ledger.by_label[{"a", "checkout"}] = {.stored = 3, .delivered = 1, .dead_lettered = 1};
    ledger.dead_by_reason[{"a", "refused"}] = 1;
    ledger.removed_letters[{"a", "quota"}] = 1;
    ledger.dead_letter_max_bytes = 1;
    ledger.journal = spool::JournalSize{};
    const auto metrics = make_metrics({[ledger] { return ledger; },
                                       [] {
                                           return ConnectionCounts{1, 0, 0, 0, {{"done", 1}}, Time{}};
                                       },
                                       [] { return Time{}; }, "1.2.3"});
    metrics->request(204, 1ms);
    metrics->rejected("code");
    metrics->dropped("a", "reason");
    metrics->warned("a", "code");
    metrics->sent("a", "200", 1ms);
    metrics->batch("a", 1, 1);
    metrics->retried("a", 1);
    metrics->paused("a", true);
    metrics->late("a", true);
    metrics->concurrency("a", 4);
    metrics->delivery_latency("a", 1ms, 1);
    metrics->pinterest_warning("a", "kind", 1);
    metrics->doubted("a", 1);
    metrics->contradiction("a", "kind");
    model::Quality components;
    components.add(model::QualityComponent::HashedEmail);
    metrics->quality("a", "checkout", components);
    metrics->alarm("a", "paused", true);
    metrics->admin_refused("host");
    return metrics->render();
}

std::string family_of(const std::string& sample, const test::MetricsText& text) {
    std::string name = sample.substr(0, sample.find('{'));
    if (text.families().contains(name)) return name;
    return name.substr(0, name.rfind('_'));  // _bucket, _sum, _count of a histogram
}

Entries exposed() {
    const test::MetricsText text(rendered());
    Entries entries;
    for (const auto& [name, type] : text.families()) entries[name].type = type;
    for (const auto& [sample, value] : text.samples())
        for (const auto& label : matches(sample, std::regex("([a-z_]+)=")))
            if (label != "le") entries[family_of(sample, text)].labels.insert(label);
    return entries;
}

TEST(MetricsDocumentation, NamesEveryMetricWithItsTypeAndLabelsAndNoOther) { EXPECT_EQ(documented(), exposed()); }

TEST(MetricsDocumentation, UsesNamesAsPrometheusWantsThem) {
    for (const auto& [name, entry] : exposed()) {
        EXPECT_TRUE(prometheus::CheckMetricName(name)) << name;
        EXPECT_EQ(name.ends_with("_total"), entry.type == "counter") << name;
        for (const auto& label : entry.labels) EXPECT_TRUE(prometheus::CheckLabelName(label)) << label;
    }
}

TEST(MetricsDocumentation, UsesOnlyKnownNamesInItsText) {
    std::ifstream page(PINRELAY_SOURCE_DIR "/docs/metrics.md");
    const std::string text{std::istreambuf_iterator<char>(page), {}};

    const auto entries = exposed();

    for (const auto& name : matches(text, std::regex("(pinrelay_[a-z]+_[a-z_]*[a-z])\\b(?!\\()")))
        EXPECT_TRUE(entries.contains(name)) << name;
}

}  // namespace
}  // namespace pinrelay::metrics
