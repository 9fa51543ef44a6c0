#pragma once

#include <cstddef>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// An object built from paths, as forms that know no nesting write them: "user_data.address.0.city". Paths beyond
// `most` are passed over, so that comparing each key with its siblings stays cheap.
class DottedObject {
public:
    explicit DottedObject(std::size_t most) : left_(most) {}

    // Of two values for one path the last counts, and of a value and an object the object. A path of more than eight
    // parts is one key.
    void set(std::string_view path, model::Value value);

    bool empty() const noexcept { return root_.object()->empty(); }

    // The object, in which those whose keys are all numbers have become arrays in the order of these. Takes it out.
    model::Value take();

private:
    model::Value root_{model::Value::Object{}};
    std::size_t left_;
};

}  // namespace pinrelay::decode
