#pragma once

#include "ingest/visitor/client_address.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {

// Whether a program on this very machine sent the request, and no proxy brought it here: connection and client have a
// loopback address, the request has a loopback name as its Host, and no header that proxies write.
bool is_local(const Client& client, const http::Request& request);

}  // namespace pinrelay::ingest
