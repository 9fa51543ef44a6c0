#include "event_stream.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "event_json.hpp"
#include "pinrelay/core/json_writer.hpp"

namespace pinrelay::admin {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t most_at_once = 1000;  // entries in one piece
constexpr std::chrono::seconds heartbeat{15};
constexpr std::string_view heartbeat_line = ":\n\n";
constexpr std::string_view first_lines = "retry: 2000\n\n";  // milliseconds until a browser connects again

// The numbers of events by their keys, for what becomes of them. Of a fixed size: an old event gives its place to a
// newer one.
class RecentEvents {
public:
    void add(std::uint64_t key, std::uint64_t seq) { places_[key % places_.size()] = {key, seq}; }

    std::optional<std::uint64_t> find(std::uint64_t key) const {
        const auto& [known, seq] = places_[key % places_.size()];
        return known == key && seq != 0 ? std::optional(seq) : std::nullopt;
    }

private:
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places_{watch::LiveEvents::capacity};
};

class EventPieces final : public net::Pieces {
public:
    EventPieces(const watch::LiveEvents& live, watch::Cursor cursor, SteadyClock clock,
                std::shared_ptr<const int> place)
        : live_(live), cursor_(cursor), clock_(std::move(clock)), place_(std::move(place)), last_(clock_()) {}

    std::optional<std::string> next() override {
        const watch::Batch batch = live_.read(cursor_, most_at_once);
        std::string piece;
        if (batch.missed > 0) append(piece, "missed", "{\"count\":" + std::to_string(batch.missed) + "}");
        for (const watch::Kept& entry : batch.entries) append(piece, entry);
        const auto now = clock_();
        if (piece.empty() && now - last_ >= heartbeat) piece = heartbeat_line;
        if (!piece.empty()) last_ = now;
        return piece;
    }

private:
    static void append(std::string& piece, std::string_view type, std::string_view data) {
        piece.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
    }

    void append(std::string& piece, const watch::Kept& entry) {
        JsonWriter json;
        const auto key = key_of(entry);
        piece.append("id: ").append(std::to_string(entry.seq)).append("\n");
        if (watch::is_fate(entry.status)) {
            write_outcome(json, entry, recent_.find(*key));
            return append(piece, "outcome", json.take());
        }
        if (key) recent_.add(*key, entry.seq);
        write_event(json, entry);
        append(piece, "event", json.take());
    }

    const watch::LiveEvents& live_;
    watch::Cursor cursor_;
    const SteadyClock clock_;
    const std::shared_ptr<const int> place_;
    steady_clock::time_point last_;  // something was written
    RecentEvents recent_;
};

std::optional<std::uint64_t> last_seen(const http::Request& request) {
    const std::string* header = request.header("Last-Event-ID");
    const std::string text = header == nullptr ? request.query_value("since").value_or("") : *header;
    std::uint64_t seq = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), seq);
    return wrong == std::errc() && end == text.data() + text.size() ? std::optional(seq) : std::nullopt;
}

// A number from before a restart may be higher than any by now.
watch::Cursor first_of(const watch::LiveEvents& live, const http::Request& request) {
    watch::Cursor cursor = live.now();
    if (const auto seen = last_seen(request)) cursor.next = std::min(cursor.next, *seen + 1);
    return cursor;
}

}  // namespace

http::Response EventStreams::open(const watch::LiveEvents& live, const http::Request& request,
                                  net::Notes& notes) const {
    if (static_cast<std::size_t>(places_.use_count()) > most) {
        auto refusal = http::error_response(503, "too_many_streams", "", "too many watch already; try again later");
        refusal.headers.emplace_back("Retry-After", "10");
        return refusal;
    }
    if (!notes) notes = std::make_unique<net::HeadNotes>();
    notes->pieces = std::make_unique<EventPieces>(live, first_of(live, request), clock_, places_);
    return {200, {{"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}}, std::string(first_lines)};
}

}  // namespace pinrelay::admin
