#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/fake_destination.hpp"
#include "fixtures/silent_logger.hpp"
#include "pinrelay/ingest/collect_handler.hpp"

namespace pinrelay::ingest {

namespace asio = boost::asio;

// Keeps what is appended and answers when the test says so.
class HeldSpool final : public spool::Spool {
public:
    std::vector<model::Record> records;
    std::vector<model::Trust> trusts;  // of their senders
    std::vector<std::string> orders;   // of their events
    std::vector<spool::DroppedEvent> dropped;
    bool journal = true;
    std::vector<Checked> unanswered;
    spool::Duplicates duplicates;  // what each append and each check finds
    std::optional<ErrorCode> answer_at_once = ErrorCode();

    void append(std::vector<spool::Arrival> added, Checked done) override {
        for (spool::Arrival& arrival : added) {
            trusts.push_back(arrival.trust);
            orders.push_back(arrival.order_id);
            records.push_back(std::move(arrival.record));
        }
        if (!answer_at_once) return unanswered.push_back(std::move(done));
        done(*answer_at_once ? Result<spool::Duplicates>(*answer_at_once) : Result<spool::Duplicates>(duplicates));
    }
    void check_duplicates(std::vector<spool::Arrival>, Checked checked) override { checked(duplicates); }
    void lease(spool::LeaseRequest, Leased) override {}
    void settle(std::vector<spool::Settlement>, Done) override {}
    void expire(std::string, Time, std::string, std::string, std::size_t, Expired) override {}
    void on_append(std::function<void()>) override {}
    bool has_journal() const noexcept override { return journal; }
    void note_dropped(std::vector<spool::DroppedEvent> events) override {
        for (auto& event : events) dropped.push_back(std::move(event));
    }
    spool::Ledger ledger() const override { return {}; }
    spool::Waiting waiting(const std::string&) const override { return {}; }
    void close() override {}
};

class CollectHandlerTest : public testing::Test {
protected:
    CollectHandlerTest() { configure({}); }

    void configure(const CollectSettings& settings, ConsentPolicy consent = ConsentPolicy::Respect,
                   AccessSettings access = {}, std::vector<Requirement> require = {}) {
        Route route{&destination, {}, {}, {}, consent, std::move(access)};
        route.require = std::move(require);
        serve(settings, {std::move(route)});
    }

    // As a reload does: what outlives a configuration stays.
    void serve(const CollectSettings& settings, std::vector<Route> routes) {
        handler =
            make_collect_handler(settings, std::move(routes), spool, metrics, *long_bodies, *proof_counts, logger);
    }

    static http::Request post(std::string body, std::string path = "/collect", std::string query = "") {
        http::Request request;
        request.method = "POST";
        request.path = std::move(path);
        request.query = std::move(query);
        request.body = std::move(body);
        request.peer_address = "203.0.113.7";
        request.headers = {{"Host", "shop.example"},
                           {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"},
                           {"Origin", "https://shop.example"}};
        return request;
    }

    std::optional<http::Response> refuse(const http::Request& head) {
        net::Notes notes;
        return handler->refuse(head, notes);
    }

    http::Response send(http::Request request) {
        std::optional<http::Response> response;
        begin(std::move(request), response);
        if (response) return *response;
        context.run();
        context.restart();
        return response.value_or(http::Response{});
    }

    // As a connection does it: the header first, then the whole.
    void begin(http::Request request, std::optional<http::Response>& response) {
        Begun& begun = begun_.emplace_back();
        begun.request = std::move(request);
        response = handler->refuse(begun.request, begun.notes);
        if (response) return;
        asio::co_spawn(context, handler->handle(begun.request, begun.notes),
                       [&response](std::exception_ptr failure, http::Response answer) {
                           if (failure) std::rethrow_exception(failure);
                           response = std::move(answer);
                       });
    }

    struct Begun {
        http::Request request;
        net::Notes notes;
    };
    std::list<Begun> begun_;  // none moves while it is answered

    test::FakeDestination destination{"fake"};
    HeldSpool spool;
    test::CountingMetrics metrics;
    test::SilentLogger logger;
    std::unique_ptr<ProofCounts> proof_counts = make_proof_counts();
    asio::io_context context{1};
    std::unique_ptr<net::Handler> handler;
    std::unique_ptr<LongBodies> long_bodies = make_long_bodies(logger);  // the last: its work needs all the others
};

}  // namespace pinrelay::ingest
