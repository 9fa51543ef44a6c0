#pragma once

#include <cstddef>
#include <string_view>

#include "pinrelay/model/value.hpp"

namespace pinrelay::decode {

// An object built from paths, as forms that know no nesting write them: "user_data.address.0.city". Paths beyond
// `most` are passed over, so that comparing each key with its siblings stays cheap.
class DottedObject {
public:
    // `arena` is lent; what take() gives is in it.
    DottedObject(std::size_t most, model::Arena& arena) : arena_(arena), root_(arena), left_(most) {}

    // Of two values for one path the last counts, and of a value and an object the object. A path of more than eight
    // parts is one key.
    void set(std::string_view path, const model::Value& value);

    bool empty() const noexcept { return root_.empty(); }

    // The object, in which those whose keys are all numbers have become arrays in the order of these.
    model::Value value() const;

private:
    // A value, or an object of further nodes.
    struct Node;
    using Nodes = model::GrowingList<Node>;

    Node& member(Nodes& nodes, std::string_view key);
    model::Value object_of(const Nodes& nodes) const;
    model::Value value_of(const Node& node) const;

    model::Arena& arena_;
    Nodes root_;
    std::size_t left_;
};

}  // namespace pinrelay::decode
