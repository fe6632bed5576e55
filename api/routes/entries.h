// Reading entries: one, and lists of them by filter, order and cursor.
//
// Front matter and bodies are as the files have them; what the site makes of them is asked for by
// `expand`. The ETag of one entry begins with the blob's id; an expansion adds a suffix of its own,
// for it depends on more than the file. Without a token, where the site allows that, there is what
// the site shows, by another tag. Threads: any.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "api/routes/call.h"
#include "api/routes/reading.h"
#include "cms/change/entry.h"

namespace stet::api {

Answer list_entries(const Call& call);
Answer read_entry(const Call& call);

struct Showing {
  bool url = false, html = false, excerpt = false, related = false, problems = false,
       derived = false;
  bool slots = false, clashes = false;  // of sessions
  bool is_expanded() const { return url || has_more_than_url(); }
  bool has_more_than_url() const {
    return html || excerpt || related || problems || derived || slots || clashes;
  }
};

// What `expand` says; 400 for words that it does not have, 401 for those that need a token.
std::variant<Showing, ProblemReport> showing_of(const Call& call);

// `bytes` are the file's; raw files are shown by them.
Json entry_json(const change::Entry& entry, const std::string& bytes);

// The entry is one of the reading's site.
void expand(const Call& call,
            const Reading& reading,
            const change::Entry& entry,
            const Showing& showing,
            Json& json);

}  // namespace stet::api
