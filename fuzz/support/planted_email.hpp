#pragma once

#include <optional>
#include <string_view>

#include "pinrelay/http/message.hpp"

namespace pinrelay::fuzz {

// The request with an e-mail address in the place of one text of its JSON body, which one depends on the input: a
// fuzzer seldom writes one where it would matter. Nothing where the body is no JSON or holds no text.
std::optional<http::Request> with_planted_email(http::Request request, std::string_view input);

}  // namespace pinrelay::fuzz
