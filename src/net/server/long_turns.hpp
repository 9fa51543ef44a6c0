#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>

#include "pinrelay/http/message.hpp"

namespace pinrelay::net {

// Whether reading the body may take a worker milliseconds: it is long, or may become so when it is unpacked.
bool may_take_long(const http::Request& request) noexcept;

// Who of a worker's connections may be the next to take long. Several such requests that are ready at once would all go
// before whatever comes meanwhile; here each lets that go first. Touched only on the context's thread, so there is no
// lock; outlives those who wait.
class LongTurns {
public:
    explicit LongTurns(boost::asio::io_context& context) : context_(context) {}

    // Ends when all that was ready has had its turn. What the caller does before it next waits for anything is the
    // turn; the next one's begins after that, and after another look at the sockets.
    boost::asio::awaitable<void> next();

private:
    boost::asio::io_context& context_;
    std::shared_ptr<bool> taken_ = std::make_shared<bool>(false);  // may be given back when this is gone
};

}  // namespace pinrelay::net
