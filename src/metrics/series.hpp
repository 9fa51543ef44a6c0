#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace pinrelay::metrics {

// One `Metric` for each pair of labels, made when it is first asked for and kept for good. Any thread.
//
// Finding one that exists takes no lock and allocates nothing: the table of all is immutable, and adding one publishes
// a new table. The old tables are kept until the end, since a reader may still hold one; labels come from fixed sets
// and from the configuration, so there are few. Should that ever be broken, `limit` bounds the memory: what is beyond
// goes into one metric with the labels "other".
template <class Metric>
class Series {
public:
    static constexpr std::size_t limit = 500;
    static constexpr std::string_view overflow = "other";

    using Make = Metric (*)();
    explicit Series(Make make) : make_(make) { publish(std::make_unique<Table>()); }

    Metric& at(std::string_view destination, std::string_view label = {}) {
        const Table& table = *current_.load(std::memory_order_acquire);
        if (Node* const node = find(table, destination, label)) return node->metric;
        return add(destination, label);
    }

    // Calls visit(destination, label, const Metric&) for each, in the order of their labels.
    template <class Visit>
    void each(Visit&& visit) const {
        for (const Node* node : *current_.load(std::memory_order_acquire))
            visit(node->destination, node->label, node->metric);
    }

private:
    struct Node {
        std::string destination;
        std::string label;
        Metric metric;
    };
    using Table = std::vector<Node*>;
    using Key = std::pair<std::string_view, std::string_view>;

    static Key key_of(const Node* node) noexcept { return {node->destination, node->label}; }

    static Node* find(const Table& table, std::string_view destination, std::string_view label) noexcept {
        const Key key{destination, label};
        const auto place = std::ranges::lower_bound(table, key, {}, key_of);
        return place != table.end() && key_of(*place) == key ? *place : nullptr;
    }

    Metric& add(std::string_view destination, std::string_view label) {
        const std::lock_guard lock(adding_);
        const Table& table = *current_.load(std::memory_order_relaxed);
        if (nodes_.size() >= limit) destination = label = overflow;
        if (Node* const node = find(table, destination, label)) return node->metric;

        nodes_.push_back(std::unique_ptr<Node>(new Node{std::string(destination), std::string(label), make_()}));
        auto larger = std::make_unique<Table>(table);
        const auto place = std::ranges::lower_bound(*larger, key_of(nodes_.back().get()), {}, key_of);
        larger->insert(place, nodes_.back().get());
        publish(std::move(larger));
        return nodes_.back()->metric;
    }

    void publish(std::unique_ptr<Table> table) {
        tables_.push_back(std::move(table));
        current_.store(tables_.back().get(), std::memory_order_release);
    }

    const Make make_;
    std::mutex adding_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::vector<std::unique_ptr<const Table>> tables_;
    std::atomic<const Table*> current_{nullptr};
};

}  // namespace pinrelay::metrics
