// The rows of the table that are about unpublished work.

#include "api/routes/change_calls.h"
#include "api/routes/route_table.h"

namespace stet::api {
namespace {

constexpr std::array kListQuery = std::to_array<QueryParameter>({
    {"state",
     "string",
     "open (also those with a set time), scheduled, published, withdrawn or all; "
     "else open"},
    {"author", "string", "who has begun it or written to it: a user's name, a name or a mail"},
    {"path", "string", "those that touch this file, or something in this folder"},
    {"limit", "integer", "changes in one answer: 1 to 200, else 20"},
    {"cursor", "string", "where the last answer ended: its next"},
});
constexpr std::array kCommentQuery = std::to_array<QueryParameter>({
    {"path", "string", "those of this file alone; empty: of the change as such"},
    {"limit", "integer", "comments in one answer: 1 to 200, else 100"},
    {"cursor", "string", "where the last answer ended: its next"},
});
constexpr std::array kUnsavedQuery = std::to_array<QueryParameter>({{"change", "string", kChange}});

struct Row {
  std::string_view method, end;
  Run run;
  std::string_view id, summary;
  std::string_view request_schema;  // "": no body
  std::string_view response_schema;
  int status = 200;
  Query query = {};
};

// clang-format off
const std::array kRows = std::to_array<Row>({
    {"GET", "/changes", list_changes, "list_changes",
     "Lists unpublished work, what was touched last first", "", "ProposalList", 200, kListQuery},
    {"POST", "/changes", create_change, "create_change",
     "Begins a change: a branch of its own, in which entries are edited by change=",
     "ProposalNew", "ProposalInFull", 201},
    {"GET", "/changes/{id}", read_change, "read_change",
     "A change, how it stands to what is live, its files, and what was said of it",
     "", "ProposalInFull"},
    {"PATCH", "/changes/{id}", patch_change, "patch_change", 
     "Changes its title and description; asks for review",
     "ProposalPatch", "ProposalInFull"},
    {"DELETE", "/changes/{id}", delete_change, "delete_change",
     "Takes away a change that is published or withdrawn, with what was said of it",
     "", "ProposalDeleted"},
    {"POST", "/changes/{id}/rebase", rebase_change, "rebase_change",
     "Brings what is live into the change, field by field", "ProposalRebase", "ProposalInFull"},
    {"POST", "/changes/{id}/publish", publish_change, "publish_change",
     "Makes a change live, at once or at a set time", "ProposalPublish", "ProposalPublished"},
    {"DELETE", "/changes/{id}/schedule", unschedule_change, "unschedule_change",
     "Takes its set time away", "", "ProposalInFull"},
    {"POST", "/changes/{id}/withdraw", withdraw_change, "withdraw_change",
     "Ends a change without publishing it", "", "ProposalInFull"},
    {"POST", "/changes/{id}/reopen", reopen_change, "reopen_change",
     "Goes on with a change that was withdrawn", "", "ProposalInFull"},
    {"POST", "/changes/{id}/preview", preview_change, "preview_change",
     "An address at which the whole site can be looked at for an hour, as the change makes it",
     "", "ProposalPreview", 201},
    {"GET", "/changes/{id}/comments", list_comments, "list_comments",
     "What was said of a change, the oldest first", "", "CommentList", 200, kCommentQuery},
    {"POST", "/changes/{id}/comments", create_comment, "create_comment",
     "Says something of a change, of a file or of a line", "CommentNew", "Comment", 201},
    {"PATCH", "/changes/{id}/comments/{comment}", patch_comment, "patch_comment",
     "Changes a comment of one's own; resolves any", "CommentPatch", "Comment"},
    {"DELETE", "/changes/{id}/comments/{comment}", delete_comment, "delete_comment",
     "Takes away a comment of one's own", "", "Comment"},
    {"GET", "/changes/{id}/reviews", list_reviews, "list_reviews",
     "Approvals, and requests for changes, the oldest first", "", "ReviewList"},
    {"POST", "/changes/{id}/reviews", create_review, "create_review",
     "Approves a change as it is now, or asks for changes", "ReviewNew", "Review", 201},
    {"DELETE", "/changes/{id}/reviews/{review}", dismiss_review, "dismiss_review",
     "A review counts no more: one's own, or, for maintainers, anybody's", "", "Review"},
    {"POST", "/preview", preview_unsaved, "preview_unsaved",
     "An entry as a text would make it, rendered and not saved", "Unsaved", "UnsavedShown", 200,
     kUnsavedQuery},
});
// clang-format on

}  // namespace

void add_change_routes(std::vector<Route>& table) {
  for (const Row& row : kRows) {
    Route route = read_route(row.end, row.run, row.id, row.summary, row.response_schema, row.query);
    route.method = row.method;
    route.status = row.status;
    // To look is no write.
    if (row.method != "GET" && row.run != preview_change) {
      route.scope = std::nullopt;
      route.needs_some_write = route.is_of_changes = true;
    }
    if (!row.request_schema.empty()) {
      route.request_type = row.method == "PATCH" ? kMergePatchType : kJsonType;
      route.request_schema = row.request_schema;
    }
    table.push_back(std::move(route));
  }
}

}  // namespace stet::api
