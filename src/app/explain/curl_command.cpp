#include "curl_command.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "bare_request.hpp"
#include "pinrelay/core/ascii.hpp"
#include "shell_words.hpp"

namespace pinrelay::app {
namespace {

enum class CurlOption { Header, Data, EncodedData, Method, UserAgent, Cookie, Referrer, Url, Other };

struct CurlRow {
    std::string_view name;
    CurlOption option;
};
// Those that take a value. What is not here takes none.
constexpr std::array curl_rows = {
    CurlRow{"-H", CurlOption::Header},         CurlRow{"--header", CurlOption::Header},
    CurlRow{"-d", CurlOption::Data},           CurlRow{"--data", CurlOption::Data},
    CurlRow{"--data-raw", CurlOption::Data},   CurlRow{"--data-binary", CurlOption::Data},
    CurlRow{"--data-ascii", CurlOption::Data}, CurlRow{"--json", CurlOption::Data},
    CurlRow{"-X", CurlOption::Method},         CurlRow{"--request", CurlOption::Method},
    CurlRow{"-A", CurlOption::UserAgent},      CurlRow{"--user-agent", CurlOption::UserAgent},
    CurlRow{"-b", CurlOption::Cookie},         CurlRow{"--cookie", CurlOption::Cookie},
    CurlRow{"-e", CurlOption::Referrer},       CurlRow{"--referer", CurlOption::Referrer},
    CurlRow{"--url", CurlOption::Url},         CurlRow{"-o", CurlOption::Other},
    CurlRow{"--output", CurlOption::Other},    CurlRow{"-w", CurlOption::Other},
    CurlRow{"-m", CurlOption::Other},          CurlRow{"--max-time", CurlOption::Other},
    CurlRow{"--resolve", CurlOption::Other},   CurlRow{"--data-urlencode", CurlOption::EncodedData},
};

struct Curl {
    http::Request request;
    std::string url;
    std::string data;
    bool has_data = false;
    bool has_method = false;
    std::string problem;
};

void take_data(Curl& curl, const std::string& value) {
    if (value.starts_with('@')) curl.problem = "the data of this curl command is in a file: paste the file's content";
    if (curl.has_data) curl.data += '&';
    curl.data += value;
    curl.has_data = true;
}

void take_header(Curl& curl, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    set_header(curl.request.headers, line.substr(0, colon), ascii::trimmed(line.substr(colon + 1)));
}

void take_option(Curl& curl, CurlOption option, const std::string& value) {
    auto& headers = curl.request.headers;
    switch (option) {
        case CurlOption::Header: return take_header(curl, value);
        case CurlOption::Data: return take_data(curl, value);
        case CurlOption::EncodedData: curl.problem = "--data-urlencode is not read: paste the body itself"; return;
        case CurlOption::Method:
            curl.request.method = value;
            curl.has_method = true;
            return;
        case CurlOption::UserAgent: return set_header(headers, "User-Agent", value);
        case CurlOption::Cookie: return set_header(headers, "Cookie", value);
        case CurlOption::Referrer: return set_header(headers, "Referer", value);
        case CurlOption::Url: curl.url = value; return;
        case CurlOption::Other: return;
    }
}

}  // namespace

std::variant<PastedRequest, std::string> request_of_curl(std::string_view command, const Pasting& pasting) {
    const auto words = shell_words(command);
    if (!words) return "this curl command has a quote that is not closed";
    Curl curl{bare_request(pasting), {}, {}, false, false, {}};
    set_header(curl.request.headers, "User-Agent", "curl/8");
    for (std::size_t i = 1; i < words->size(); ++i) {
        const std::string& word = (*words)[i];
        const auto* const row = std::ranges::find(curl_rows, std::string_view(word), &CurlRow::name);
        if (row != curl_rows.end() && i + 1 < words->size())
            take_option(curl, row->option, (*words)[++i]);
        else if (!word.starts_with('-') && is_url(word))
            curl.url = word;
    }
    if (!curl.problem.empty()) return curl.problem;
    if (!curl.has_method) curl.request.method = curl.has_data ? "POST" : "GET";
    take_url(curl.url, curl.request);
    curl.request.body = std::move(curl.data);
    add_headers(curl.request, pasting);
    return PastedRequest{std::move(curl.request), "a curl command"};
}

}  // namespace pinrelay::app
