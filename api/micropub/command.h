// What a Micropub client asks for (https://www.w3.org/TR/micropub/, 3), out of a form or of JSON.
//
// Both ways mean the same: properties of microformats with lists of values. Threads: pure
// functions. Input may be any bytes; limits are those of queries and of JSON (api/routes/json.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/http/message.h"
#include "cms/document/data.h"

namespace stet::micropub {

// What is answered to a request that is none (3.8): a status, and words for `error`.
struct Fault {
  int status = 400;
  std::string error = "invalid_request";
  std::string description;
};

enum class Action { kCreate, kUpdate, kDelete, kUndelete };

struct Command {
  Action action = Action::kCreate;
  std::string url;                 // of all but creations
  document::Data::Map properties;  // of a creation, each a list; commands (mp-...) not among them
  document::Data::Map commands;    // "mp-slug", likewise
  // Of an update, each a list:
  document::Data::Map replaced, added, removed;
  std::vector<std::string> removed_names;  // properties as a whole
};

// `fields` as they came: "category[]" is "category" with another value. A token is passed over. A
// post that comes with files needs no other properties.
std::variant<Command, Fault> read_form(const http::Query& fields, bool has_files = false);
std::variant<Command, Fault> read_json(const document::Data& json);

// Adds a value to the list of that name.
void append(document::Data::Map& lists, std::string_view name, document::Data value);

// The first value of a list property where it is text; "" otherwise.
std::string first_text(const document::Data::Map& properties, std::string_view name);

}  // namespace stet::micropub
