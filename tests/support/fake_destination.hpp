#pragma once

#include <string>
#include <utility>

#include "pinrelay/destination/destination.hpp"

namespace pinrelay::test {

// A destination that takes every event as {"n":<name>}, but drops those called "dropped". It wants
// an event's own click id kept as a cookie. Answers are judged by status.
class FakeDestination final : public destination::Destination {
public:
    explicit FakeDestination(std::string name) : name_(std::move(name)) {}

    const std::string& name() const noexcept override { return name_; }
    destination::BatchLimits max_batch() const noexcept override { return {}; }
    destination::RequestRate max_rate() const noexcept override { return {}; }
    destination::AgeLimits age_limits() const noexcept override { return {}; }

    destination::Translation translate(const model::Event& event, Time received) const override {
        destination::Translation translation;
        if (event.name == "dropped") {
            translation.outcome = destination::Drop{"rule_drop", "event_name", "dropped by rule"};
            return translation;
        }
        if (event.ip_address) translation.warnings.push_back({"saw_address", "user_data", *event.ip_address});
        if (event.user_agent) translation.warnings.push_back({"saw_agent", "user_data", *event.user_agent});
        for (const auto& id : event.user_data.external_ids)
            translation.warnings.push_back({"saw_external_id", "user_data", id});
        if (event.click_id) translation.cookies = {{"_fake", *event.click_id}};
        spool::Record record;
        record.destination = name_;
        record.event_name = record.event_label = event.name;
        record.event_id = event.event_id.value_or("derived");
        record.event_time = received;
        record.body = R"({"n":")" + event.name + R"("})";
        translation.outcome = std::move(record);
        return translation;
    }

    // Unchanged, but for those that would be dropped by now.
    destination::Translation translate_again(const spool::Record& stored, Time) const override {
        if (stored.source_name == "dropped")
            return {destination::Drop{"rule_drop", "event_name", "dropped by rule"}, {}};
        return {stored, {}};
    }

    http::Request encode(const std::vector<spool::StoredRecord>& batch) const override {
        http::Request request;
        request.method = "POST";
        for (const auto& stored : batch) request.body += stored.record.body;
        return request;
    }

    destination::Verdict judge(const http::Response& response, std::size_t count, Time) const override {
        destination::Verdict verdict;
        if (response.status == 200) {
            verdict.records.resize(count);
            return verdict;
        }
        verdict.decision = destination::Retry{};
        return verdict;
    }

private:
    std::string name_;
};

}  // namespace pinrelay::test
