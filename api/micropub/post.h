// Properties of an h-entry as a post's front matter and body, and back.
//
//     name         title (of a note its first words)
//     content      the body; of {"html": ...} the HTML
//     category     tags
//     published    date
//     mp-slug      slug
//     post-status  draft: the post is a draft
//     visibility   public, and nowhere: what is for fewer to see is a fault
//
// All other properties stand in the front matter under their own names: photo with its alt,
// in-reply-to, nested objects, ... A list of one value stands there as the value. What an update
// does not name keeps its bytes. Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/micropub/command.h"
#include "storage/base/time.h"

namespace stet::micropub {

struct Post {
  document::Data front_matter = document::Data::Map();
  std::string body;
  bool is_draft = false;
};

// `now` is the date of a post that does not say its own.
std::variant<Post, Fault> post_of(const Command& command, const Time& now);

// What an update changes: RFC 7396.
struct Change {
  document::Data::Map patch;
  std::optional<std::string> body;
};
std::variant<Change, Fault> change_of(const Command& command, const Post& there);

// Each a list. `names`: those alone; empty: all.
document::Data::Map properties_of(const Post& post, const std::vector<std::string>& names);

}  // namespace stet::micropub
