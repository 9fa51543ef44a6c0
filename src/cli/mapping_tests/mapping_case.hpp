#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "pinrelay/app/explainer.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::cli {

// A case of `pinrelay test`. Its text and views are valid as long as the arena that it was read into.
struct MappingCase {
    app::ToExplain request;
    model::Value expected;  // a list with one object for each event of the request
};

// Reads a case from JSON:
//   {"request": "a text as pinrelay explain takes it" or the body itself as JSON, "from": "198.51.100.7",
//    "headers": {"Name": "value"}, "expect": [{"status", "reason", "account", "pinterest": {…}, "absent":
//    ["custom_data.value"], "warnings": ["code"]}]}
// Or says what is wrong with it.
std::variant<MappingCase, std::string> read_mapping_case(std::string_view json, model::Arena& arena);

// How one event differs from what is expected: a line for each difference, for people. `event` is an event of the
// report. Of "pinterest" only the keys are compared that the case names. Pure.
std::vector<std::string> differences(const model::Value& expected, const model::Value& event);

// The case that holds now. The event's time is left out where it is the time of arrival.
std::string mapping_case_of(const app::ToExplain& request, const model::Value& explanation);

}  // namespace pinrelay::cli
