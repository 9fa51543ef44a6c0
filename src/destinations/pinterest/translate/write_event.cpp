#include "write_event.hpp"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>
#include <variant>

#include "destinations/pinterest/key_path.hpp"
#include "destinations/pinterest/labels.hpp"
#include "destinations/pinterest/mapping/parameter_value.hpp"
#include "destinations/pinterest/mapping/parameters.hpp"
#include "destinations/pinterest/privacy/sweep.hpp"
#include "destinations/pinterest/scene/walk.hpp"
#include "destinations/pinterest/schema.hpp"
#include "essence.hpp"
#include "gate.hpp"
#include "leave_out.hpp"
#include "pinrelay/core/json_text.hpp"

namespace pinrelay::destinations::pinterest {
namespace {

using destination::Drop;
using model::Value;

constexpr std::size_t usual_size = 2048;  // of a body
constexpr std::size_t usual_identifiers = 96;

// Appends JSON to a text. Each member and each item begins with a comma; the bracket takes the place of the first.
class JsonText {
public:
    JsonText() { text_.reserve(usual_size); }

    std::size_t size() const noexcept { return text_.size(); }
    void cut(std::size_t size) { text_.resize(size); }

    // One of the table's: nothing to escape. In one piece, as there are many.
    void key(std::string_view key) {
        constexpr std::size_t size_around = 4;
        const std::size_t begin = text_.size();
        text_.resize(begin + key.size() + size_around, '"');
        text_[begin] = ',';
        std::ranges::copy(key, text_.begin() + static_cast<std::ptrdiff_t>(begin) + 2);
        text_.back() = ':';
    }

    // What is inside was appended since then.
    void enclose(std::size_t begin, char open, char close) {
        if (text_.size() == begin)
            text_ += open;
        else
            text_[begin] = open;
        text_ += close;
    }

    // The value fits the schema, so it is not deep.
    void value(const Value& value) {
        if (const auto text = value.text()) return append_json_text(text_, *text);
        if (const auto scalar = value.scalar_text()) {
            text_ += *scalar;
            return;
        }
        const std::size_t begin = text_.size();
        for (const Value& item : value.items()) {
            text_ += ',';
            this->value(item);
        }
        for (const Value::Member& member : value.members()) {
            key(member.key);
            this->value(member.value);
        }
        value.is_array() ? enclose(begin, '[', ']') : enclose(begin, '{', '}');
    }

    // Of texts in which nothing is to escape.
    void plain_list(Value::Array texts) {
        const std::size_t begin = text_.size();
        for (const Value& text : texts) {
            text_.append(",\"", 2);
            text_.append(*text.text());
            text_ += '"';
        }
        enclose(begin, '[', ']');
    }

    std::string take() {
        if (text_.capacity() > 2 * text_.size()) text_.shrink_to_fit();  // it may wait for long
        return std::move(text_);
    }

private:
    std::string text_;
};

class EventWriter {
public:
    EventWriter(Scene& scene, const std::vector<const ParameterRule*>& parameters, Notes& notes)
        : scene_(scene), parameters_(parameters), notes_(notes) {}

    WrittenEvent write() {
        identifiers_.reserve(usual_identifiers);
        object(event_schema(), nullptr, nullptr);
        WrittenEvent written{json_.take()};
        written.refused = refused();
        written.essence = essence_.essence(value_, currency_);
        written.quality = quality_;
        written.identifiers = std::move(identifiers_);
        written.content_name = content_name_;
        return written;
    }

private:
    void object(std::span<const Field> fields, const KeyPath* above, const Value* own) {
        const std::size_t begin = json_.size();
        for (const Field& field : fields) {
            const KeyPath place{above, field.key};
            if (field.type == Type::Closed)
                closed(field, place);
            else if (field.is_made() || own != nullptr || has_after_)
                key(field, place, own);
        }
        json_.enclose(begin, '{', '}');
    }

    // An object in which nothing is, is not written unless it is required.
    void closed(const Field& field, const KeyPath& place) {
        constexpr std::size_t size_of_empty = 2;
        const std::size_t before = json_.size();
        json_.key(field.key);
        const std::size_t begin = json_.size();
        object(field.fields.list(), &place, field.takes_own ? scene_.event.source.find(field.key) : nullptr);
        if (json_.size() == begin + size_of_empty && !field.required) json_.cut(before);
    }

    void key(const Field& field, const KeyPath& place, const Value* own) {
        const auto value = fitting(field, place, own);
        if (!value) {
            if (field.required && !missing_) missing_ = refused_for(field.key, "is required");
            return;
        }
        if (const char* wrong = field.required ? flaw(field, *value) : nullptr) {
            if (!flawed_) flawed_ = refused_for(field.key, wrong);
            return;
        }
        json_.key(field.key);
        field.type == Type::Digests ? json_.plain_list(value->items()) : json_.value(*value);
        if (field.component) quality_.add(*field.component);
        if (place.above != nullptr) note(place, *value);
    }

    // Only what is required can still be flawed.
    std::optional<Value> fitting(const Field& field, const KeyPath& place, const Value* own) {
        auto value = made(field, scene_, notes_);
        if (field.type == Type::Digests) return value;  // made by the relay alone, and right as it is
        if (!value && own != nullptr) value = own_value(field, place, *own);
        if (has_after_)
            if (const auto ruled = value_after(parameters_, field, scene_.event.source, scene_.arena, notes_))
                value = ruled;
        if (value) value = without_clear_text(field, *value, place, scene_.person, scene_.arena, notes_);
        if (!value || field.required || flaw(field, *value) == nullptr) return value;
        return without_flaws(field, *value, place, scene_.arena, notes_);
    }

    std::optional<Value> own_value(const Field& field, const KeyPath& place, const Value& own) {
        const Value* given = own.find(field.key);
        if (given == nullptr || given->is_null()) return std::nullopt;
        const auto value = converted(*given, field.type, scene_.arena);
        if (value && flaw(field, *value) == nullptr) {
            if (notes_.explains()) notes_.chose(place.text(), place.text(), "as it came, in Pinterest's own form");
            return value;
        }
        notes_.warn(warnings::field_invalid, place.text(), "the value does not fit the schema's type or limits");
        return std::nullopt;
    }

    void note(const KeyPath& place, const Value& value) {
        if (place.above->key == "user_data") {
            match_keys_.note(place.key);
            if (!identifiers_.empty()) identifiers_ += ' ';
            identifiers_ += place.key;
            essence_.add_of_person(place.key, value);
        } else if (place.is("custom_data.value")) {
            value_ = value.text().value_or("");
        } else if (place.is("custom_data.currency")) {
            currency_ = value.text().value_or("");
        } else if (place.is("custom_data.content_name")) {
            content_name_ = value.text().value_or("");
        }
    }

    std::optional<Drop> refused() {
        if (flawed_) return std::move(flawed_);
        return missing_ ? std::move(missing_) : refusal_of(match_keys_);
    }

    Scene& scene_;
    const std::vector<const ParameterRule*>& parameters_;
    const bool has_after_ = std::ranges::any_of(parameters_, [](const auto* rule) { return !acts_before(*rule); });
    Notes& notes_;
    JsonText json_;
    EssenceOfKeys essence_;
    model::Quality quality_;
    std::string identifiers_;
    MatchKeys match_keys_;
    std::optional<Drop> flawed_;   // the first required key with a flaw
    std::optional<Drop> missing_;  // the first required key that is absent
    std::string_view value_;
    std::string_view currency_;
    std::string_view content_name_;
};

// What the gate says of the body, read back.
[[maybe_unused]] bool is_refused_by_gate(const std::string& body) {
    model::Arena arena;
    const auto parsed = model::parse_json(body, arena);
    const auto* event = std::get_if<Value>(&parsed);
    return event == nullptr || refusal(*event).has_value();
}

}  // namespace

WrittenEvent write_event(Scene& scene, const std::vector<const ParameterRule*>& parameters, Notes& notes) {
    WrittenEvent written = EventWriter(scene, parameters, notes).write();
    assert(written.refused.has_value() == is_refused_by_gate(written.body));
    return written;
}

}  // namespace pinrelay::destinations::pinterest
