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
    const auto list = inside != nullptr ? inside->array() : call.array();
    if (list) return index < list->size() ? &(*list)[index] : nullptr;
    return call.find(std::to_string(index));
}

std::optional<std::string_view> command_of(const Value& call) {
    const Value* first = argument(call, 0);
    return first == nullptr ? std::nullopt : first->text();
}

}  // namespace

bool is_gtag_call(const Value& value) {
    const auto command = command_of(value);
    return command && std::ranges::find(commands, *command) != commands.end();
}

std::variant<Value, Rejection, Ignored> event_of_gtag_call(const Value& call, const Reading& reading) {
    const std::string& pointer = reading.pointer;
    const auto command = command_of(call);
    if (!command || *command != event_command) {
        if (command && reading.standing != nullptr)
            reading.standing->take_command(*command, argument(call, 1), argument(call, 2));
        return Ignored{ignored::gtag_command};
    }
    const Value* name = argument(call, 1);
    if (name == nullptr || name->is_null()) {
        return Rejection{RejectCode::NotAnEvent, pointer + "/1", "a gtag event call without a name"};
    }
    if (!name->is_text()) return Rejection{RejectCode::WrongType, pointer + "/1", "an event name must be a text"};
    const Value* parameters = argument(call, 2);
    const auto opened = parameters == nullptr ? std::nullopt : structure_in_text(*parameters, reading.arena);
    if (opened) parameters = &*opened;
    const Value event = parameters != nullptr && parameters->is_object() ? *parameters : Value(Value::Object{});
    return model::with_member(event, event_command, *name, reading.arena);
}

}  // namespace pinrelay::decode
