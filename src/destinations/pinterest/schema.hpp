#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pinrelay/model/quality.hpp"
#include "pinrelay/model/value.hpp"
#include "place.hpp"

namespace pinrelay::destinations::pinterest {

enum class Type {
    Text,     // not empty
    Name,     // an event name: 1 to 100 letters, digits, '_' and '-'
    Decimal,  // text of a canonical decimal number of zero or more
    Whole,    // a JSON number without fraction or exponent
    Boolean,
    Choice,      // one of a fixed set of texts
    Texts,       // array of texts, not empty
    Digests,     // array of lower-case SHA-256 digests, not empty
    Closed,      // closed: no other keys than the table's
    ClosedList,  // array of such objects, not empty
};

// What becomes of a text that holds a person's data.
enum class Personal {
    LeftOut,
    Hashed,   // an id: its digest is as good an id
    Cleaned,  // nothing: its Make has taken the data out
};

struct Field;
class Scene;
class Notes;

// Makes the value of a key, in the scene's arena; nothing where the event has none.
using Make = std::optional<model::Value> (*)(const Field& field, Scene& scene, Notes& notes);

// The keys of one closed object.
struct Fields {
    const Field* first = nullptr;
    std::size_t count = 0;
    inline std::span<const Field> list() const noexcept;
};

// One key of Pinterest's event, and all that is known of it: what may stand there, in units of the type, and what it is
// made from.
struct Field {
    std::string_view key;
    Type type = Type::Text;
    std::int64_t max = std::numeric_limits<std::int64_t>::max();  // characters of a text, value of a number, entries
    std::int64_t min = 0;                                         // value of a number
    bool required = false;
    bool takes_own = false;  // an object: a sender of Pinterest's own form may fill keys that nothing else fills
    std::span<const std::string_view> choices = {};
    Fields fields = {};
    Place place = {};   // a parameter of the configuration sets what stands there, before the key is made
    Place origin = {};  // where the value comes from, for explanations, if not from `place`
    Personal personal = Personal::LeftOut;
    Make make = nullptr;  // null: the text at `place`, trimmed; a key without both is set by rules only
    // Which component of the event quality score it is, if any.
    std::optional<model::QualityComponent> component = std::nullopt;
    std::string_view rule = "as it came, without blanks at its ends";  // in words, for explanations and the documents

    // Whether the relay makes it. A key that it does not make is set by rules and by senders of Pinterest's own form.
    bool is_made() const noexcept { return make != nullptr || !std::holds_alternative<std::monostate>(place); }
};

std::span<const Field> Fields::list() const noexcept { return {first, count}; }

// The event object of POST /v5/ad_accounts/{id}/events, in the order in which its keys are written: the only place that
// knows the keys, their types, limits and sources. translate/event_table.cpp has the rows.
std::span<const Field> event_schema() noexcept;

// Behind the key of a list in a path: the key that follows is one of each object of the list.
inline constexpr std::string_view each_of_list = "[]";

// Finds the rows of an object's members one after the other. Finished objects are written in the table's order, so each
// search begins behind the row that was found last.
class FieldFinder {
public:
    explicit FieldFinder(std::span<const Field> fields) noexcept : fields_(fields) {}

    // Null pointer where no row has the key.
    const Field* find(std::string_view key) noexcept {
        for (std::size_t looked_at = 0; looked_at < fields_.size(); ++looked_at) {
            if (next_ == fields_.size()) next_ = 0;
            const Field& field = fields_[next_++];
            if (field.key == key) return &field;
        }
        return nullptr;
    }

private:
    std::span<const Field> fields_;
    std::size_t next_ = 0;
};

// The field at a dotted path ("custom_data.value", "event_source_url", "custom_data.contents[].item_brand"); null
// pointer where the schema has none.
const Field* find_field(std::string_view path) noexcept;

// The dotted path of a row of event_schema(), with no mark behind a list: "custom_data.contents.item_brand".
std::string path_of(const Field& field);

}  // namespace pinrelay::destinations::pinterest
