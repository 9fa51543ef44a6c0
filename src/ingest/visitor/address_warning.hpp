#pragma once

#include <optional>
#include <string_view>

#include "client_address.hpp"
#include "pinrelay/model/warning.hpp"

namespace pinrelay::ingest {

// What is wrong with the address of a visitor whose own browser sent the request: a proxy that is not trusted, a header
// that names nobody, an address that no visitor can have. Nothing where it can be sent.
std::optional<model::Warning> warning_about(const Client& client);

// The same for the log: without any visitor's address. `cause` is "" where nothing is wrong. Static texts.
struct AddressReport {
    std::string_view sentence;
    std::string_view cause;
    std::string_view advice;
};
AddressReport report_about(const Client& client);

}  // namespace pinrelay::ingest
