#pragma once

#include <optional>

#include "client_address.hpp"
#include "pinrelay/model/warning.hpp"

namespace pinrelay::ingest {

// What is wrong with the address of a visitor whose own browser sent the request: a proxy that is not trusted, a header
// that names nobody, an address that no visitor can have. Nothing where it can be sent.
std::optional<model::Warning> warning_about(const Client& client);

// What an operator can do about it; "" where there is nothing.
std::string_view advice_about(AddressTrouble trouble) noexcept;

}  // namespace pinrelay::ingest
