#include "outlets.hpp"

#include <utility>

#include "pinrelay/core/random.hpp"
#include "wiring.hpp"

namespace pinrelay::app {

Outlets::Made Outlets::make(const config::Config& config, const std::shared_ptr<const LiveConfiguration>& live) {
    Made made;
    for (const auto& destination : live->destinations) {
        Outlet outlet;
        outlet.live = live;
        outlet.client = net::make_tls_client(control_, client_options(config));
        auto& memory = memories_[destination->name()];
        if (!memory) memory = std::make_shared<deliver::AccountMemory>();
        deliver::DispatchParts parts{control_, *destination, spool_,          *outlet.client,
                                     metrics_, continuous_,  system_random(), deliver::steady_alarms(control_),
                                     logger_,  memory,       clocks_.likely,  clocks_.confirmed,
                                     &live_};
        outlet.dispatcher = deliver::make_dispatcher(std::move(parts), dispatch_options(config));
        made.push_back(std::move(outlet));
    }
    return made;
}

void Outlets::replace(Made made) {
    {
        const std::lock_guard lock(waking_);
        current_.swap(made);
    }
    for (auto old = made.begin(); old != made.end();) {
        const auto outlet = old++;
        retiring_.splice(retiring_.end(), made, outlet);
        retire(outlet);
    }
    for (auto& outlet : current_) outlet.dispatcher->start();
}

void Outlets::retire(std::list<Outlet>::iterator outlet) {
    outlet->dispatcher->retire([this, outlet] { retiring_.erase(outlet); });
}

void Outlets::wake_all() {
    const std::lock_guard lock(waking_);
    for (auto& outlet : current_) outlet.dispatcher->wake();
}

std::optional<deliver::AccountStatus> Outlets::status(const std::string& name) const {
    const auto found = memories_.find(name);
    if (found == memories_.end()) return std::nullopt;
    deliver::AccountStatus status = found->second->status();
    const auto jumped = system_now() - continuous_();
    for (auto* time : {&status.since, &status.next_try, &status.answered})
        if (*time) **time += jumped;
    return status;
}

void Outlets::stop(std::chrono::milliseconds grace, std::function<void()> stopped) {
    auto running = std::make_shared<std::size_t>(1);  // one for the loops below
    const auto one_less = [running, stopped = std::move(stopped)] {
        if (--*running == 0) stopped();
    };
    for (auto* outlets : {&current_, &retiring_})
        for (auto& outlet : *outlets) {
            ++*running;
            outlet.dispatcher->stop(grace, one_less);
        }
    one_less();
}

}  // namespace pinrelay::app
