#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "cli/admin_port.hpp"
#include "cli/spool/options.hpp"
#include "commands.hpp"
#include "event_line.hpp"
#include "server_sent_events.hpp"
#include "terminal.hpp"

namespace pinrelay::cli {
namespace {

constexpr std::chrono::seconds between_tries{1};

EventLines::Form form_of(const WatchOptions& options) {
    if (options.json) return EventLines::Form::Json;
    return takes_colour(STDOUT_FILENO) ? EventLines::Form::Coloured : EventLines::Form::Plain;
}

EventFilter filter_of(const WatchOptions& options) {
    return {options.event, options.account.empty() ? "" : destination_name(options.account), options.statuses};
}

// Until the stream ends.
void print_events(AdminStream& stream, SentEventReader& reader, EventLines& lines) {
    for (std::string line; stream.next_line(line);) {
        const auto sent = reader.take(line);
        const auto text = sent ? lines.line(*sent) : std::nullopt;
        if (!text) continue;
        if (std::fputs(text->c_str(), stdout) < 0 || std::fflush(stdout) != 0)
            throw std::runtime_error("the output could not be written");
    }
}

}  // namespace

int tail(const WatchOptions& options) {
    end_with_signals("");
    EventLines lines(filter_of(options), form_of(options));
    SentEventReader reader;
    bool was_connected = false;
    bool is_told = false;
    for (;; std::this_thread::sleep_for(between_tries)) {
        AdminStream stream(options.of_config, "/events/stream", reader.last_id());
        const auto& answer = stream.answer();
        if (answer.status == 200) {
            if (std::exchange(is_told, false)) std::fprintf(stderr, "pinrelay: connected again\n");
            was_connected = true;
            print_events(stream, reader, lines);
        } else if (!was_connected) {
            throw std::runtime_error(problem_of(answer));
        }
        if (std::exchange(is_told, true)) continue;
        std::fprintf(stderr, "pinrelay: the relay at %s has gone; waiting until it is back\n", answer.address.c_str());
    }
}

}  // namespace pinrelay::cli
