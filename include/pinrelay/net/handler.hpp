#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <memory>
#include <optional>
#include <string>

#include "pinrelay/http/message.hpp"
#include "pinrelay/http/refusal.hpp"

namespace pinrelay::net {

// The body of an answer that goes on for as long as there is something to send: server-sent events. Its connection
// queries it ten times a second, and never while a piece is still on its way: so nothing accumulates for a client that
// reads slowly. The answer has no length and ends with the connection.
class Pieces {
public:
    Pieces() = default;
    Pieces(const Pieces&) = delete;
    Pieces& operator=(const Pieces&) = delete;
    virtual ~Pieces() = default;

    // What there is since the last call; "" for nothing yet. Nothing at all: the answer ends. On the connection's
    // thread; must not block. An exception ends the answer.
    virtual std::optional<std::string> next() = 0;
};

// What a handler found out by the header of one request, and need not find out again for its body.
class HeadNotes {
public:
    HeadNotes() = default;
    HeadNotes(const HeadNotes&) = delete;
    HeadNotes& operator=(const HeadNotes&) = delete;
    virtual ~HeadNotes() = default;

    // Set by `handle` where its answer goes on: they follow the answer's body. They end with the connection, which may
    // be after the handler.
    std::unique_ptr<Pieces> pieces;
};
using Notes = std::unique_ptr<HeadNotes>;

// Answers the requests of one server. All workers call it at the same time: implementations are thread-safe.
class Handler {
public:
    virtual ~Handler() = default;

    // Whether a client may begin a TLS handshake, which costs as much as several requests. `client` is what its
    // requests will have as their peer. Called before any of that work; without the leave the connection is closed
    // without an answer.
    virtual bool admits_handshake(const boost::asio::ip::address& /*client*/) const noexcept { return true; }

    // Decides by the header alone (method, path, headers), before the body is read. The connection sends a response
    // at once and closes. Without a response the connection reads the body and calls `handle`. Should not throw: an
    // exception becomes an answer of 500. `notes`, empty at first, go to the same request's `handle`.
    virtual std::optional<http::Response> refuse(const http::Request& head, Notes& notes) const = 0;

    // Learns that the connection itself refused a request, which breaks a rule of HTTP or a limit of the server. The
    // answer is made by then. Must not throw.
    virtual void refused_by_connection(const http::Refusal& refusal) const noexcept = 0;

    // Answers a whole request. Runs on the worker's executor and may suspend. Should not throw: an exception becomes
    // an answer of 500. Request and notes are lent until the answer is there; the handler may change both. Notes are
    // empty where nobody called `refuse`.
    virtual boost::asio::awaitable<http::Response> handle(http::Request& request, Notes& notes) = 0;
};

}  // namespace pinrelay::net
