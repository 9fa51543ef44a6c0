#pragma once

#include <cstddef>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// An object built from paths, as forms that know no nesting write them: "user_data.address.0.city". Paths beyond
// `most` are passed over, so that comparing each key with its siblings stays cheap.
class DottedObject {
public:
    // The arena is lent.
    DottedObject(std::size_t most, model::Arena& arena) noexcept : arena_(arena), left_(most) {}

    // Of two values for one path the last counts, and of a value and an object the object. A path of more than eight
    // parts is one key. The path is lent, and the value is a scalar.
    void set(std::string_view path, const model::Value& value);

    bool empty() const noexcept { return root_.last == nullptr; }

    // The object, in which those whose keys are all numbers have become arrays in the order of these.
    model::Value value() const;

private:
    // One key with its value or, once there is a path below it, with its members: a list from the last to the first.
    struct Node {
        std::string_view key{};
        model::Value value{};
        bool is_object = false;
        std::size_t members = 0;
        Node* last = nullptr;
        Node* before = nullptr;
    };

    Node& member(Node& object, std::string_view key);
    model::Value value_of(const Node& node) const;
    model::Value object_of(const Node& node) const;
    model::Value array_of(const Node& node) const;

    model::Arena& arena_;
    Node root_{.is_object = true};
    std::size_t left_;
};

}  // namespace pinrelay::decode
