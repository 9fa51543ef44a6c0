#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pinrelay::admin {

// Whether the `Host` of a request can be the relay's own admin port. A browser that was made to believe that the name
// of another site is this machine (DNS rebinding) still writes that name there, and such a name is one of the public
// DNS.
//
// Always: "localhost" and names below it, loopback addresses, the address that the port listens on, and the names in
// `configured` ("*.example.internal" for all below it). Only where the port listens beyond loopback: any address,
// names of one label ("relay", as containers are called), and names that the public DNS cannot have: below "svc",
// "local", "internal" and "home.arpa".
//
// `host` may have a port and a dot at its end. `listen` is an address and a port. Pure.
bool is_own_host(std::string_view host, std::string_view listen, const std::vector<std::string>& configured);

// Whether a port at this address, "127.0.0.1:9090", can be reached from this machine only. Pure.
bool listens_on_loopback(std::string_view listen);

}  // namespace pinrelay::admin
