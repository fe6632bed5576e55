// What a change is, as its branch tells it: a pure function of the branch's newest commit.
//
// A change is a branch change/<id>: an ordinary one, which every clone has. It begins with a commit
// that opens it (notes.h); edits and what was noted follow, along first parents, the newest word
// holding. A branch of that name that somebody pushed without such a beginning is a change too: it
// begins where it has left the served branch, and its oldest commit's subject is its title.
// Threads: pure functions of the repository. Limits: kCommitsMax commits are looked at.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/changes/notes.h"
#include "storage/git/repository.h"

namespace stet::changes {

inline constexpr std::string_view kBranches = "change/";  // below refs/heads/
// Of the commit by which a change was published: its id.
inline constexpr std::string_view kChangeTrailer = "Stet-Published-Change";
// Of one that squashed it: the change's newest commit, which is nowhere else in that history.
inline constexpr std::string_view kHeadTrailer = "Stet-Published-Head";
inline constexpr std::size_t kIdBytesMax = 64;
inline constexpr std::size_t kCommitsMax = 2000;
inline constexpr std::size_t kPeopleMax = 50;

enum class State { kOpen, kWithdrawn, kPublished };

struct Person {
  std::string name, email;
  std::string user;  // or a token's id; "": a commit that did not come by the API
  friend bool operator==(const Person&, const Person&) = default;
};

struct Record {
  std::string id;
  CommitId head;
  TreeId tree;    // of the head
  CommitId base;  // what it was begun on
  std::string title, description;
  State state = State::kOpen;
  Person author;               // who has opened it
  std::vector<Person> people;  // who has written to it, each once; kPeopleMax
  Instant created, updated;
  bool wants_review = false;             // its writers have asked for it
  std::optional<Instant> publish_at;     // of one that is open
  Method method = Method::kMerge;        // of that time
  std::string scheduled_by;              // a user, or a token
  std::optional<CommitId> published_as;  // of one that is published
  std::size_t commits = 0;               // that change files
};

using RecordPtr = std::shared_ptr<const Record>;

// Letters, digits, '-', '_' and '.', and what git takes for a branch.
bool is_id(std::string_view id);

std::string branch_of(std::string_view id);  // "change/3f2a"

// Of the note that a change is published: what its first commit stands on. A change that a push
// has begun has no commit that opens it, and once it is merged, nothing else tells where it began.
inline constexpr std::string_view kBaseTrailer = "Stet-Change-Base";

// Its own commits, the newest first: to the one that opens it, or to where it has left the served
// branch.
struct Line {
  std::vector<storage::CommitRecord> commits;
  bool has_beginning = false;
};
Result<Line> line_of(const storage::Repository& repository,
                     const CommitId& head,
                     const std::optional<CommitId>& served);

// The user or the token that the commit names; "": none.
std::string actor_of(const storage::CommitRecord& commit);

// The hand that notes a publication of it.
Hand with_base(Hand hand, const Record& record);

// None: the branch has nothing that the served branch has not. `served`: its head.
Result<RecordPtr> read_record(const storage::Repository& repository,
                              std::string_view id,
                              const CommitId& head,
                              const std::optional<CommitId>& served);

}  // namespace stet::changes
