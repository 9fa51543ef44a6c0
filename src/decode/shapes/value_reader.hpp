#pragma once

#include "decode/commands/standing_words.hpp"
#include "pinrelay/decode/decoder.hpp"
#include "reading.hpp"

namespace pinrelay::decode {

// Whether a value is an object without an event name that wraps events under `data`, `event_data` …
bool is_envelope(const model::Value& value);

// Reads the JSON values of one request, in their order: what one says for all holds for those after it. Each may be a
// Measurement Protocol request, an envelope or array of values, or an event. The bounds hold for all values together.
class ValueReader {
public:
    // `limits` and `arena` are lent.
    ValueReader(const DecodeLimits& limits, model::Arena& arena) : limits_(limits), standing_(arena) {}

    void read(const model::Value& value, const Reading& reading);

    // A member that was no value at all.
    void add(Rejection rejection);

    // Members that are not read for want of room.
    void add_surplus(std::size_t members) { surplus_ += members; }

    // What was read; a rejection of the whole request where that was too much.
    Decoded finish();

private:
    void read(const model::Value& value, const Reading& reading, unsigned level);
    void read_each(model::Value::Array list, const Reading& reading, unsigned level);
    void read_body(const model::Value& value, const Reading& reading);
    void open(const model::Value& closed, const Reading& reading, unsigned level);

    // Whether the source of each of `count` events may repeat `shared`.
    bool may_share(std::size_t count, const model::Value& shared);
    bool is_full() const noexcept { return members_.size() == limits_.events; }

    const DecodeLimits& limits_;
    Members members_;
    StandingWords standing_;
    std::size_t shared_bytes_ = 0;
    std::size_t surplus_ = 0;
};

}  // namespace pinrelay::decode
