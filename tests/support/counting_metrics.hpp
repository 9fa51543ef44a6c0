#pragma once

#include <map>
#include <string>

#include "pinrelay/metrics/metrics.hpp"

namespace pinrelay::test {

// Remembers every probe as "name:labels" → how often, or how many records.
class CountingMetrics final : public metrics::Metrics {
public:
    std::map<std::string, std::size_t> counts;

    void request(int status, std::chrono::nanoseconds) override { add("request:" + std::to_string(status)); }
    void rejected(std::string_view code) override { add("rejected:" + std::string(code)); }
    void dropped(std::string_view destination, std::string_view reason) override {
        add("dropped", destination, reason);
    }
    void warned(std::string_view destination, std::string_view code) override { add("warned", destination, code); }
    void sent(std::string_view destination, std::string_view result, std::chrono::nanoseconds) override {
        add("sent", destination, result);
    }
    void batch(std::string_view destination, std::size_t records, std::size_t) override {
        add("batch", destination, "records", records);
    }
    void retried(std::string_view destination, std::size_t records) override {
        add("retried", destination, "records", records);
    }
    void paused(std::string_view destination, bool paused) override {
        add("paused", destination, paused ? "yes" : "no");
    }
    void late(std::string_view destination, bool late) override { add("late", destination, late ? "yes" : "no"); }
    void concurrency(std::string_view destination, std::size_t limit) override {
        counts["concurrency:" + std::string(destination)] = limit;
    }
    void delivery_latency(std::string_view destination, std::chrono::milliseconds, std::size_t records) override {
        add("latency", destination, "records", records);
    }
    void pinterest_warning(std::string_view destination, std::string_view kind, std::size_t records) override {
        add("warning", destination, kind, records);
    }
    void reloaded(bool taken) override { add(taken ? "reloaded" : "reload_refused"); }
    std::string render() const override { return {}; }

    std::size_t operator[](const std::string& key) const {
        const auto found = counts.find(key);
        return found == counts.end() ? 0 : found->second;
    }

private:
    void add(const std::string& key, std::size_t n = 1) { counts[key] += n; }
    void add(const std::string& probe, std::string_view destination, std::string_view label, std::size_t n = 1) {
        add(probe + ":" + std::string(destination) + ":" + std::string(label), n);
    }
};

}  // namespace pinrelay::test
