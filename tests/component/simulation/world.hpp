#pragma once

#include <boost/asio/io_context.hpp>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "fixtures/counting_metrics.hpp"
#include "fixtures/test_logger.hpp"
#include "pinrelay/deliver/dispatcher.hpp"
#include "pinrelay/destinations/pinterest/pinterest.hpp"
#include "sim_pinterest.hpp"
#include "sim_spool.hpp"
#include "sim_time.hpp"

namespace pinrelay::simulation {

// "prefix7", "prefix8" …: `count` ids from that number on.
std::vector<std::string> named(const std::string& prefix, int first, int count);

enum class Batches { Usual, Small };  // of a thousand events, or of twenty

// The relay's own delivery for one account, with simulated time, store and Pinterest around it.
class World {
public:
    explicit World(unsigned seed, Batches batches = Batches::Usual);
    ~World() { kill(); }

    void start();
    void kill();         // at this very moment
    void reconfigure();  // another dispatcher takes over, with other options
    void stop(std::chrono::milliseconds grace);

    void pass(std::chrono::milliseconds length) { time.run_until(*context_, time.now + length); }

    // As the collect handler does; the id says what Pinterest will make of it.
    void append(const std::vector<std::string>& ids, std::chrono::seconds age = 0s, bool offline = false);

    deliver::AccountStatus status() const { return memory_->status(); }
    spool::Counts counts() const { return spool.ledger().total(); }
    bool is_settled(const std::string& id) const;

    SimTime time;
    SimPinterest pinterest;
    SimSpool spool;
    deliver::DispatchOptions options;
    test::CountingMetrics metrics;
    test::TestLogger logger;
    std::unique_ptr<destination::Destination> destination;

private:
    struct Outlet {
        std::unique_ptr<net::Client> client;
        std::unique_ptr<deliver::Dispatcher> dispatcher;
    };
    Outlet make_outlet();

    std::mt19937 random_;
    std::unique_ptr<boost::asio::io_context> context_;
    std::shared_ptr<deliver::AccountMemory> memory_;  // for as long as the process lives
    std::list<Outlet> outlets_;                       // the last one is in force, the others were retired
};

}  // namespace pinrelay::simulation
