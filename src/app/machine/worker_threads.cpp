#include "worker_threads.hpp"

#include <pthread.h>

#include <exception>

namespace pinrelay::app {
namespace {

void run_guarded(boost::asio::io_context& context, Logger& logger) {
    while (!context.stopped()) {
        try {
            context.run();
        } catch (const std::exception& failure) {
            logger.error("a handler threw; the loop goes on", {{"what", failure.what()}});
        }
    }
}

}  // namespace

WorkerThreads::WorkerThreads(std::string name, unsigned count, Logger& logger)
    : name_(std::move(name)), logger_(logger) {
    for (unsigned i = 0; i < count; ++i) workers_.push_back(std::make_unique<Worker>());
}

WorkerThreads::~WorkerThreads() { stop_and_join(); }

std::vector<boost::asio::io_context*> WorkerThreads::contexts() {
    std::vector<boost::asio::io_context*> result;
    for (auto& worker : workers_) result.push_back(&worker->context);
    return result;
}

void WorkerThreads::start() {
    for (auto& worker : workers_) {
        worker->thread = std::thread([this, context = &worker->context] { run_guarded(*context, logger_); });
        pthread_setname_np(worker->thread.native_handle(), name_.c_str());
    }
}

void WorkerThreads::stop_and_join() {
    for (auto& worker : workers_) worker->context.stop();
    for (auto& worker : workers_)
        if (worker->thread.joinable()) worker->thread.join();
}

}  // namespace pinrelay::app
