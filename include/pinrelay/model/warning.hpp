#pragma once

#include <string>
#include <string_view>

namespace pinrelay::model {

// Something lost, guessed or changed in an event that is taken all the same: a value without currency, an e-mail
// without '@', a list of items of which one could not be read.
struct Warning {
    std::string_view code;  // static text, a metric label of a fixed set
    std::string field;      // the key as it came, or the destination's: "custom_data.value"
    std::string message;    // for people; holds no person's data
    friend bool operator==(const Warning&, const Warning&) = default;
};

}  // namespace pinrelay::model
