#include "pinrelay/model/value.hpp"

#include <vector>

namespace pinrelay::model {

namespace {

// Writes a value depth first with a stack of its own, so that no document can exhaust the thread's.
class Writer {
public:
    explicit Writer(JsonWriter::Layout layout) : json_(layout) {}

    std::string write(const Value& root) {
        begin(root);
        while (!open_.empty()) step();
        return json_.take();
    }

private:
    struct Open {
        const Value* container;
        std::size_t next = 0;
    };

    void begin(const Value& value) {
        if (const auto text = value.text()) return json_.text(*text);
        if (const auto scalar = value.scalar_text()) return json_.raw(*scalar);
        if (value.is_null()) return json_.raw("null");
        value.is_array() ? json_.begin_array() : json_.begin_object();
        open_.push_back(Open{&value});
    }

    void step() {
        Open& top = open_.back();
        const auto items = top.container->items();
        const auto members = top.container->members();
        if (top.next == items.size() + members.size()) {
            top.container->is_array() ? json_.end_array() : json_.end_object();
            open_.pop_back();
            return;
        }
        const std::size_t at = top.next++;
        if (!items.empty()) return begin(items[at]);
        json_.key(members[at].key);
        begin(members[at].value);
    }

    JsonWriter json_;
    std::vector<Open> open_;
};

}  // namespace

std::string to_json(const Value& value, JsonWriter::Layout layout) { return Writer(layout).write(value); }

}  // namespace pinrelay::model
