#include "pinrelay/admin/admin_handler.hpp"

#include <algorithm>
#include <array>

namespace pinrelay::admin {

namespace {

http::Response plain(int status, std::string body) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", "no-store"}}, std::move(body)};
}

class AdminHandler final : public http::Handler {
public:
    AdminHandler(metrics::Metrics& metrics, Readiness readiness)
        : metrics_(metrics), readiness_(std::move(readiness)) {}

    std::optional<http::Response> refuse(const http::Request& head) const override {
        if (find(head.path) == pages.end()) return http::error_response(404, "not_found", "", "no such path here");
        if (head.method == "GET" || head.method == "HEAD") return std::nullopt;
        auto response = http::error_response(405, "method_not_allowed", "", "use GET");
        response.headers.emplace_back("Allow", "GET, HEAD");
        return response;
    }

    boost::asio::awaitable<http::Response> handle(http::Request request) override {
        if (auto refusal = refuse(request)) co_return std::move(*refusal);
        co_return (this->*find(request.path)->answer)();
    }

private:
    struct Page {
        std::string_view path;
        http::Response (AdminHandler::*answer)() const;
    };

    http::Response health() const { return plain(200, "ok\n"); }

    http::Response ready() const {
        const auto reason = readiness_();
        return reason ? plain(503, *reason + "\n") : plain(200, "ready\n");
    }

    http::Response scrape() const {
        return {200,
                {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}},
                metrics_.render()};
    }

    static constexpr std::array pages = {Page{"/healthz", &AdminHandler::health}, Page{"/readyz", &AdminHandler::ready},
                                         Page{"/metrics", &AdminHandler::scrape}};

    static const Page* find(std::string_view path) noexcept { return std::ranges::find(pages, path, &Page::path); }

    metrics::Metrics& metrics_;
    const Readiness readiness_;
};

}  // namespace

std::unique_ptr<http::Handler> make_admin_handler(metrics::Metrics& metrics, Readiness readiness) {
    return std::make_unique<AdminHandler>(metrics, std::move(readiness));
}

}  // namespace pinrelay::admin
