#pragma once

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "fixtures/scripted_peer.hpp"
#include "fixtures/test_certificates.hpp"
#include "pinrelay/net/client.hpp"

namespace pinrelay::net {

using ClientAnswer = boost::system::result<http::Response, Failure>;

inline const std::string ok_answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
inline const std::string local_names = "DNS:localhost,IP:127.0.0.1";

// A client and the loop it runs on. The authority is the one it trusts.
class TlsClientTest : public ::testing::Test {
protected:
    test::PeerOptions identity(const std::string& names = local_names) const {
        test::CertificateWish wish;
        wish.names = names;
        return {authority_.issue(wish)};
    }

    std::unique_ptr<Client> make_client(const std::string& origin) {
        ClientOptions options = options_;
        options.origin = origin;
        options.ca_file = ca_file_.path();
        return make_tls_client(context_, options);
    }

    ClientAnswer send(Client& client) {
        std::optional<ClientAnswer> answer;
        http::Request request;
        request.method = "POST";
        request.path = "/events";
        request.headers = {{"Authorization", "Bearer hush"}};
        request.body = "{}";
        boost::asio::co_spawn(
            context_, client.send(std::move(request)),
            [&answer](const std::exception_ptr&, ClientAnswer result) { answer = std::move(result); });
        context_.restart();
        context_.run();
        return *answer;
    }

    Failure send_failing(const std::string& origin) {
        const auto client = make_client(origin);
        const ClientAnswer answer = send(*client);
        return answer.has_error() ? answer.error() : Failure{ClientErrc{}, "it was answered"};
    }

    test::TestAuthority authority_;
    test::TemporaryFile ca_file_{authority_.certificate()};
    ClientOptions options_;
    boost::asio::io_context context_;
};

}  // namespace pinrelay::net
