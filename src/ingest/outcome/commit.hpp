#pragma once

#include <boost/asio/awaitable.hpp>
#include <vector>

#include "pinrelay/core/result.hpp"
#include "pinrelay/spool/spool.hpp"

namespace pinrelay::ingest {

// Appends the records and resumes, on the caller's executor, when the commit that holds them is on disk.
// A worker is woken once for all its requests that one commit answers.
boost::asio::awaitable<Result<spool::Duplicates>> commit(spool::Spool& spool, std::vector<spool::Arrival> arrivals);

// What Spool::check_duplicates says, on the caller's executor.
boost::asio::awaitable<Result<spool::Duplicates>> check_duplicates(spool::Spool& spool,
                                                                   std::vector<spool::Arrival> arrivals);

}  // namespace pinrelay::ingest
