#include "pinrelay/http/response_parser.hpp"

#include <algorithm>
#include <optional>

#include "beast_parser.hpp"
#include "pinrelay/core/ascii.hpp"

namespace pinrelay::http {
namespace beast = boost::beast;

namespace {

constexpr std::size_t header_limit = 32 * 1024;
constexpr std::size_t read_size = 16 * 1024;

class AnswerParser final : public BeastParser<false> {
public:
    explicit AnswerParser(Response& response) : BeastParser(response.headers, response.body), response_(response) {}

private:
    void on_response_impl(int status, Text, int, ErrorCode&) override { response_.status = status; }

    Response& response_;
};

// A length that two readers could read differently makes the end of the answer a guess.
bool has_clear_framing(const Response& response) {
    int codings = 0;
    int lengths = 0;
    for (const auto& [name, value] : response.headers) {
        if (ascii::equals_ignoring_case(name, "Transfer-Encoding"))
            codings += ascii::equals_ignoring_case(value, "chunked") ? 1 : 2;
        if (ascii::equals_ignoring_case(name, "Content-Length")) ++lengths;
    }
    return codings + lengths <= 1;
}

}  // namespace

class ResponseParser::Impl {
public:
    Impl(bool head_only, std::size_t body_limit)
        : head_only_(head_only), body_limit_(body_limit), buffer_(header_limit + read_size) {
        begin();
    }

    boost::asio::mutable_buffer prepare() {
        return buffer_.prepare(std::min(read_size, buffer_.max_size() - buffer_.size()));
    }

    void commit(std::size_t received) { buffer_.commit(received); }

    Progress advance() {
        while (!parser_->is_header_done()) {
            const Progress progress = advance_header();
            if (progress != Progress::Complete) return progress;
            if (is_interim()) begin();
        }
        switch (advance_body(*parser_, buffer_)) {
            case BodyProgress::NeedMore: return Progress::NeedMore;
            case BodyProgress::Complete: return Progress::Complete;
            case BodyProgress::TooLarge: return fail("its body is too large");
            case BodyProgress::Malformed: break;
        }
        return fail("its body is malformed");
    }

    Progress end_of_stream() {
        if (!parser_->is_header_done()) return fail("the peer closed the connection before the end of the header");
        ErrorCode ec;
        parser_->put_eof(ec);
        return ec ? fail("the peer closed the connection before the end of the body") : Progress::Complete;
    }

    bool keep_alive() const noexcept { return keep_alive_ && !has_surplus(); }
    bool has_surplus() const noexcept { return buffer_.size() > 0; }
    Response& response() noexcept { return response_; }
    std::string_view problem() const noexcept { return problem_; }

private:
    void begin() {
        response_ = Response{};
        parser_.emplace(response_);
        parser_->header_limit(header_limit);
        parser_->body_limit(body_limit_);
        parser_->skip(head_only_);
    }

    // Complete means: the header is.
    Progress advance_header() {
        if (buffer_.size() == 0) return Progress::NeedMore;
        ErrorCode ec;
        const std::size_t used = parser_->put(buffer_.data(), ec);
        buffer_.consume(used);
        header_size_ += used;  // Beast 1.81 limits what one call looks at, not their sum
        if (header_size_ > header_limit) return fail("its header is too large");
        if (ec == beast::http::error::need_more) return Progress::NeedMore;
        if (ec == beast::http::error::body_limit) return fail("its body is too large");
        if (ec == beast::http::error::header_limit) return fail("its header is too large");
        if (ec) return fail("its header is malformed");
        if (!parser_->is_header_done()) return Progress::NeedMore;
        if (!has_clear_framing(response_)) return fail("the length of its body is ambiguous");
        keep_alive_ = parser_->keep_alive();
        return Progress::Complete;
    }

    bool is_interim() const noexcept {
        constexpr int first_final = 200;
        return response_.status < first_final;
    }

    Progress fail(std::string_view problem) {
        problem_ = problem;
        return Progress::Malformed;
    }

    bool head_only_;
    std::size_t body_limit_;
    beast::flat_buffer buffer_;
    Response response_;
    std::size_t header_size_ = 0;  // with those of interim answers, which could follow each other for ever
    std::optional<AnswerParser> parser_;
    bool keep_alive_ = false;
    std::string_view problem_;
};

ResponseParser::ResponseParser(bool head_only, std::size_t body_limit)
    : impl_(std::make_unique<Impl>(head_only, body_limit)) {}
ResponseParser::~ResponseParser() = default;

boost::asio::mutable_buffer ResponseParser::prepare() { return impl_->prepare(); }
void ResponseParser::commit(std::size_t received) { impl_->commit(received); }
ResponseParser::Progress ResponseParser::advance() { return impl_->advance(); }
ResponseParser::Progress ResponseParser::end_of_stream() { return impl_->end_of_stream(); }
Response& ResponseParser::response() noexcept { return impl_->response(); }
bool ResponseParser::keep_alive() const noexcept { return impl_->keep_alive(); }
bool ResponseParser::has_surplus() const noexcept { return impl_->has_surplus(); }
std::string_view ResponseParser::problem() const noexcept { return impl_->problem(); }

}  // namespace pinrelay::http
