#include "world.hpp"

namespace pinrelay::simulation {
namespace {

destinations::pinterest::Settings settings(Batches batches) {
    destinations::pinterest::Settings settings;
    settings.ad_account_id = "549755885175";
    settings.access_token = Secret("simulated");
    settings.test_mode = batches == Batches::Small;
    return settings;
}

}  // namespace

std::vector<std::string> named(const std::string& prefix, int first, int count) {
    std::vector<std::string> ids;
    for (int i = first; i < first + count; ++i) ids.push_back(prefix + std::to_string(i));
    return ids;
}

World::World(unsigned seed, Batches batches)
    : pinterest(time, seed),
      spool(time, seed),
      destination(destinations::pinterest::make_pinterest(settings(batches))),
      random_(seed) {
    spool.on_append([this] {
        if (!outlets_.empty()) outlets_.back().dispatcher->wake();
    });
}

World::Outlet World::make_outlet() {
    Outlet outlet;
    outlet.client = pinterest.connect(*context_);
    deliver::DispatchParts parts{*context_,
                                 *destination,
                                 spool,
                                 *outlet.client,
                                 metrics,
                                 time.clock(),
                                 [this] { return std::uniform_real_distribution<double>(0, 1)(random_); },
                                 time.alarms(*context_),
                                 logger,
                                 memory_};
    outlet.dispatcher = deliver::make_dispatcher(std::move(parts), options);
    return outlet;
}

void World::start() {
    context_ = std::make_unique<boost::asio::io_context>(1);
    memory_ = std::make_shared<deliver::AccountMemory>();
    outlets_.push_back(make_outlet());
    outlets_.back().dispatcher->start();
}

void World::kill() {
    if (!context_) return;
    pinterest.killed([this](const std::string& id) { return is_settled(id); });
    time.forget_all();
    outlets_.clear();
    context_.reset();
    spool.restart();
}

void World::reconfigure() {
    const auto old = std::prev(outlets_.end());
    old->dispatcher->retire([this, old] { outlets_.erase(old); });
    outlets_.push_back(make_outlet());
    outlets_.back().dispatcher->start();
}

void World::stop(std::chrono::milliseconds grace) {
    std::size_t running = outlets_.size();
    for (auto& outlet : outlets_) outlet.dispatcher->stop(grace, [&running] { --running; });
    while (running > 0) pass(100ms);
    kill();  // the process ends
}

void World::append(const std::vector<std::string>& ids, std::chrono::seconds age, bool offline) {
    std::vector<spool::Arrival> arrivals;
    for (const auto& id : ids) {
        model::Record record;
        record.destination = destination->name();
        record.event_name = record.event_label = "checkout";
        record.event_id = id;
        record.event_time = time.now - age;
        record.deduplicated = !offline;
        record.body = R"({"event_id":")" + id + R"("})";
        arrivals.push_back({std::move(record)});
    }
    spool.append(std::move(arrivals), nullptr);
}

bool World::is_settled(const std::string& id) const { return spool.is_settled(id); }

}  // namespace pinrelay::simulation
