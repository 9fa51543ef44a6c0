#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "mock_pinterest/text.hpp"
#include "script.hpp"

namespace pinrelay::mock {
namespace {

using nlohmann::json;

// Every reader below says what is wrong with a value by throwing; the caller puts the key's place in front.
[[noreturn]] void refuse(const std::string& what) { throw std::invalid_argument(what); }

std::uint64_t whole(const json& value, std::uint64_t least, std::uint64_t most) {
    const auto* number = value.get_ptr<const json::number_unsigned_t*>();
    if (number == nullptr || *number < least || *number > most) {
        refuse("must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return *number;
}

std::string text(const json& value) {
    const auto* found = value.get_ptr<const std::string*>();
    if (found == nullptr) refuse("must be a text");
    return *found;
}

bool flag(const json& value) {
    if (!value.is_boolean()) refuse("must be true or false");
    return value.get<bool>();
}

const json& object(const json& value) {
    if (!value.is_object()) refuse("must be an object");
    return value;
}

std::chrono::milliseconds duration(const json& value) {
    const auto parsed = parse_duration(text(value));
    if (!parsed) refuse("must be a duration such as \"250ms\", \"2s\" or \"1m\"");
    return *parsed;
}

constexpr std::uint64_t any_number = std::numeric_limits<std::int64_t>::max();

// 3 is the third; [3, 5] the third to fifth; [3] the third and all after it.
NumberRange range(const json& value) {
    if (value.is_number()) return {whole(value, 1, any_number), whole(value, 1, any_number)};
    if (!value.is_array() || value.empty() || value.size() > 2) {
        refuse("must be a number, [first] or [first, last]");
    }
    NumberRange result{whole(value.front(), 1, any_number)};
    if (value.size() == 2) result.last = whole(value.back(), result.first, any_number);
    return result;
}

std::optional<std::uint64_t> times(const json& value) {
    if (value == "forever") return std::nullopt;
    if (!value.is_number_unsigned()) refuse("must be a whole number from 1 or \"forever\"");
    return whole(value, 1, any_number);
}

std::vector<std::size_t> indexes(const json& value) {
    if (!value.is_array()) refuse("must be a list of numbers from 0");
    std::vector<std::size_t> result;
    for (const json& item : value) result.push_back(whole(item, 0, any_number));
    return result;
}

std::map<std::string, std::string> headers(const json& value) {
    std::map<std::string, std::string> result;
    for (const auto& [name, item] : object(value).items()) result[name] = text(item);
    return result;
}

std::int64_t difference(const json& value) {
    constexpr std::int64_t most = 1000;
    const auto number = value.is_number_integer() ? value.get<std::int64_t>() : 0;
    if (number == 0 || number < -most || number > most) refuse("must be a whole number from -1000 to 1000, not 0");
    return number;
}

// A retry_after of 2 is as good as "2"; an HTTP date is a text.
std::string retry_after(const json& value) {
    return value.is_number() ? std::to_string(whole(value, 0, any_number)) : text(value);
}

struct ScriptKey {
    std::string_view name;
    void (*read)(const json&, Rule&);
    unsigned faults;  // one bit for each fault that the key means something to
};

template <class... Faults>
constexpr unsigned only(Faults... faults) {
    return ((1U << static_cast<unsigned>(faults)) | ...);
}
constexpr unsigned every_fault = ~0U;
constexpr unsigned but_handshakes = ~only(Fault::CloseHandshake);
constexpr unsigned with_choice_of_accepting =
    only(Fault::Status, Fault::Hang, Fault::HalfClose, Fault::Raw, Fault::MalformedBody, Fault::TruncatedBody);
constexpr unsigned with_answer = only(Fault::None, Fault::Status, Fault::FailEvents, Fault::MalformedBody,
                                      Fault::TruncatedBody, Fault::CountMismatch, Fault::CloseAfterAnswer, Fault::Raw);
constexpr unsigned with_delay = with_answer | only(Fault::ResetBefore, Fault::ResetAfter, Fault::HalfClose);
constexpr unsigned with_body = only(Fault::Status, Fault::MalformedBody, Fault::Raw);

constexpr std::array condition_keys = {
    ScriptKey{"account", [](const json& v, Rule& rule) { rule.account = text(v); }, but_handshakes},
    ScriptKey{"requests", [](const json& v, Rule& rule) { rule.requests = range(v); }, but_handshakes},
    ScriptKey{"connections", [](const json& v, Rule& rule) { rule.connections = range(v); }, every_fault},
    ScriptKey{"body_contains", [](const json& v, Rule& rule) { rule.body_contains = text(v); }, but_handshakes},
};

void read_keys(const json& source, Rule& rule, const std::string& place, const ScriptKey* keys, std::size_t count) {
    for (const auto& [name, value] : source.items()) {
        const std::string where = place + "." + name + ": ";
        const ScriptKey* key =
            std::find_if(keys, keys + count, [&name = name](const ScriptKey& row) { return row.name == name; });
        if (key == keys + count) throw std::invalid_argument(where + "unknown key");
        if ((key->faults & only(rule.fault)) == 0) {
            throw std::invalid_argument(where + "has no meaning with the fault \"" + std::string(name_of(rule.fault)) +
                                        "\"");
        }
        try {
            key->read(value, rule);
        } catch (const std::invalid_argument& problem) {
            throw std::invalid_argument(where + problem.what());
        }
    }
}

constexpr std::array rule_keys = {
    ScriptKey{"fault", [](const json&, Rule&) {}, every_fault},               // read before all others
    ScriptKey{"when", [](const json& v, Rule&) { object(v); }, every_fault},  // its keys are read after all others
    ScriptKey{"times", [](const json& v, Rule& rule) { rule.times = times(v); }, every_fault},
    ScriptKey{"accept", [](const json& v, Rule& rule) { rule.accept = flag(v); }, with_choice_of_accepting},
    ScriptKey{"delay", [](const json& v, Rule& rule) { rule.delay = duration(v); }, with_delay},
    ScriptKey{"drip",
              [](const json& v, Rule& rule) {
                  Drip drip;
                  if (const auto bytes = object(v).find("bytes"); bytes != v.end())
                      drip.bytes = whole(*bytes, 1, any_number);
                  if (const auto every = v.find("every"); every != v.end()) drip.every = duration(*every);
                  rule.drip = drip;
              },
              with_answer},
    ScriptKey{"status",
              [](const json& v, Rule& rule) {
                  rule.status = static_cast<int>(whole(v, 200, 599));
                  if (rule.fault == Fault::FailEvents && rule.status != 200 && rule.status != 422)
                      refuse("must be 200 or 422");
              },
              only(Fault::Status, Fault::FailEvents)},
    ScriptKey{"code", [](const json& v, Rule& rule) { rule.code = static_cast<int>(whole(v, 0, 99'999)); },
              only(Fault::Status)},
    ScriptKey{"body", [](const json& v, Rule& rule) { rule.body = v.is_string() ? text(v) : v.dump(); }, with_body},
    ScriptKey{"retry_after", [](const json& v, Rule& rule) { rule.retry_after = retry_after(v); }, only(Fault::Status)},
    ScriptKey{"rate_limit_reset", [](const json& v, Rule& rule) { rule.rate_limit_reset = whole(v, 0, any_number); },
              only(Fault::Status)},
    ScriptKey{"headers", [](const json& v, Rule& rule) { rule.headers = headers(v); }, only(Fault::Status)},
    ScriptKey{"echo_token", [](const json& v, Rule& rule) { rule.echo_token = flag(v); }, only(Fault::Status)},
    ScriptKey{"indexes", [](const json& v, Rule& rule) { rule.indexes = indexes(v); }, only(Fault::FailEvents)},
    ScriptKey{"event_id_contains", [](const json& v, Rule& rule) { rule.event_id_contains = text(v); },
              only(Fault::FailEvents)},
    ScriptKey{"message", [](const json& v, Rule& rule) { rule.message = text(v); }, only(Fault::FailEvents)},
    ScriptKey{"difference", [](const json& v, Rule& rule) { rule.difference = difference(v); },
              only(Fault::CountMismatch)},
};

Rule parse_rule(const json& source, const std::string& place) {
    if (!source.is_object()) throw std::invalid_argument(place + ": must be an object");
    const auto fault = source.find("fault");
    if (fault == source.end()) throw std::invalid_argument(place + ".fault: is missing");
    const auto* name = fault->get_ptr<const std::string*>();
    const auto known = name == nullptr ? std::nullopt : fault_named(*name);
    if (!known) throw std::invalid_argument(place + ".fault: is not the name of a fault");

    Rule rule;
    rule.fault = *known;
    if (rule.fault == Fault::FailEvents) rule.status = 200;
    read_keys(source, rule, place, rule_keys.data(), rule_keys.size());
    if (const auto when = source.find("when"); when != source.end()) {
        read_keys(*when, rule, place + ".when", condition_keys.data(), condition_keys.size());
    }
    return rule;
}

}  // namespace

Script parse_script(std::string_view source) {
    constexpr std::size_t deepest = 32;
    const json root =
        outline(source).depth > deepest ? json(json::value_t::discarded) : json::parse(source, nullptr, false);
    if (root.is_discarded()) throw std::invalid_argument("the script is no JSON");
    if (!root.is_object()) throw std::invalid_argument("the script must be an object");
    for (const auto& [name, value] : root.items()) {
        if (name != "rules") throw std::invalid_argument(name + ": unknown key");
    }
    const auto rules = root.find("rules");
    if (rules == root.end() || !rules->is_array()) throw std::invalid_argument("rules: must be a list of rules");
    Script script;
    for (std::size_t i = 0; i < rules->size(); ++i) {
        script.push_back(parse_rule((*rules)[i], "rules[" + std::to_string(i) + "]"));
    }
    return script;
}

}  // namespace pinrelay::mock
