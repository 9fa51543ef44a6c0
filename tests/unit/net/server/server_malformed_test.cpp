#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fixtures/raw_client.hpp"
#include "fixtures/running_server.hpp"

namespace pinrelay::net {
namespace {

using test::body_of;
using test::count_answers;
using test::RawClient;
using test::RunningServer;
using test::status_of;
using namespace std::string_literals;  // bytes after a NUL count

struct Attack {
    std::string name;
    std::string bytes;
};

// What an attacker wants the next server in line to execute.
const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n";

std::string post(const std::string& fields, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n" + body;
}

// The header is otherwise right, so that only the attacked field decides.
std::vector<Attack> framing_attacks() {
    std::vector<Attack> attacks;
    const std::string chunks = "0\r\n\r\n";
    const auto length = "Content-Length: " + std::to_string(chunks.size() + hidden.size()) + "\r\n";
    const std::string te = "Transfer-Encoding: ";
    for (const char* coding : {"gzip",
                               "identity",
                               "chunked, gzip",
                               "gzip, chunked",
                               "chunked, identity",
                               "identity, chunked",
                               "chunked, chunked",
                               "xchunked",
                               "chunkedx",
                               "chunked;q=1",
                               "\"chunked\"",
                               "'chunked'",
                               "chunked,",
                               ",chunked",
                               "chunk",
                               "",
                               "CHUNKED, x",
                               "\x0b"
                               "chunked",
                               "chunked\x0c",
                               "x chunked"})
        attacks.push_back({std::string("coding ") + coding, post(te + coding + "\r\n", chunks + hidden)});
    for (const char* field :
         {"Transfer-Encoding : chunked", " Transfer-Encoding: chunked", "Transfer-Encoding\t: chunked",
          "X: y\r\n Transfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked", "X: y\nTransfer-Encoding: chunked",
          "X: y\rTransfer-Encoding: chunked", "Transfer Encoding: chunked"})
        attacks.push_back({field, post(std::string(field) + "\r\n", chunks + hidden)});
    attacks.push_back({"CL.TE", post(length + te + "chunked\r\n", chunks + hidden)});
    attacks.push_back({"TE.CL", post(te + "chunked\r\n" + length, chunks + hidden)});
    attacks.push_back({"TE.TE", post(te + "chunked\r\n" + te + "chunked\r\n", chunks + hidden)});
    attacks.push_back({"TE.TE odd", post(te + "chunked\r\n" + te + "x\r\n", chunks + hidden)});
    attacks.push_back({"odd TE, CL", post(te + "x\r\n" + length, chunks + hidden)});
    attacks.push_back({"TE in HTTP/1.0", "POST / HTTP/1.0\r\nHost: h\r\n" + te + "chunked\r\n\r\n" + chunks + hidden});
    for (const char* value : {"+5", "-5", "-0", "0x5", "5,5", "5, 6", "5 5", "5.0", "1e1", "", "five", "5;",
                              "99999999999999999999", "18446744073709551616", "\xd9\xa5", "5\x0b"})
        attacks.push_back(
            {std::string("length ") + value, post(std::string("Content-Length: ") + value + "\r\n", "hello" + hidden)});
    attacks.push_back({"two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello" + hidden)});
    attacks.push_back({"two equal lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello" + hidden)});
    return attacks;
}

std::vector<Attack> chunk_attacks() {
    std::vector<Attack> attacks;
    for (const char* body : {"x\r\n",
                             "-1\r\na\r\n0\r\n\r\n",
                             "+1\r\na\r\n0\r\n\r\n",
                             "0x1\r\na\r\n0\r\n\r\n",
                             " 1\r\na\r\n0\r\n\r\n",
                             "1 \r\na\r\n0\r\n\r\n",
                             "1\na\n0\n\n",
                             "1\r\nab\r\n0\r\n\r\n",
                             "1\r\na0\r\n\r\n",
                             "fffffffffffffffff\r\na\r\n",
                             "ffffffffffffffff\r\na\r\n",
                             "\r\n1\r\na\r\n0\r\n\r\n",
                             ";a\r\na\r\n0\r\n\r\n",
                             "1;=\r\na\r\n0\r\n\r\n",
                             "1;a\nb\r\na\r\n0\r\n\r\n",
                             "1\ra\r\n0\r\n\r\n",
                             "1\r\na\n0\r\n\r\n",
                             "1\r\na\r0\r\n\r\n",
                             "0\r\nno colon\r\n\r\n",
                             "0\r\nContent-Length: 9\r\n\r\n",
                             "0\r\n a: b\r\n\r\n",
                             "0\r\nTransfer-Encoding: chunked\r\n\r\n",
                             "1;a=\"b\r\na\r\n0\r\n\r\n",
                             "1;a=\"\n\"\r\na\r\n0\r\n\r\n",
                             "1;a=\"\x01\"\r\na\r\n0\r\n\r\n",
                             "1;a=\"\x7f\"\r\na\r\n0\r\n\r\n",
                             "1\r\na\r\n0;a=\"\n\"\r\n\r\n",
                             "0\r\n: a\r\n\r\n"})
        attacks.push_back({std::string("chunks ") + body, post("Transfer-Encoding: chunked\r\n", body + hidden)});
    const std::string flood(70'000, 'a');
    attacks.push_back(
        {"trailer of 70 kB", post("Transfer-Encoding: chunked\r\n", "0\r\nX: " + flood + "\r\n\r\n" + hidden)});
    attacks.push_back(
        {"extension of 70 kB", post("Transfer-Encoding: chunked\r\n", "1;" + flood + "\r\na\r\n0\r\n\r\n" + hidden)});
    attacks.push_back(
        {"size of 70 kB", post("Transfer-Encoding: chunked\r\n", std::string(70'000, '0') + "1\r\na\r\n0\r\n\r\n")});
    return attacks;
}

std::vector<Attack> line_attacks() {
    std::vector<Attack> attacks;
    const std::string rest = "\r\nHost: h\r\n\r\n";
    for (const char* line : {"GET / HTTP/2.0",
                             "GET / HTTP/1.2",
                             "GET / HTTP/0.9",
                             "GET / HTTP/9.9",
                             "GET / http/1.1",
                             "GET / HTTP/1.1.1",
                             "GET / HTTP/11",
                             "GET /",
                             "GET  / HTTP/1.1",
                             "GET /  HTTP/1.1",
                             "GET / HTTP/1.1 ",
                             " GET / HTTP/1.1",
                             "\tGET / HTTP/1.1",
                             "GET\t/\tHTTP/1.1",
                             "GET / x HTTP/1.1",
                             "GET * HTTP/1.1",
                             "GET a HTTP/1.1",
                             "GET ?a HTTP/1.1",
                             "CONNECT h:443 HTTP/1.1",
                             "GET http:// HTTP/1.1",
                             "GET http://u:p@h/ HTTP/1.1",
                             "GET /#a HTTP/1.1",
                             "GET /\x01 HTTP/1.1",
                             "GET /\x7f HTTP/1.1",
                             "GET /\xff HTTP/1.1",
                             "G(T / HTTP/1.1",
                             "G\x80T / HTTP/1.1",
                             " / HTTP/1.1",
                             "\r\n\r\nGET / HTTP/1.1",
                             "GET / HTTP/1.1\n",
                             "GET / HTTP/1.1\r",
                             "PRI * HTTP/2.0"})
        attacks.push_back({line, line + rest});
    for (const char* fields : {"",
                               "Host: a\r\nHost: a\r\n",
                               "Host: a\r\nHost: b\r\n",
                               "Host:\r\n",
                               "Host: a b\r\n",
                               "Host: a,b\r\n",
                               "Host: a@b\r\n",
                               "Host: http://a\r\n",
                               "Host: a/b\r\n",
                               "Host: a:x\r\n",
                               "Host : a\r\n",
                               "Host: a\r\n b\r\n",
                               "Host: a\r\nX\r\n",
                               "Host: a\r\n: x\r\n",
                               "Host: a\r\nX y: z\r\n",
                               "Host: a\r\nX: \x01\r\n",
                               "Host: a\r\nX: y\x7f\r\n",
                               "Host: a\r\nX: y\n",
                               "Host: a\n",
                               "Host: a\r\nX: y\rZ: z\r\n",
                               "Host: a\r\nExpect: tea\r\n"})
        attacks.push_back(
            {std::string("fields ") + fields, std::string("GET / HTTP/1.1\r\n") + fields + "\r\n" + hidden});
    attacks.push_back({"NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"s});
    attacks.push_back({"NUL in the line", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s});
    attacks.push_back({"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s});
    attacks.push_back({"binary noise", "\x00\xff\x80\x0d\x0a\x0d\x0a"s});
    attacks.push_back({"line of 70 kB", "GET /" + std::string(70'000, 'a') + " HTTP/1.1" + rest});
    attacks.push_back({"field of 70 kB", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(70'000, 'a') + "\r\n\r\n"});
    std::string many = "GET / HTTP/1.1\r\nHost: h\r\n";
    for (int i = 0; i < 3'000; ++i) many += "a:\r\n";
    attacks.push_back({"3,000 fields", many + "\r\n"});
    return attacks;
}

void expect_all_refused(const std::vector<Attack>& attacks) {
    RunningServer server;
    for (const auto& attack : attacks) {
        SCOPED_TRACE(attack.name);
        RawClient attacker(server.endpoint());

        attacker.send(attack.bytes);
        const std::string answers = attacker.receive_all();

        EXPECT_TRUE(attacker.closed());
        EXPECT_LE(count_answers(answers), 1u);
        EXPECT_TRUE(answers.empty() || status_of(answers) / 100 == 4) << answers;

        RawClient good(server.endpoint());
        good.send("POST /good HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok");
        EXPECT_EQ(body_of(good.receive_answer()), "POST /good|ok");
    }
    for (const auto& request : server.handler.seen()) EXPECT_EQ(request.path, "/good");
    EXPECT_EQ(server->stats().malformed_requests, attacks.size());
}

TEST(MalformedRequests, AmbiguousFramingNeverReachesAHandler) { expect_all_refused(framing_attacks()); }

TEST(MalformedRequests, BrokenChunksNeverReachAHandler) { expect_all_refused(chunk_attacks()); }

TEST(MalformedRequests, BrokenLinesAndFieldsNeverReachAHandler) { expect_all_refused(line_attacks()); }

TEST(MalformedRequests, LimitsHaveTheirOwnStatus) {
    struct Case {
        std::string bytes;
        int status;
    };
    const std::vector<Case> cases = {
        {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n", 414},
        {"GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
        {post("Content-Length: 2000000\r\n", ""), 413},
        {post("Transfer-Encoding: chunked\r\n", "1000000\r\n"), 413},
        {post("Expect: tea\r\n", ""), 417},
    };
    RunningServer server;

    for (const auto& [bytes, status] : cases) {
        RawClient client(server.endpoint());
        client.send(bytes);
        EXPECT_EQ(status_of(client.receive_all()), status);
    }
}

}  // namespace
}  // namespace pinrelay::net
