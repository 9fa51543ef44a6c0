#pragma once

#include "pinrelay/http/message.hpp"

namespace pinrelay::ingest {

// The answer to a request whose events were taken or dropped for a counted reason, in the shape its client can use:
//   a Google tag that listens (`richsstsse`)       200, an event stream that asks for nothing more
//   GET by an image element, or of no JSON client  200, a transparent pixel, since an <img> takes a 204 for a failure
//   anything else                                  204
// None may be kept by a cache, which would swallow the next event.
http::Response accepted(const http::Request& request);

// Whether the client names application/json as what it wants, and does not add that anything else will do: clients that
// only list what they can read ("application/json, text/plain, */*") ask for nothing.
bool asks_for_json(const http::Request& request);

}  // namespace pinrelay::ingest
