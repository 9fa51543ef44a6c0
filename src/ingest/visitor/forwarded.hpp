#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string_view>

namespace pinrelay::ingest {

// What one proxy says of whom it speaks for.
struct Hop {
    bool empty = false;                               // nothing stands there: two commas in a row
    std::optional<boost::asio::ip::address> address;  // nothing where it is hidden, unknown or garbage
};

// Takes the right-most element off the end of a `Forwarded` line (RFC 7239). `rest` is what stands left of it, and
// nothing once the line is used up. Reads from the right, so that no quote which a visitor opened further left changes
// how a proxy's own words are read.
Hop take_last_element(std::optional<std::string_view>& rest);

}  // namespace pinrelay::ingest
