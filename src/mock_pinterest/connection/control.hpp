#pragma once

#include <string>
#include <string_view>

#include "mock_pinterest/faults/script.hpp"
#include "mock_pinterest/journal/journal.hpp"

namespace pinrelay::mock {

// The mock's own pages, for tests and tools that are not linked with it.
bool is_control(std::string_view target) noexcept;

struct ControlAnswer {
    int status = 200;
    std::string body;  // JSON
};
ControlAnswer answer_control(std::string_view method, std::string_view target, std::string_view body, Journal& journal,
                             ScriptPlayer& script);

}  // namespace pinrelay::mock
