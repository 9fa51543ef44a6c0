#pragma once

#include <string_view>

#include "pinrelay/http/message.hpp"
#include "pinrelay/model/event.hpp"

namespace pinrelay::decode {

// What an event's own form tells about who sent it.
struct FormSigns {
    bool measurement_protocol = false;  // made for servers
    bool container_keys = false;        // x-ga-*: a GTM server container's event data
    bool names_visitor = false;         // gives the visitor's address or user agent, which a page need not
};

// Who sent a request, and what told it: a static text for people.
struct SenderFound {
    model::Sender sender = model::Sender::Browser;
    std::string_view sign;
};

// Whether the visitor's own browser sent the request. In doubt it was a server: then only the match quality suffers,
// while the other mistake would pass off a server's address as the visitor's. First that holds:
//   Measurement Protocol or container keys            Server
//   Sec-Fetch-Site, which only browsers can send      Browser
//   the event names the visitor                       Server
//   no User-Agent, or that of a known HTTP library    Server
//   Origin, Cookie, or a User-Agent "Mozilla/…"       Browser
//   anything else                                     Server
SenderFound sender_of(const http::Request& request, const FormSigns& signs) noexcept;

}  // namespace pinrelay::decode
