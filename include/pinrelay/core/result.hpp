#pragma once

#include <boost/system/result.hpp>

namespace pinrelay {

// A value or an error code. A module whose callers need to tell errors apart has its own `enum class …Errc`.
template <class T>
using Result = boost::system::result<T>;

using ErrorCode = boost::system::error_code;

}  // namespace pinrelay
