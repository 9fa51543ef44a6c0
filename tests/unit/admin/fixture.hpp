#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pinrelay/admin/admin_handler.hpp"

namespace pinrelay::admin {

class FixedMetrics final : public metrics::Metrics {
public:
    void request(int, std::chrono::nanoseconds) override {}
    void rejected(std::string_view) override {}
    void dropped(std::string_view, std::string_view) override {}
    void warned(std::string_view, std::string_view) override {}
    void quality(std::string_view, std::string_view, model::Quality) override {}
    void alarm(std::string_view, std::string_view, bool) override {}
    void alarm_message(bool) override {}
    void sent(std::string_view, std::string_view, std::chrono::nanoseconds) override {}
    void batch(std::string_view, std::size_t, std::size_t) override {}
    void retried(std::string_view, std::size_t) override {}
    void paused(std::string_view, bool) override {}
    void late(std::string_view, bool) override {}
    void concurrency(std::string_view, std::size_t) override {}
    void reloaded(bool) override {}
    void delivery_latency(std::string_view, std::chrono::milliseconds, std::size_t) override {}
    void pinterest_warning(std::string_view, std::string_view, std::size_t) override {}
    void doubted(std::string_view, std::size_t) override {}
    void contradiction(std::string_view, std::string_view) override {}
    void admin_refused(std::string_view reason) override { refused.emplace_back(reason); }
    metrics::Tally tally() const override { return {}; }
    std::string render() const override { return "some_metric 1\n"; }
    std::vector<std::string> refused;
};

// Answers at once with what a test put in.
class ScriptedDesk final : public DeadLetterDesk {
public:
    std::vector<spool::DeadLetterCount> groups;
    std::vector<spool::DeadLetter> letters;
    std::string failure;
    std::optional<std::string> busy;
    ReplayProgress progress_of_replay;
    spool::Selection selected;
    std::size_t limit = 0;
    std::optional<bool> dry_run;

    void read(spool::Selection selection, std::size_t most, Visit visit, Read done) override {
        selected = std::move(selection);
        limit = most;
        for (const auto& letter : letters) visit(letter);
        done(groups, failure);
    }

    std::optional<std::string> replay(spool::Selection selection, bool dry) override {
        selected = std::move(selection);
        dry_run = dry;
        return busy;
    }

    ReplayProgress progress() const override { return progress_of_replay; }
};

// A handler whose parts a test sets, called as a connection calls it.
class AdminHandlerTest : public testing::Test {
protected:
    FixedMetrics metrics;
    std::optional<std::string> not_ready;
    std::optional<std::string> not_reloaded;
    int reloads = 0;
    std::vector<AccountState> accounts;
    std::vector<AttentionItem> attention;
    Secret token;
    ScriptedDesk desk;
    watch::LiveEvents live;
    std::unique_ptr<net::Handler> handler = make_admin_handler(parts());

    AdminParts parts(std::string listen = "0.0.0.0:9090") {
        AdminParts made{metrics, [this] { return not_ready; },
                        [this] {
                            ++reloads;
                            return not_reloaded;
                        },
                        [this] { return accounts; }};
        made.listen = std::move(listen);
        made.hosts = [] { return std::vector<std::string>{"metrics.shop.example"}; };
        made.token = [this] { return token; };
        made.history = [](HistorySpan span) {
            return HistoryView{std::chrono::seconds(span == HistorySpan::Hour ? 60 : 900),
                               Time(std::chrono::hours(2)),
                               Time(std::chrono::hours(1)),
                               {{"pinterest:1", "checkout", {2}, {1}, {0}, {1}}}};
        };
        made.attention = [this] { return attention; };
        made.dead_letters = &desk;
        made.live = &live;
        made.status = [] { return StatusReport(); };
        return made;
    }

    static http::Request request(std::string method, std::string path) {
        http::Request request;
        request.method = std::move(method);
        request.path = std::move(path);
        return request;
    }

    // As a connection does it: the header first, then the whole.
    http::Response answer(const http::Request& request) {
        if (auto refusal = refuse(request)) return *refusal;
        return handle(request);
    }

    std::optional<http::Response> refuse(const http::Request& request) {
        net::Notes notes;
        return handler->refuse(request, notes);
    }

    http::Response handle(http::Request request) {
        boost::asio::io_context context;
        http::Response response;
        net::Notes notes;
        auto coroutine = handler->handle(request, notes);
        boost::asio::co_spawn(context, std::move(coroutine),
                              [&](std::exception_ptr, http::Response r) { response = std::move(r); });
        context.run();
        return response;
    }
};

}  // namespace pinrelay::admin
