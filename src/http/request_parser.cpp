#include "pinrelay/http/request_parser.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "beast_parser.hpp"
#include "head_scanner.hpp"
#include "pinrelay/http/wipe.hpp"

namespace pinrelay::http {
namespace beast = boost::beast;

namespace {

constexpr std::size_t read_in_head = 4 * 1024;
constexpr std::size_t read_in_body = 16 * 1024;
constexpr std::size_t usual_field_count = 16;

class MessageParser final : public BeastParser<true> {
public:
    explicit MessageParser(Request& request) : BeastParser(request.headers, request.body), request_(request) {}

    std::string_view target() const noexcept { return target_; }
    Version version() const noexcept { return version_; }

private:
    void on_request_impl(beast::http::verb, Text method, Text target, int version, ErrorCode&) override {
        constexpr int http10 = 10;
        request_.method = view(method);
        target_ = view(target);
        version_ = version == http10 ? Version::Http10 : Version::Http11;
        request_.headers.reserve(usual_field_count);
    }

    Request& request_;
    std::string target_;
    Version version_ = Version::Http11;
};

}  // namespace

class RequestParser::Impl {
public:
    explicit Impl(const ParserLimits& limits)
        : limits_(limits),
          scanner_(limits.header_bytes, limits.header_fields),
          buffer_(limits.header_bytes + read_in_body) {
        next();
    }
    ~Impl() { wipe(request_); }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void next() {
        wipe(request_);
        scanner_ = HeadScanner(limits_.header_bytes, limits_.header_fields);
        request_ = Request{};
        framing_ = Framing{};
        head_done_ = false;
        blank_line_skipped_ = false;
        parser_.emplace(request_);
        parser_->header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
        parser_->body_limit(limits_.body_bytes);
        if (buffer_.size() == 0) wipe_buffer();
        // An idle connection holds no more than one small read.
        if (buffer_.size() == 0 && buffer_.capacity() > read_in_head) buffer_.shrink_to_fit();
    }

    boost::asio::mutable_buffer prepare() {
        const std::size_t room = buffer_.max_size() - buffer_.size();
        return buffer_.prepare(std::min(room, head_done_ ? read_in_body : read_in_head));
    }

    void commit(std::size_t received) {
        buffer_.commit(received);
        used_ += received;
    }

    Progress advance() { return head_done_ ? read_body() : advance_head(); }

    std::string_view unread() const noexcept { return received(); }
    void skip(std::size_t size) { buffer_.consume(size); }

    bool started() const noexcept { return head_done_ || buffer_.size() > 0; }
    bool body_started() const noexcept { return parser_->body_started() || buffer_.size() > 0; }
    Request& request() noexcept { return request_; }
    const Framing& framing() const noexcept { return framing_; }
    Version version() const noexcept { return parser_->version(); }
    bool keep_alive() const noexcept { return keep_alive_; }
    const Refusal& refusal() const noexcept { return refusal_; }

private:
    std::string_view received() const noexcept { return bytes_of(buffer_); }

    // What is used begins at the front, since the buffer goes back there whenever it is empty.
    void wipe_buffer() noexcept {
        const auto room = buffer_.prepare(buffer_.capacity());
        wipe(room.data(), std::min(used_, room.size()));
        used_ = 0;
    }

    Progress refuse(const Refusal& why) {
        refusal_ = why;
        return Progress::Refused;
    }

    // RFC 9112 2.2: some clients end a body by a line break too many.
    bool skip_blank_line() {
        if (blank_line_skipped_) return true;
        if (received() == "\r") return false;
        blank_line_skipped_ = true;
        if (received().starts_with("\r\n")) buffer_.consume(2);
        return true;
    }

    Progress advance_head() {
        if (buffer_.size() == 0 || !skip_blank_line()) return Progress::NeedMore;
        const auto state = scanner_.scan(received());
        if (state == HeadScanner::State::Refused) return refuse(scanner_.refusal());
        if (state == HeadScanner::State::NeedMore) return Progress::NeedMore;

        ErrorCode ec;
        const std::size_t size = scanner_.size();
        parser_->eager(false);
        const std::size_t used = parser_->put(boost::asio::const_buffer(received().data(), size), ec);
        if (ec == beast::http::error::body_limit) return refuse(refusals::body_too_large);
        if (ec || used != size || !parser_->is_header_done()) return refuse(refusals::header);
        buffer_.consume(size);
        return judge_head();
    }

    Progress judge_head() {
        if (!split_target(parser_->target(), request_.path, request_.query)) return refuse(refusals::target);
        auto framing = judge_framing(parser_->version(), request_.headers, refusal_);
        if (!framing) return Progress::Refused;
        framing_ = *framing;
        keep_alive_ = parser_->keep_alive();
        head_done_ = true;
        return Progress::Head;
    }

    Progress read_body() {
        switch (advance_body(*parser_, buffer_)) {
            case BodyProgress::NeedMore: return Progress::NeedMore;
            case BodyProgress::Complete: return Progress::Complete;
            case BodyProgress::TooLarge: return refuse(refusals::body_too_large);
            case BodyProgress::Malformed: break;
        }
        return refuse(refusals::chunk);
    }

    ParserLimits limits_;
    HeadScanner scanner_;
    beast::basic_flat_buffer<WipingAllocator<char>> buffer_;
    std::size_t used_ = 0;  // bytes received since the buffer was wiped
    Request request_;
    std::optional<MessageParser> parser_;
    Framing framing_;
    Refusal refusal_;
    bool head_done_ = false;
    bool blank_line_skipped_ = false;
    bool keep_alive_ = false;
};

RequestParser::RequestParser(const ParserLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;

boost::asio::mutable_buffer RequestParser::prepare() { return impl_->prepare(); }
void RequestParser::commit(std::size_t received) { impl_->commit(received); }
RequestParser::Progress RequestParser::advance() { return impl_->advance(); }
std::string_view RequestParser::unread() const noexcept { return impl_->unread(); }
void RequestParser::skip(std::size_t size) { impl_->skip(size); }
void RequestParser::next() { impl_->next(); }
bool RequestParser::started() const noexcept { return impl_->started(); }
bool RequestParser::body_started() const noexcept { return impl_->body_started(); }
Request& RequestParser::request() noexcept { return impl_->request(); }
const Framing& RequestParser::framing() const noexcept { return impl_->framing(); }
Version RequestParser::version() const noexcept { return impl_->version(); }
bool RequestParser::keep_alive() const noexcept { return impl_->keep_alive(); }
const Refusal& RequestParser::refusal() const noexcept { return impl_->refusal(); }

}  // namespace pinrelay::http
