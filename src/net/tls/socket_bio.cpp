#include "socket_bio.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>

namespace pinrelay::net {
namespace {

SocketBytes& bytes_of(BIO* bio) { return *static_cast<SocketBytes*>(BIO_get_data(bio)); }

bool would_wait(ssize_t result) { return result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR); }

int send(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = ::send(bytes_of(bio).socket, data, static_cast<std::size_t>(size), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (would_wait(sent)) BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int receive(BIO* bio, char* room, int size) {
    BIO_clear_retry_flags(bio);
    SocketBytes& bytes = bytes_of(bio);
    if (!bytes.received.empty()) {
        const std::size_t count = bytes.received.copy(room, static_cast<std::size_t>(size));
        bytes.received.erase(0, count);
        return static_cast<int>(count);
    }
    const auto received = ::recv(bytes.socket, room, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (would_wait(received)) BIO_set_retry_read(bio);
    return static_cast<int>(received);
}

// Nothing is kept back, so a flush is done.
long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

using Method = std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)>;

Method make_method() {
    Method method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket of a connection"), BIO_meth_free);
    if (!method) throw std::bad_alloc();
    BIO_meth_set_write(method.get(), send);
    BIO_meth_set_read(method.get(), receive);
    BIO_meth_set_ctrl(method.get(), control);
    return method;
}

}  // namespace

BIO* make_socket_bio(SocketBytes& bytes) {
    static const Method method = make_method();
    BIO* const bio = BIO_new(method.get());
    if (bio == nullptr) throw std::bad_alloc();
    BIO_set_data(bio, &bytes);
    BIO_set_init(bio, 1);
    return bio;
}

}  // namespace pinrelay::net
