#pragma once

#include <boost/system/result.hpp>

namespace pinrelay {

// A value or an error code. Each module whose callers branch on the error has an `enum class …Errc` of its own.
template <class T>
using Result = boost::system::result<T>;

using ErrorCode = boost::system::error_code;

}  // namespace pinrelay
