#include "pinrelay/core/json_text.hpp"
#include "pinrelay/model/value.hpp"

namespace pinrelay::model {

namespace {

// Writes a value depth first with a stack of its own, so that no document can exhaust the thread's.
class Writer {
public:
    std::string write(const Value& root) {
        begin(root);
        while (!open_.empty()) step();
        return std::move(out_);
    }

private:
    struct Open {
        const Value* container;
        std::size_t next = 0;
    };

    void begin(const Value& value) {
        if (const auto* text = value.text()) return append_json_text(out_, *text);
        if (const auto* number = value.number()) return void(out_ += number->text);
        if (const auto* boolean = value.boolean()) return void(out_ += *boolean ? "true" : "false");
        if (value.is_null()) return void(out_ += "null");
        out_ += value.array() != nullptr ? '[' : '{';
        open_.push_back(Open{&value});
    }

    void step() {
        Open& top = open_.back();
        const auto* items = top.container->array();
        const auto* members = top.container->object();
        const std::size_t size = items != nullptr ? items->size() : members->size();
        if (top.next == size) {
            out_ += items != nullptr ? ']' : '}';
            open_.pop_back();
            return;
        }
        if (top.next > 0) out_ += ',';
        const std::size_t at = top.next++;
        if (items != nullptr) return begin((*items)[at]);
        append_json_text(out_, (*members)[at].key);
        out_ += ':';
        begin((*members)[at].value);
    }

    std::string out_;
    std::vector<Open> open_;
};

}  // namespace

std::string to_json(const Value& value) { return Writer().write(value); }

}  // namespace pinrelay::model
