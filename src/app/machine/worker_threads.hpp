#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "pinrelay/core/logger.hpp"

namespace pinrelay::app {

// Contexts with one thread each. A handler that throws is logged and the loop goes on: no input may end the process.
class WorkerThreads {
public:
    // `name` is the threads' name as `top -H` shows it.
    WorkerThreads(std::string name, unsigned count, Logger& logger);
    ~WorkerThreads();
    WorkerThreads(const WorkerThreads&) = delete;
    WorkerThreads& operator=(const WorkerThreads&) = delete;

    std::vector<boost::asio::io_context*> contexts();

    void start();
    void stop_and_join();

private:
    struct Worker {
        boost::asio::io_context context{1};
        boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
        std::thread thread;
    };

    std::string name_;
    Logger& logger_;
    std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace pinrelay::app
