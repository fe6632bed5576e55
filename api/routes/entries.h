// Reading entries: one, and lists of them by filter, order and cursor.
//
// Front matter and bodies are as the files have them; what the site makes of them is asked for by
// `expand`. The ETag of one entry begins with the blob's id; an expansion adds a suffix of its own,
// for it depends on more than the file. Cursors name the last entry by the values it is sorted by
// and its path, so entries that come and go move nothing twice and skip nothing. Threads: any.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "api/routes/call.h"
#include "cms/change/entry.h"

namespace stet::api {

Answer list_entries(const Call& call);
Answer read_entry(const Call& call);

struct Showing {
  bool url = false, html = false, problems = false, derived = false;
  bool is_expanded() const { return url || html || problems || derived; }
};

// What `expand` says; 400 for words that it does not have.
std::variant<Showing, ProblemReport> showing_of(const Call& call);

// `bytes` are the file's; raw files are shown by them.
Json entry_json(const Backend& backend,
                const change::Entry& entry,
                const std::string& bytes,
                const Showing& showing);

}  // namespace stet::api
