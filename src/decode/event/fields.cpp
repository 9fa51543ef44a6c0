#include "fields.hpp"

#include <algorithm>
#include <iterator>
#include <span>

#include "consent.hpp"
#include "decode/text/json_text.hpp"
#include "decode/text/misspelling.hpp"
#include "decode/text/scalar.hpp"
#include "decode/text/snake_case.hpp"
#include "decode/text/visitor_address.hpp"
#include "event_name.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::decode {
namespace {

using model::Value;

// Objects whose members stand for the event's own, in order of precedence.
constexpr std::array<std::string_view, 3> lifted = {"eventModel", "ecommerce", "custom_data"};
constexpr unsigned precedences_per_scope = lifted.size() + 1;

// Two for each alias: as the table writes it, and in camel case.
constexpr unsigned ranks_per_precedence = 2 * ranks_of_a_field;

// Entries of a list that are looked at. A request may say a list once for thousands of events.
constexpr std::size_t most_texts = 100;

// Keys without a meaning that are looked at for slips of the finger; the rest of a longer event is not.
constexpr std::size_t most_unknown_keys = 200;
constexpr std::size_t most_misspellings = 5;

// Keys without a meaning that an explanation lists.
constexpr std::size_t most_unread = 50;
constexpr std::size_t longest_unread = 200;

// What names an event or holds its parts is read by those who find events.
bool is_read_elsewhere(std::string_view path) noexcept {
    constexpr std::array<std::string_view, 10> keys = {"debug",  "name", "params", "properties",      "context",
                                                       "traits", "type", "events", "user_properties", "ecommerce"};
    return is_name_key(path) || std::ranges::find(keys, path) != keys.end();
}

// Fields that say the same thing in two ways.
struct Siblings {
    Field one;
    Field other;
};
constexpr std::array siblings = {
    Siblings{Field::Email, Field::EmailDigest},         Siblings{Field::Phone, Field::PhoneDigest},
    Siblings{Field::FirstName, Field::FirstNameDigest}, Siblings{Field::LastName, Field::LastNameDigest},
    Siblings{Field::UserId, Field::ExternalId},         Siblings{Field::Items, Field::ContentIds},
    Siblings{Field::CustomerType, Field::NewCustomer},
};

bool is_structure(const Value& value) {
    if (const auto items = value.array()) return !items->empty();
    if (const auto members = value.object()) return !members->empty();
    const auto text = value.text();
    return text && begins_like_json(*text);
}

bool is_visitor_address(const Value& value) { return value.is_text() && visitor_address(*value.text()); }

bool holds_a_scalar(const Value& value) {
    const auto items = value.array();
    return !items ? is_present(value) : std::ranges::any_of(*items, is_present);
}

bool names_visitor(const Value& value) {
    if (const auto hops = value.array()) {
        const auto end = hops->begin() + static_cast<std::ptrdiff_t>(std::min(hops->size(), most_texts));
        return std::any_of(hops->begin(), end, is_visitor_address);
    }
    return is_visitor_address(value);
}

bool says_something(const Value& value, Kind kind) {
    if (kind == Kind::Scalar) return is_present(value);
    if (kind == Kind::Structure) return is_structure(value);
    if (kind == Kind::Address) return names_visitor(value);
    if (const auto items = value.array()) return std::ranges::any_of(*items, holds_a_scalar);
    return is_present(value);
}

// The first entries of a list, or the value itself.
std::span<const Value> beginning_of(const Value& value) {
    const auto list = value.array();
    return !list ? std::span(&value, 1) : list->first(std::min(list->size(), most_texts));
}

// A key of the list that is given to items alone. `contents` of a page may be anything.
bool is_a_list_of_items(std::string_view path) noexcept { return path != "contents"; }

}  // namespace

void Fields::read(const Value& object, unsigned scope, std::string_view prefix, std::string_view where) {
    key_ = prefix;
    if (is_traced()) came_ = where;
    read_members(object, scope * precedences_per_scope, prefix.size());
}

void Fields::read_members(const Value& object, unsigned precedence, std::size_t prefix) {
    const auto members = object.object();
    if (!members) return;
    for (const Value::Member& member : *members) {
        if (member.value.is_null()) continue;
        key_.resize(prefix);
        if (prefix != 0) key_ += '_';
        std::ranges::transform(member.key, std::back_inserter(key_), flattened_character);
        if (is_traced())
            trace_member(member, precedence);
        else
            read_member(member.value, precedence);
    }
}

void Fields::trace_member(const Value::Member& member, unsigned precedence) {
    const std::size_t above = came_.size();
    if (above != 0) came_ += '.';
    came_ += member.key;
    read_member(member.value, precedence);
    came_.resize(above);
}

const std::string& Fields::source(Field field) const noexcept {
    static const std::string none;
    return is_traced() && find(field) != nullptr ? sources_[static_cast<std::size_t>(field)] : none;
}

// The depth of this recursion is that of the alias paths: only objects that a path leads through are entered.
void Fields::read_member(const Value& value, unsigned precedence) {
    if (key_.starts_with("x_ga_")) has_container_keys_ = true;
    const unsigned rank = precedence * ranks_per_precedence;
    if (read_known(find_meaning(key_), value, rank)) return;
    if (read_lifted(value, precedence) || read_snake_case(value, rank) || read_consent_of_any_name(value, 0)) return;
    note_unknown();
}

bool Fields::read_known(const Meaning* meaning, const Value& value, unsigned rank) {
    if (meaning == nullptr) return false;
    if (meaning->is_field) take(*meaning, value, rank);
    if (meaning->is_container) read_members(value, rank / ranks_per_precedence, key_.size());
    if (meaning->is_container && value.is_array()) read_consent_of_any_name(value, 0);
    return true;
}

// {"google_consent":{"ad_storage":"denied"}}: a refusal must not depend on what a sender calls its object.
bool Fields::read_consent_of_any_name(const Value& value, unsigned level) {
    constexpr unsigned deepest = 3;
    if (level == deepest || (level == 0 && !ascii::contains_ignoring_case(key_, "consent"))) return false;
    const auto inside = structure_in_text(value, *arena_);
    const Value& object = inside ? *inside : value;
    bool is_read = false;
    const Value::Array list = object.items();
    for (std::size_t i = 0; i < std::min<std::size_t>(list.size(), purposes.size()); ++i)
        is_read |= read_consent_of_any_name(list[i], level + 1);
    for (const Value::Member& member : object.members()) {
        const std::string key = in_snake_case(member.key);
        const auto* const purpose =
            std::ranges::find_if(purposes, [&key](const Purpose& one) { return key == one.key; });
        if (purpose == purposes.end()) {
            is_read |= read_consent_of_any_name(member.value, level + 1);
            continue;
        }
        const model::Grant grant = grant_of(member.value);
        add_grant(consent_, *purpose, grant, said_of(purpose->key, grant));
        is_read = true;
    }
    return is_read;
}

bool Fields::read_snake_case(const Value& value, unsigned rank) {
    if (!has_upper_case(key_)) return false;
    std::string written = std::move(key_);
    key_ = in_snake_case(written);
    const bool is_known = read_known(find_meaning(key_), value, rank + 1) || read_consent_of_any_name(value, 0);
    if (!is_known) note_unknown();
    key_ = std::move(written);
    return true;
}

bool Fields::read_lifted(const Value& value, unsigned precedence) {
    if (precedence % precedences_per_scope != 0) return false;  // nothing is lifted twice
    for (unsigned i = 0; i < lifted.size(); ++i) {
        if (!key_.starts_with(lifted[i])) continue;
        if (key_.size() == lifted[i].size()) {
            read_members(value, precedence + i + 1, 0);
            return true;
        }
        if (key_[lifted[i].size()] != '_') continue;
        const Meaning* meaning = find_meaning(std::string_view(key_).substr(lifted[i].size() + 1));
        if (meaning == nullptr) continue;
        if (meaning->is_field) take(*meaning, value, (precedence + i + 1) * ranks_per_precedence);
        return true;
    }
    return false;
}

void Fields::take(const Meaning& meaning, const Value& value, unsigned rank) {
    if (meaning.kind == Kind::Consent) {
        const bool is_default = meaning.path.find(".default.") != std::string_view::npos;
        return add_consent(is_default ? consent_default_ : consent_, meaning.field, value, meaning.path);
    }
    Found& found = found_[static_cast<std::size_t>(meaning.field)];
    rank += 2U * meaning.rank;
    if (found.value != nullptr && found.rank < rank) return;
    if (!says_something(value, meaning.kind)) return note_unusable(meaning, value);
    found = {&value, rank, false, meaning.path};
    if (is_traced()) sources_[static_cast<std::size_t>(meaning.field)] = came_;
}

void Fields::note_unusable(const Meaning& meaning, const Value& value) {
    if (!is_present(value)) return;
    if (meaning.kind == Kind::Address) unusable_address_ = {&value, meaning.path};
    if (meaning.field == Field::Items && is_a_list_of_items(meaning.path)) unusable_items_ = {&value, meaning.path};
}

void Fields::note_unknown() {
    if (is_traced() && !is_read_elsewhere(came_) && unread_.size() < most_unread && came_.size() <= longest_unread)
        unread_.push_back({came_, std::string(meant_by(key_))});
    if (unknown_keys_ == most_unknown_keys || misspellings_.size() == most_misspellings) return;
    ++unknown_keys_;
    const std::string_view word = meant_by(key_);
    if (!word.empty()) misspellings_.push_back({key_, word});
}

void Fields::fill_from(const Fields& other) {
    std::array<bool, static_cast<std::size_t>(Field::Count)> spoken_of{};
    for (std::size_t i = 0; i < spoken_of.size(); ++i) spoken_of[i] = found_[i].value != nullptr;
    for (const auto& [one, sibling] : siblings) {
        const auto i = static_cast<std::size_t>(one);
        const auto j = static_cast<std::size_t>(sibling);
        spoken_of[i] = spoken_of[j] = spoken_of[i] || spoken_of[j];
    }
    for (std::size_t i = 0; i < spoken_of.size(); ++i) {
        if (spoken_of[i] || other.found_[i].value == nullptr) continue;
        found_[i] = other.found_[i];
        found_[i].is_filled = true;
        if (is_traced() && other.is_traced()) sources_[i] = other.sources_[i];
    }
    add_consent(consent_, other.consent_);
    add_consent(consent_default_, other.consent_default_);
}

void Fields::forget_grants() noexcept {
    const bool sale_opt_out = consent_.sale_opt_out;
    consent_ = {};
    consent_default_ = {};
    consent_.sale_opt_out = sale_opt_out;
}

model::Consent Fields::consent() const {
    model::Consent all = consent_;
    for (const Purpose& purpose : purposes) {
        if (all.*purpose.grant == model::Grant::Unset)
            add_grant(all, purpose, consent_default_.*purpose.grant, consent_default_.signal);
    }
    return all;
}

std::optional<std::string_view> Fields::text(Field field) const {
    const Value* value = find(field);
    return value == nullptr ? std::nullopt : value->scalar_text();
}

model::Texts Fields::texts(Field field) const {
    model::Texts result;
    const Value* value = find(field);
    if (value == nullptr) return result;
    for (const Value& one : beginning_of(*value))
        if (const auto text = present_text(one)) result.push_back(*text);
    return result;
}

identity::PersonValues Fields::person_values(Field field) const {
    identity::PersonValues result;
    const Value* value = find(field);
    if (value == nullptr) return result;
    const std::span<const Value> beginning = beginning_of(*value);
    for (const Value& one : beginning)
        if (const auto text = present_text(one)) result.add(*text);
    if (const auto list = value->array()) result.leave_out(list->size() - beginning.size());
    return result;
}

std::optional<bool> Fields::boolean(Field field) const {
    const Value* value = find(field);
    return value == nullptr ? std::nullopt : truth(*value);
}

std::vector<Misspelling> Fields::misspellings() const {
    std::vector<Misspelling> open;
    for (const Misspelling& one : misspellings_) {
        const Meaning* meaning = find_meaning(one.word);
        const bool is_known = meaning != nullptr && meaning->is_field && meaning->kind != Kind::Consent &&
                              find(meaning->field) != nullptr;
        const auto same = [&one](const Misspelling& other) { return other.key == one.key; };
        if (!is_known && std::ranges::none_of(open, same)) open.push_back(one);
    }
    return open;
}

}  // namespace pinrelay::decode
