#pragma once

#include <cstddef>
#include <memory>

#include "pinrelay/core/logger.hpp"
#include "pinrelay/http/networks.hpp"

namespace pinrelay::ingest {

// Whose turn it is. Groups take turns, and within a group its clients: an IPv4 address is a group of its own, and all
// /64 networks of one IPv6 /48 are a group, so that nobody has more turns for having more networks.
struct Turn {
    http::ClientKey group = 0;
    http::ClientKey client = 0;
    friend bool operator==(const Turn&, const Turn&) = default;
};

// The thread on which long bodies are unpacked, decoded and judged, so that no thread that serves connections is held
// by one. It has a low priority (nice 5): while others have work it gets about a quarter of a processor, and all of
// one otherwise. One piece of work at a time; those that wait have their turn client by client.
//
// What waits is bounded by its bytes. A group may have as much waiting as is still free, and a client as much as then
// is left: so a few who fill the queue leave room for the next. Any thread may call it.
class LongBodies {
public:
    // Destroyed without having run where the thread is stopped first.
    class Work {
    public:
        Work() = default;
        Work(const Work&) = delete;
        Work& operator=(const Work&) = delete;
        virtual ~Work() = default;
        virtual void run() noexcept = 0;  // on the thread
    };

    virtual ~LongBodies() = default;

    // Takes the work, which weighs so many bytes. False where too much waits, or after `stop`; the work is then left
    // as it was.
    virtual bool submit(const Turn& turn, std::size_t bytes, std::unique_ptr<Work>& work) = 0;

    // Waits for the work that runs and destroys what waits. For the end of the process, after the threads that submit
    // have ended and before their contexts are destroyed.
    virtual void stop() = 0;
};

// `most_bytes`: of all that waits. `logger` is lent and outlives it.
std::unique_ptr<LongBodies> make_long_bodies(Logger& logger, std::size_t most_bytes = std::size_t{64} * 1024 * 1024);

}  // namespace pinrelay::ingest
