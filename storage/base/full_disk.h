// Whether an error's cause is a disk without room, or a quota that is used up.
//
// Of libgit2, of SQLite and of git's processes nothing comes through but their words, so these are
// what is looked at; our own errors have the system's words too (error_of_errno). Threads: any.
#pragma once

#include "storage/base/result.h"

namespace stet {

bool is_of_full_disk(const Error& error);

}  // namespace stet
