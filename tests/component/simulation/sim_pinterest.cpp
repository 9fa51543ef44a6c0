#include "sim_pinterest.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "deliver/waiting/alarm_awaitable.hpp"

namespace pinrelay::simulation {
using nlohmann::json;

namespace {

using Reply = boost::system::result<http::Response, net::Failure>;

Reply failure(net::ClientErrc code, std::string reason) { return net::Failure{code, std::move(reason)}; }

http::Response answer(int status, const json& body, http::Headers headers = {}) {
    http::Response response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = body.dump();
    return response;
}

http::Response error(int status, int code, http::Headers headers = {}) {
    return answer(status, {{"code", code}, {"message", "simulated"}}, std::move(headers));
}

std::string id_of(const std::string& body) { return json::parse(body)["event_id"].get<std::string>(); }

bool holds(const std::string& id, std::string_view part) { return id.find(part) != std::string::npos; }

bool any_holds(const std::vector<std::string>& bodies, std::string_view part) {
    return std::ranges::any_of(bodies, [part](const auto& body) { return holds(id_of(body), part); });
}

}  // namespace

class SimClient final : public net::Client {
public:
    SimClient(SimPinterest& pinterest, boost::asio::io_context& context) : pinterest_(pinterest), context_(context) {}

    boost::asio::awaitable<Reply> send(http::Request request) override {
        pinterest_.requests.push_back(pinterest_.time_.now);
        std::vector<std::string> bodies;
        const json sent = json::parse(request.body);
        for (const auto& event : sent["data"]) bodies.push_back(event.dump());
        const auto plan = pinterest_.plan();
        const auto alarm = pinterest_.time_.alarms(context_)();
        const boost::asio::any_io_executor executor = context_.get_executor();
        if (plan.arrives && pinterest_.is_hushed(bodies)) {
            co_await deliver::async_sleep(executor, *alarm, pinterest_.timeout);
            co_return failure(net::ClientErrc::Ambiguous, "no answer in time");
        }
        const auto way = pinterest_.latency / 2 + std::chrono::milliseconds(pinterest_.pick(0, 50));
        co_await deliver::async_sleep(executor, *alarm, way);

        Reply reply = plan.arrives ? Reply(pinterest_.judge(bodies)) : Reply(http::Response{});
        if (plan.reply) {
            if (plan.arrives) pinterest_.note_unsure(bodies);
            reply = *plan.reply;
        }
        co_await deliver::async_sleep(executor, *alarm, way);
        co_return reply;
    }

private:
    SimPinterest& pinterest_;
    boost::asio::io_context& context_;
};

std::unique_ptr<net::Client> SimPinterest::connect(boost::asio::io_context& context) {
    return std::make_unique<SimClient>(*this, context);
}

SimPinterest::Plan SimPinterest::plan() {
    const auto lost = failure(net::ClientErrc::Ambiguous, "connection reset");
    switch (weather) {
        case Weather::Fair: return {true, std::nullopt};
        case Weather::Away: return {false, failure(net::ClientErrc::NotSent, "connection refused")};
        case Weather::Refusing: return {false, error(401, 2)};
        case Weather::Ambiguous: return {true, lost};
        case Weather::Broken: return {false, error(500, 1)};
        case Weather::Excusing: return {false, error(400, 2787)};
        case Weather::Alike: return {false, error(400, 99)};
        case Weather::Muddled: return {true, std::nullopt};
        case Weather::Flapping:
            if (pick(0, 99) >= failing_percent) return {true, std::nullopt};
            return {false, error(500, 1)};
        case Weather::Crowded:
            if (pick(0, 2) == 0) return {true, std::nullopt};
            return {false, error(429, 8, pick(0, 1) == 0 ? http::Headers{} : http::Headers{{"Retry-After", "7"}})};
        case Weather::Flaky: break;
    }
    switch (pick(0, 7)) {
        case 0: return {false, lost};
        case 1: return {true, lost};
        case 2: return {false, error(500, 1)};
        case 3: return {true, error(500, 1)};
        case 4: return {true, answer(200, "no object")};
        case 5: return {false, error(503, 4197)};
        default: return {true, std::nullopt};
    }
}

bool SimPinterest::is_hushed(const std::vector<std::string>& bodies) const {
    return !healed && any_holds(bodies, "hush");
}

http::Response SimPinterest::judge(const std::vector<std::string>& bodies) {
    if (!healed && any_holds(bodies, "boom")) return error(500, 1);
    if (!healed && any_holds(bodies, "vex")) return error(400, 2787);
    if (any_holds(bodies, "bad")) return error(400, 4196);
    http::Response usual = process(bodies);
    if (weather == Weather::Muddled) return muddle(std::move(usual), bodies);
    if (!any_holds(bodies, "odd")) return usual;
    note_unsure(bodies);
    return error(422, 953);
}

http::Response SimPinterest::process(const std::vector<std::string>& bodies) {
    json results = json::array();
    int processed = 0;
    for (const auto& body : bodies) {
        const bool good = process_one(body);
        results.push_back({{"status", good ? "processed" : "failed"}, {"error_message", good ? "" : "simulated"}});
        processed += good ? 1 : 0;
    }
    return answer(200,
                  {{"num_events_received", bodies.size()}, {"num_events_processed", processed}, {"events", results}});
}

// Counts may say anything beside entries that name each event; without these they are true, or absent.
http::Response SimPinterest::muddle(http::Response usual, const std::vector<std::string>& bodies) {
    json body = json::parse(usual.body);
    json& entries = body["events"];
    const int size = static_cast<int>(bodies.size());
    const bool is_complete = body["num_events_processed"] == size;
    bool is_clear = false;
    switch (pick(0, 6)) {
        case 0:
            body["num_events_processed"] = pick(-1, size + 1);
            body["num_events_received"] = pick(0, size + 1);
            is_clear = true;
            break;
        case 1: entries.erase(static_cast<std::size_t>(pick(0, size - 1))); break;
        case 2: entries.push_back({{"status", "processed"}}); break;
        case 3: entries[static_cast<std::size_t>(pick(0, size - 1))] = {{"status", "queued"}}; break;
        case 4:
            entries[static_cast<std::size_t>(pick(0, size - 1))] = {{"status", nullptr}};
            body.erase("num_events_processed");
            break;
        case 5: body.erase("events"); break;
        default: body.erase("num_events_received"); is_clear = true;
    }
    if (!is_clear) note_unsure(bodies);
    return answer(is_complete || pick(0, 1) == 0 ? 200 : 422, body);
}

bool SimPinterest::process_one(const std::string& body) {
    const std::string id = id_of(body);
    if (holds(id, "no") || holds(id, "odd")) return false;
    auto& account = events[id];
    if (account.processed++ == 0) account.first = time_.now;
    if (account.body.empty()) account.body = body;
    if (account.body != body) account.body = "changed";
    return true;
}

void SimPinterest::note_unsure(const std::vector<std::string>& bodies) {
    for (const auto& body : bodies)
        if (const auto event = events.find(id_of(body)); event != events.end()) ++event->second.unsure;
}

}  // namespace pinrelay::simulation
