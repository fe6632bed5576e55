// A place in a list, as text that a client hands back: behind a row, or before one.
//
// It holds the row's key (list_index.h) and a check of what the list was of, so that a cursor of
// another list or order is refused and not misunderstood. It names no version of the site: rows
// that come and go neither repeat nor skip others. Threads: pure functions. Input may be anything.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/routes/list_index.h"

namespace stet::api {

struct ListCursor {
  bool is_before = false;
  std::string key;
};

std::string encode(const ListCursor& cursor, const ListSpec& spec);
// None of what encode() did not make for a list of this resource in this order.
std::optional<ListCursor> decode_cursor(std::string_view text, const ListSpec& spec);

}  // namespace stet::api
