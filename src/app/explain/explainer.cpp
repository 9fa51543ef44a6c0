#include "pinrelay/app/explainer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <utility>
#include <vector>

#include "app/wiring.hpp"
#include "pasted_request.hpp"
#include "pinrelay/app/destinations.hpp"
#include "pinrelay/core/json_writer.hpp"
#include "pinrelay/core/version.hpp"
#include "pinrelay/ingest/collect_handler.hpp"
#include "pinrelay/ingest/drop_advice.hpp"
#include "pinrelay/model/value.hpp"
#include "pinrelay/spool/memory.hpp"

namespace pinrelay::app {
namespace asio = boost::asio;

namespace {

constexpr std::string_view this_machine = "127.0.0.1";
constexpr int first_refusal = 400;

// What somebody tries is nothing for the log.
class Silence final : public Logger {
public:
    bool enabled(LogLevel) const noexcept override { return false; }
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

// Without a limit: the operator is no sender.
ingest::CollectSettings settings_of(const config::Config& config) {
    ingest::CollectSettings settings = collect_settings(config, {});
    settings.debug = ingest::DebugAnswers::Operator;
    settings.requests_per_client.reset();
    return settings;
}

// Takes events of anybody.
config::Config without_authentication(config::Config config) {
    for (auto& account : config.accounts) {
        account.allow_origins.clear();
        account.allow_networks.clear();
        account.keys.clear();
        account.signing_keys.clear();
    }
    return config;
}

// A relay's pipeline up to its store, with a store of its own that stays empty.
class Pipeline {
public:
    explicit Pipeline(const config::Config& config)
        : destinations_(make_destinations(config)),
          handler_(ingest::make_collect_handler(settings_of(config), routes(config, destinations_), *spool_, *metrics_,
                                                *long_bodies_, *proof_counts_, silence_)) {}
    ~Pipeline() { long_bodies_->stop(); }
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    asio::awaitable<http::Response> answer(http::Request request) {
        request.query += request.query.empty() ? "debug=1" : "&debug=1";
        request.received = system_now();
        net::Notes notes;
        if (auto refusal = handler_->refuse(request, notes)) co_return std::move(*refusal);
        auto answering = handler_->handle(request, notes);
        co_return co_await std::move(answering);
    }

private:
    Silence silence_;
    std::unique_ptr<spool::Spool> spool_ = spool::make_memory_spool(system_now);
    std::unique_ptr<metrics::Metrics> metrics_ =
        metrics::make_metrics({[this] { return spool_->ledger(); }, [] { return metrics::ConnectionCounts(); },
                               system_now, std::string(version())});
    std::unique_ptr<ingest::LongBodies> long_bodies_ = ingest::make_long_bodies(silence_);
    std::unique_ptr<ingest::ProofCounts> proof_counts_ = ingest::make_proof_counts();
    std::vector<std::unique_ptr<destination::Destination>> destinations_;
    std::unique_ptr<net::Handler> handler_;
};

void write_request(JsonWriter& json, const PastedRequest& pasted) {
    json.key("request");
    json.begin_object();
    json.member("kind", pasted.kind);
    json.member("method", pasted.request.method);
    json.member("path", pasted.request.path);
    json.member("from", pasted.request.peer_address.value_or(""));
    json.end_object();
}

// The answer holds {"error":{"code",…}}.
std::string_view advice_about(const http::Response& answer, model::Arena& arena) {
    const auto parsed = model::parse_json(answer.body, arena);
    const auto* document = std::get_if<model::Value>(&parsed);
    const model::Value* code = document == nullptr ? nullptr : document->at_pointer("/error/code");
    return code == nullptr ? std::string_view() : ingest::advice_for(code->text().value_or("")).text;
}

void write_refusal(JsonWriter& json, const http::Response& answer) {
    json.key("refusal");
    json.begin_object();
    json.key("status");
    json.raw(std::to_string(answer.status));
    json.key("answer");
    json.raw(answer.body);
    model::Arena arena;
    json.member("advice", advice_about(answer, arena));
    json.end_object();
}

class OwnExplainer final : public Explainer {
public:
    explicit OwnExplainer(const config::Config& config)
        : path_(config.prefixes.empty() ? "/" : config.prefixes.front()),
          as_configured_(config),
          for_everybody_(without_authentication(config)) {}

    asio::awaitable<Explained> explain(ToExplain what) override {
        const Pasting pasting{path_, std::move(what.headers),
                              what.peer.empty() ? std::string(this_machine) : what.peer};
        auto pasted = request_of_text(what.text, pasting);
        if (const auto* problem = std::get_if<std::string>(&pasted)) co_return *problem;
        const auto& read = std::get<PastedRequest>(pasted);
        auto answering = as_configured_.answer(read.request);
        http::Response answer = co_await std::move(answering);
        JsonWriter json;
        json.begin_object();
        write_request(json, read);
        if (answer.status >= first_refusal) {
            write_refusal(json, answer);
            auto again = for_everybody_.answer(read.request);
            answer = co_await std::move(again);
        }
        if (answer.status < first_refusal) {
            json.key("report");
            json.raw(answer.body);
        }
        json.end_object();
        co_return Explanation{json.take()};
    }

private:
    std::string path_;
    Pipeline as_configured_;
    Pipeline for_everybody_;
};

}  // namespace

std::unique_ptr<Explainer> make_explainer(const config::Config& config) {
    return std::make_unique<OwnExplainer>(config);
}

Explained explain_now(const config::Config& config, ToExplain what) {
    OwnExplainer explainer(config);
    asio::io_context context;
    Explained result;
    std::exception_ptr failure;
    auto explaining = explainer.explain(std::move(what));
    asio::co_spawn(context, std::move(explaining), [&](std::exception_ptr thrown, Explained explained) {
        failure = std::move(thrown);
        result = std::move(explained);
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return result;
}

}  // namespace pinrelay::app
