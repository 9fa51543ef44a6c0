#pragma once

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "pinrelay/net/client.hpp"
#include "sim_time.hpp"

namespace pinrelay::simulation {

// How the way to Pinterest, and Pinterest, behave for a while.
enum class Weather {
    Fair,
    Away,       // no connection
    Flaky,      // of everything a little: resets before and after, 500 before and after, unreadable answers, time-outs
    Crowded,    // 429, some with a wish
    Refusing,   // 401
    Ambiguous,  // requests arrive, answers do not
    Broken,     // 500 for everything
    Excusing,   // 400 with the code that means Pinterest's own fault, for everything
    Alike,      // 400 with a code that nobody knows, for everything
    Muddled,    // all is processed, and the answers contradict themselves, though no single entry lies
    Flapping,   // 500 for `failing_percent` of all requests, whatever is in them
};

// What one event asks of it, by a text in its id: "bad" breaks any request that it is in (400); so does "odd", with a
// 422 after its neighbours were processed; "no" is failed by itself within a 200; with "boom" in it any request is a
// 500 and nothing of it is processed, with "vex" a 400 with the code that means Pinterest's own fault; with "hush" it
// gets no answer. Those three end where `healed` is set.
//
// Keeps account of what it processed, and of how often the relay could not know.
class SimPinterest {
public:
    SimPinterest(SimTime& time, unsigned seed) : time_(time), random_(seed) {}

    std::unique_ptr<net::Client> connect(boost::asio::io_context& context);

    struct Account {
        int processed = 0;
        int unsure = 0;  // times that it may have been processed and the relay was not told
        Time first{};
        std::string body;
    };

    Weather weather = Weather::Fair;
    std::chrono::milliseconds latency{150};
    std::chrono::milliseconds timeout{30'000};  // of a request that gets no answer
    int failing_percent = 30;
    bool healed = false;
    std::map<std::string, Account> events;
    std::vector<Time> requests;

    // The process was killed: who was processed and not settled is unsure.
    template <class Settled>
    void killed(Settled is_settled) {
        for (auto& [id, account] : events)
            if (!is_settled(id)) ++account.unsure;
    }

private:
    friend class SimClient;
    using Reply = boost::system::result<http::Response, net::Failure>;
    struct Plan {
        bool arrives = false;
        std::optional<Reply> reply;  // nothing: the usual answer
    };
    Plan plan();
    bool is_hushed(const std::vector<std::string>& bodies) const;
    http::Response judge(const std::vector<std::string>& bodies);
    http::Response process(const std::vector<std::string>& bodies);
    http::Response muddle(http::Response usual, const std::vector<std::string>& bodies);
    bool process_one(const std::string& body);
    void note_unsure(const std::vector<std::string>& bodies);
    int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

    SimTime& time_;
    std::mt19937 random_;
};

}  // namespace pinrelay::simulation
