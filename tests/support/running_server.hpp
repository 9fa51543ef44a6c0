#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "pinrelay/http/server.hpp"
#include "test_logger.hpp"

namespace pinrelay::test {

// Answers what it was sent, remembers it, and misbehaves on request:
// /refused is refused by its header, /throw throws, /empty is a 204, everything else is "METHOD path?query|body".
class EchoHandler final : public http::Handler {
public:
    std::optional<http::Response> refuse(const http::Request& head) const override {
        if (head.path == "/refuse-throw") throw std::runtime_error("refuse");
        if (head.path != "/refused") return std::nullopt;
        return text(403, "not here");
    }

    boost::asio::awaitable<http::Response> handle(http::Request request) override {
        remember(request);
        if (request.path == "/throw") throw std::runtime_error("handle");
        if (request.path == "/empty") co_return text(204, "");
        std::string echo = request.method + " " + request.path;
        if (!request.query.empty()) echo += "?" + request.query;
        co_return text(200, echo + "|" + request.body);
    }

    std::vector<http::Request> seen() const {
        const std::lock_guard lock(mutex_);
        return seen_;
    }

private:
    static http::Response text(int status, std::string body) {
        http::Response response;
        response.status = status;
        response.body = std::move(body);
        return response;
    }

    void remember(const http::Request& request) {
        const std::lock_guard lock(mutex_);
        seen_.push_back(request);
    }

    mutable std::mutex mutex_;
    std::vector<http::Request> seen_;
};

// An http::Server on a free loopback port, with its workers' threads.
class RunningServer {
public:
    explicit RunningServer(http::ServerLimits limits = {}, std::size_t workers = 1,
                           const std::string& address = "127.0.0.1:0") {
        std::vector<boost::asio::io_context*> contexts;
        for (std::size_t i = 0; i < workers; ++i) {
            workers_.push_back(std::make_unique<Worker>());
            contexts.push_back(&workers_.back()->context);
        }
        server_ = http::listen(address, contexts, handler, limits, system_clock, logger);
        for (auto& worker : workers_) worker->thread = std::thread([context = &worker->context] { context->run(); });
    }

    ~RunningServer() {
        for (auto& worker : workers_) worker->context.stop();
        for (auto& worker : workers_) worker->thread.join();
    }

    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    http::Server& operator*() { return *server_; }
    http::Server* operator->() { return server_.get(); }
    boost::asio::ip::tcp::endpoint endpoint() const { return server_->endpoint(); }

    EchoHandler handler;
    TestLogger logger;

private:
    struct Worker {
        boost::asio::io_context context{1};
        boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
        std::thread thread;
    };

    static Time system_clock() {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }

    std::vector<std::unique_ptr<Worker>> workers_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace pinrelay::test
