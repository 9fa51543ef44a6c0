#include "gtag_arguments.hpp"

#include <algorithm>
#include <array>

#include "decode/text/json_text.hpp"
#include "decode/text/scalar.hpp"
#include "pinrelay/decode/ignored.hpp"
#include "standing_words.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

constexpr std::string_view event_command = "event";
constexpr std::array<std::string_view, 6> commands = {event_command, "config", "set", "consent", "js", "get"};

const Value* argument(const Value& call, std::size_t index) {
    const Value* inside = call.find("arguments");  // what some tags put around them
    const Value::Array* list = inside != nullptr ? inside->array() : call.array();
    if (list != nullptr) return index < list->size() ? &(*list)[index] : nullptr;
    return call.find(std::to_string(index));
}

const std::string* command_of(const Value& call) {
    const Value* first = argument(call, 0);
    return first == nullptr ? nullptr : first->text();
}

}  // namespace

bool is_gtag_call(const Value& value) {
    const std::string* command = command_of(value);
    return command != nullptr && std::ranges::find(commands, *command) != commands.end();
}

std::variant<Value, Rejection, Ignored> event_of_gtag_call(const Value& call, const Reading& reading) {
    const std::string& pointer = reading.pointer;
    const std::string* command = command_of(call);
    if (command == nullptr || *command != event_command) {
        if (command != nullptr && reading.standing != nullptr)
            reading.standing->take_command(*command, argument(call, 1), argument(call, 2));
        return Ignored{ignored::gtag_command};
    }
    const Value* name = argument(call, 1);
    if (name == nullptr || name->is_null()) {
        return Rejection{RejectCode::NotAnEvent, pointer + "/1", "a gtag event call without a name"};
    }
    if (name->text() == nullptr)
        return Rejection{RejectCode::WrongType, pointer + "/1", "an event name must be a text"};
    const Value* parameters = argument(call, 2);
    const auto opened = parameters == nullptr ? std::nullopt : structure_in_text(*parameters);
    if (opened) parameters = &*opened;
    Value event = parameters != nullptr && parameters->object() != nullptr ? *parameters : Value(Value::Object{});
    event.set(event_command, Value(*name->text()));
    return event;
}

}  // namespace pinrelay::decode
