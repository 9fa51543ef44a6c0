#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aliases.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "pinrelay/identity/person_values.hpp"
#include "pinrelay/model/event.hpp"
#include "pinrelay/model/origins.hpp"

namespace pinrelay::decode {

// A key without a meaning, and the known one that it resembles.
struct Misspelling {
    std::string key;        // flattened: "user_data_emial"
    std::string_view word;  // flattened; static
};

// What an event's objects say about each Field, found in one walk over their members. Holds pointers into the values
// that were read, which must stay where they are.
class Fields {
public:
    // `arena` is lent: for what stands as JSON text in a text.
    explicit Fields(model::Arena& arena, Explain explain = Explain::No)
        : arena_(&arena), sources_(explain == Explain::Yes ? static_cast<std::size_t>(Field::Count) : 0) {}

    // Reads the members of an object; anything else is passed over. Objects read with a lower `scope` win, then, within
    // one object, its own members over those of `eventModel`, these over `ecommerce` and then `custom_data`, and last
    // the order of the aliases. `prefix` is the flattened path at which the object stands ("user_data_address").
    // `where` is where it stands, for explanations: "params".
    void read(const model::Value& object, unsigned scope = 0, std::string_view prefix = {},
              std::string_view where = {});

    // Takes over what only `other` speaks of, its consent too. A field counts as spoken of where its sibling is: of a
    // digest and its clear text, of items and a list of ids, of user id and external id.
    void fill_from(const Fields& other);
    bool is_filled(Field field) const noexcept { return found(field).is_filled; }
    void forget_grants() noexcept;  // of its consent; an opt-out of sale stays
    void forget(Field field) noexcept { found_[static_cast<std::size_t>(field)] = {}; }

    // The strongest value that says something.
    const model::Value* find(Field field) const noexcept { return found(field).value; }
    std::optional<std::string_view> text(Field field) const;
    model::Texts texts(Field field) const;  // of Kind::List: those of the first hundred that say something
    identity::PersonValues person_values(Field field) const;  // the same, of a person: see PersonValues
    std::optional<bool> boolean(Field field) const;

    // Where the field was found, as the table of aliases writes it: "user_data.email". "" if it was not.
    std::string_view path(Field field) const noexcept { return found(field).path; }

    // Where the field was found, as it came: "ecommerce.transactionId". "" if it was not, or nothing is traced.
    const std::string& source(Field field) const noexcept;

    // The keys that came and had no meaning, as they came, but for those that other readers know. Empty if nothing is
    // traced.
    const std::vector<model::Origins::Unread>& unread() const noexcept { return unread_; }

    // A refusal stays, wherever it is said; only what an object calls the "default" gives way to other words.
    model::Consent consent() const;

    // Whether a key begins with x-ga-, in either spelling: only server containers write those.
    bool has_container_keys() const noexcept { return has_container_keys_; }

    // A value that stands under a key of the field and cannot be one: an address that no visitor can have, items that
    // are neither a list nor an object. Null pointer for most.
    struct Unusable {
        const model::Value* value = nullptr;
        std::string_view path;
    };
    const Unusable& unusable_address() const noexcept { return unusable_address_; }
    const Unusable& unusable_items() const noexcept { return unusable_items_; }

    // Keys that resemble a known one of which nothing else speaks.
    std::vector<Misspelling> misspellings() const;

private:
    struct Found {
        const model::Value* value = nullptr;
        std::uint32_t rank = 0;
        bool is_filled = false;
        std::string_view path;
    };

    const Found& found(Field field) const noexcept { return found_[static_cast<std::size_t>(field)]; }
    bool read_consent_of_any_name(const model::Value& value, unsigned level);
    void read_members(const model::Value& object, unsigned precedence, std::size_t prefix);
    void read_member(const model::Value& value, unsigned precedence);
    bool read_known(const Meaning* meaning, const model::Value& value, unsigned rank);
    bool read_snake_case(const model::Value& value, unsigned rank);
    bool read_lifted(const model::Value& value, unsigned precedence);
    void take(const Meaning& meaning, const model::Value& value, unsigned rank);
    void note_unusable(const Meaning& meaning, const model::Value& value);
    void note_unknown();
    void trace_member(const model::Value::Member& member, unsigned precedence);
    bool is_traced() const noexcept { return !sources_.empty(); }

    model::Arena* arena_;
    std::array<Found, static_cast<std::size_t>(Field::Count)> found_{};
    model::Consent consent_;
    model::Consent consent_default_;
    Unusable unusable_address_;
    Unusable unusable_items_;
    std::vector<Misspelling> misspellings_;
    std::size_t unknown_keys_ = 0;
    std::string key_;                   // flattened path of the member being read
    std::string came_;                  // its path as it came, while tracing
    std::vector<std::string> sources_;  // by field; empty where nothing is traced
    std::vector<model::Origins::Unread> unread_;
    bool has_container_keys_ = false;
};

}  // namespace pinrelay::decode
