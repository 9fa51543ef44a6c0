#pragma once

#include <algorithm>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "chunk_line.hpp"
#include "pinrelay/core/result.hpp"
#include "pinrelay/http/message.hpp"

namespace pinrelay::http {

// Beast's parser writing straight into our own fields and body: no second container of fields in between, so neither
// its copies nor its exceptions. Trailers are dropped: what is heard after the header can only be body.
template <bool is_request>
class BeastParser : public boost::beast::http::basic_parser<is_request> {
public:
    BeastParser(Headers& headers, std::string& body) : headers_(headers), body_(body) {}

    bool body_started() const noexcept { return body_started_; }

protected:
    using Text = boost::beast::string_view;

    static std::string_view view(Text text) { return {text.data(), text.size()}; }

    void on_request_impl(boost::beast::http::verb, Text, Text, int, ErrorCode&) override {}
    void on_response_impl(int, Text, int, ErrorCode&) override {}
    void on_header_impl(ErrorCode&) override {}
    void on_finish_impl(ErrorCode&) override {}

    void on_field_impl(boost::beast::http::field, Text name, Text value, ErrorCode&) override {
        if (!this->is_header_done()) headers_.emplace_back(view(name), view(value));
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
        // A body gets room as it arrives: an announced length alone costs no more memory than this.
        constexpr std::uint64_t trusted_length = 64 * 1024;
        if (length) body_.reserve(static_cast<std::size_t>(std::min(*length, trusted_length)));
    }

    std::size_t on_body_impl(Text body, ErrorCode&) override { return append(body); }

    void on_chunk_header_impl(std::uint64_t, Text extensions, ErrorCode& ec) override {
        body_started_ = true;
        if (!is_chunk_extension(view(extensions)))
            ec = boost::beast::http::make_error_code(boost::beast::http::error::bad_chunk_extension);
    }

    std::size_t on_chunk_body_impl(std::uint64_t, Text body, ErrorCode&) override { return append(body); }

private:
    std::size_t append(Text body) {
        body_started_ = true;
        body_.append(body.data(), body.size());
        return body.size();
    }

    Headers& headers_;
    std::string& body_;
    bool body_started_ = false;
};

template <class Allocator>
std::string_view bytes_of(const boost::beast::basic_flat_buffer<Allocator>& buffer) noexcept {
    return {static_cast<const char*>(buffer.data().data()), buffer.size()};
}

enum class BodyProgress { NeedMore, Complete, TooLarge, Malformed };

// Gives a parser whose header is done all that the buffer holds of the body.
template <bool is_request, class Buffer>
BodyProgress advance_body(BeastParser<is_request>& parser, Buffer& buffer) {
    using boost::beast::http::error;
    // The shortest thing left of a chunked body is "0\r\n\r\n". Given fewer bytes while it looks for the trailer, the
    // parser of Beast 1.81 ends a debug build by an assertion.
    constexpr std::size_t least_chunked_input = 5;

    if (parser.is_done()) return BodyProgress::Complete;
    if (buffer.size() < (parser.chunked() ? least_chunked_input : 1)) return BodyProgress::NeedMore;

    ErrorCode ec;
    parser.eager(true);
    buffer.consume(parser.put(buffer.data(), ec));
    if (parser.is_done()) return BodyProgress::Complete;
    if (ec == error::body_limit) return BodyProgress::TooLarge;
    if (ec && ec != error::need_more) return BodyProgress::Malformed;
    // Unused bytes of a chunked body are a chunk's line, or the last one and the trailer behind it.
    const bool endless = buffer.size() == buffer.max_size();
    const bool hopeless = parser.chunked() && !may_become_chunk_line(bytes_of(buffer));
    return endless || hopeless ? BodyProgress::Malformed : BodyProgress::NeedMore;
}

}  // namespace pinrelay::http
