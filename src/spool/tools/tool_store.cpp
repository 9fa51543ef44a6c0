#include "tool_store.hpp"

#include <chrono>
#include <system_error>

namespace pinrelay::spool {
namespace {

// A relay may be writing for long, but not for ever; a person waits.
constexpr std::chrono::seconds tool_patience{30};

const std::filesystem::path& existing(const std::filesystem::path& file) {
    if (std::error_code failed; !std::filesystem::exists(file, failed))
        throw std::runtime_error("there is no " + file.string());
    return file;
}

Connection& prepared(Connection& connection, Connection::Access access) {
    prepare_for_tool(connection);
    // A WAL whose sync failed may end in frames that only the page cache has: what is written behind them would be lost
    // with them. Copied into the database they are safe, and the WAL begins anew.
    if (access == Connection::Access::ReadWrite) connection.checkpoint(Connection::Checkpoint::Passive);
    connection.keep_wal(false);
    return connection;
}

}  // namespace

ToolStore::ToolStore(const std::filesystem::path& file, Connection::Access access)
    : connection_(existing(file), access, tool_patience),
      records_(prepared(connection_, access)),
      dead_letters_(connection_),
      ledger_(connection_),
      transactions_(connection_) {}

std::uint64_t ToolStore::bytes() {
    return static_cast<std::uint64_t>(
        connection_.number("SELECT (page_count - freelist_count) * page_size "
                           "FROM pragma_page_count, pragma_freelist_count, pragma_page_size"));
}

}  // namespace pinrelay::spool
