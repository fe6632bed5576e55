// From what somebody asks for to the change set that does it, or to the reason why not.
//
// Nothing is written here: the answer is a value that a Committer takes, with the blob ids it was
// made from as preconditions, so that the branch's head is asked again. Threads: pure functions of
// an immutable site. Errors of the call are a repository that cannot be read; whatever is wrong
// with the request is a Refusal.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cms/change/resource.h"
#include "cms/change/validate.h"
#include "cms/document/data.h"
#include "cms/document/document.h"
#include "cms/document/json_patch.h"
#include "cms/document/merge.h"
#include "cms/document/resolve.h"
#include "storage/base/clock.h"
#include "storage/commit/change_set.h"

namespace stet::change {

struct MustNotExist {};  // If-None-Match: *
// What the caller takes to be there: anything (If-Match: *), nothing, or that content.
using Expected = std::variant<std::monostate, MustNotExist, BlobId>;

struct WriteRequest {
  const Resource* resource = nullptr;  // never null
  std::string label;                   // of a collection
  std::string name;                    // what is written; "" for creations and single files
  std::string proposed_path;           // creations only: in the repository; "": stet chooses

  // At most one of the first two. Of a structured file: the data itself, or its merge patch.
  std::optional<document::Data> front_matter;        // whole
  std::optional<document::Data> front_matter_patch;  // RFC 7396
  std::optional<std::string> body;
  // Instead of all three, of an entry as it is shown: {front_matter, body}; of a structured file:
  // of the data. Of a version that the caller saw, where that is another.
  std::optional<document::JsonPatch> json_patch = std::nullopt;

  Expected expected;
  bool merges_if_stale = false;  // ?on_stale=merge
  // Of such a merge: what to do where both sides changed a field. Good for a merge with `seen`
  // alone, where that is given: what others have written since, nobody has decided on.
  std::vector<document::Choice> choices = {};
  std::optional<BlobId> seen = std::nullopt;
  std::string author_name, author_email;
  std::string message;  // "": "Update posts/x: title, tags"
  std::vector<std::pair<std::string, std::string>> trailers;
};

struct Refusal {
  enum class Kind {
    kInvalid,    // 422: `fields` says what
    kStale,      // 412: If-Match names an older content; `proposal` is what a merge would give
    kConflict,   // 409: the merge that was asked for has conflicts, a name fits two files, or a
                 // patch's test fails
    kNotFound,   // 404
    kExists,     // 412: If-None-Match, and it is there
    kForbidden,  // 403: the path is not the resource's to write
    kInUse,      // 409: it is to go, and `entries` name it
  };
  Kind kind = Kind::kInvalid;
  std::string message;
  Findings fields;
  std::optional<document::Merged> proposal;
  std::optional<BlobId> current;  // what is there now
  // Of a write of several files: which action it is about, from 0; and of an undoing, what both
  // sides changed, by path.
  std::optional<std::size_t> action = std::nullopt;
  std::vector<std::pair<std::string, document::Conflict>> conflicts = {};
  // Of one edit of many entries: what is wrong with which, by path.
  std::vector<std::pair<std::string, Findings>> entries = {};
};

// Files with their new bytes; none: deleted.
using Edits = std::map<RepoPath, std::optional<std::string>>;

// What a file was parsed to, where somebody has done that; null: nobody has, or it is no document.
using ParsedFile = std::shared_ptr<const document::Document>;

struct Prepared {
  storage::ChangeSet change_set;
  RepoPath path;
  std::optional<std::string> before, after;  // the file's bytes; none: not there
  ParsedFile parsed_after;
  std::string diff;           // unified, of `path`
  bool is_unchanged = false;  // the edits change no byte
  bool is_merged = false;     // with edits that the caller had not seen
  Problems warnings;
};

using Outcome = std::variant<Prepared, Refusal>;

struct Ground {
  const site::Site& site;
  // Any blob of the repository, for the content that a stale If-Match names. kNotFound: none.
  std::function<Result<std::string>(const BlobId&)> read_blob;
  Instant now;
  // The site as edits would make it: for writes of several files (plan.h), and needed by them.
  std::function<Result<site::SitePtr>(const Edits&)> site_with = {};
  // Whether the caller may write a file that was not named, for its links are to follow a move.
  // Null: any.
  std::function<bool(const RepoPath&)> may_write = {};
  // What lies at a path of the branch's newest commit, which the site may be behind; none: nothing.
  // Null: nobody can say.
  std::function<Result<std::optional<BlobId>>(const RepoPath&)> newest_blob = {};
  // `site` once more, for what is made of it and kept. Null: it is the caller's alone.
  site::SitePtr held = {};
  // False where several files are written: what sessions clash with is asked when all is done
  // (clash_judge.h).
  bool judges_clashes = true;
};

// A new entry: posts go to _posts/YYYY/MM/YYYY-MM-DD-slug.md, by their date or else today's in the
// site's zone; others into their folder. The slug is made of the title, and of -2, -3 where it is
// taken.
Result<Outcome> prepare_create(const Ground& ground, const WriteRequest& request);

// The whole entry; what is left out of the request is emptied. With MustNotExist it is made under
// the name that the request has. Of a file without front matter asked for, the body is all of it.
Result<Outcome> prepare_replace(const Ground& ground, const WriteRequest& request);

// What the request names, and nothing else.
Result<Outcome> prepare_patch(const Ground& ground, const WriteRequest& request);

Result<Outcome> prepare_delete(const Ground& ground, const WriteRequest& request);

}  // namespace stet::change
