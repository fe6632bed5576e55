// What comes in as JSON, taken apart member by member. Threads: any.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/http/conditional.h"
#include "api/routes/call.h"
#include "cms/change/write.h"

namespace stet::api {

using Fault = std::optional<ProblemReport>;

// The request's body, of the route's media type: 415, 400 with line and column.
std::variant<document::Data, ProblemReport> json_of(const Call& call);

// Whether the body is a JSON Patch, where the route takes such.
bool is_json_patch(const Call& call);

// Takes a JSON Patch into the request; 400 for what is none. `at`: the patch's own pointer.
Fault take_json_patch(const document::Data& json,
                      change::WriteRequest& request,
                      const std::string& at = "");

// Takes the text under `key` out of the object, where it is there. `at`: the object's own pointer.
Fault take_text(document::Data::Map& object,
                std::string_view key,
                std::optional<std::string>& text,
                const std::string& at = "");

// 422 that names what is left in the object, if something is.
Fault refuse_rest(const document::Data::Map& object, const std::string& at = "");

// front_matter and body, content or content_base64, or data, as the resource has them; resolutions
// and seen.
Fault take_members(document::Data::Map& object,
                   bool is_patch,
                   change::WriteRequest& request,
                   const std::string& at = "");

// `resolutions`: [{pointer, take: "ours" | "theirs"}, or {pointer, value}]; a list of those of
// files has a path in each.
struct FileChoice {
  std::string path;
  document::Choice choice;
};
std::variant<std::vector<FileChoice>, ProblemReport> take_choices(document::Data::Map& object,
                                                                  bool has_path,
                                                                  const std::string& at = "");

// The blob that a tag of ours begins with: "\"3c55..\"", with or without the quotes' suffix.
std::optional<BlobId> blob_of(const http::EntityTag& tag);

}  // namespace stet::api
