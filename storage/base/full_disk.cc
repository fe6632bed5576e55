#include "storage/base/full_disk.h"

#include <algorithm>
#include <iterator>

namespace stet {
namespace {

constexpr std::string_view kWords[] = {"No space left on device",    // ENOSPC
                                       "Disk quota exceeded",        // EDQUOT
                                       "database or disk is full"};  // SQLITE_FULL

}  // namespace

bool is_of_full_disk(const Error& error) {
  return error.code == ErrorCode::kUnavailable &&
         std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view words) {
           return error.message.find(words) != std::string::npos;
         });
}

}  // namespace stet
