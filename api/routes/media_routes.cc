// The rows of the table that are about media: read by whoever reads content, written by the rights
// for media.

#include "api/routes/media.h"
#include "api/routes/route_table.h"

namespace stet::api {
namespace {

constexpr std::array kListQuery = std::to_array<QueryParameter>({
    {"type", "string", "image, video, audio, document, font, archive, text; or a format: jpeg"},
    {"folder", "string", "those below this folder of the repository"},
    {"name", "string", "those whose file name has this in it"},
    {"unused", "boolean", "1: those that nothing names"},
    {"sort", "string", "path (else), name, date or size; '-' before it: downwards"},
    {"limit", "integer", "files in one answer: 1 to 200, else 20"},
    {"cursor", "string", "the next or prev of another answer: where its page ended, or began"},
    {"ref", "string", kRef},
    {"change", "string", kChange},
});
constexpr std::array kUploadQuery = std::to_array<QueryParameter>({
    {"name", "string", "what the file is to be called, where the body is the file itself"},
    {"folder", "string", "where in the repository; else assets/media/YEAR, or what the site says"},
    {"duplicate", "string", "'allow': a second file of the same content"},
    {"message", "string", "of the commit; else stet finds words"},
    {"dry_run", "boolean", kDryRun},
    {"change", "string", kChange},
});
constexpr std::array kReplaceQuery = std::to_array<QueryParameter>({
    {"message", "string", "of the commit; else stet finds words"},
    {"dry_run", "boolean", kDryRun},
    {"change", "string", kChange},
});
constexpr std::array kContentQuery = std::to_array<QueryParameter>({
    {"width", "integer", "a smaller version of a picture: one of the widths of its variants"},
    {"ref", "string", kRef},
    {"change", "string", kChange},
});
constexpr std::array kDeleteQuery = std::to_array<QueryParameter>({
    {"force", "boolean", "1: though it is named elsewhere"},
    {"message", "string", "of the commit; else stet finds words"},
    {"dry_run", "boolean", kDryRun},
    {"change", "string", kChange},
});

constexpr std::string_view kFormType = "multipart/form-data";

Route row(std::string_view method, std::string_view end, Run run, std::string_view id) {
  Route route;
  route.method = method;
  route.pattern = std::string(kApiRoot) + std::string(end);
  route.run = run;
  route.id = id;
  bool is_write = method != "GET";
  route.scope = is_write ? auth::Scope::kPostsWrite : auth::Scope::kContentRead;
  route.area = auth::Area::kMedia;
  route.is_entry_write = is_write;
  if (is_write) {
    route.response_schema = "MediaAnswer";
    route.recover = recover_media;
  }
  return route;
}

}  // namespace

void add_media_routes(std::vector<Route>& table) {
  Route list = row("GET", "/media", list_media, "list_media");
  list.summary = "Lists pictures and other media";
  list.response_schema = "MediaList";
  list.query = kListQuery;
  table.push_back(std::move(list));

  Route create = row("POST", "/media", create_media, "create_media");
  create.summary = "Uploads files: a form with parts called file, or the bytes of one";
  create.request_type = kFormType;
  create.request_schema = "MediaForm";
  create.takes_bytes = true;
  create.status = 201;
  create.query = kUploadQuery;
  table.push_back(std::move(create));

  Route read = row("GET", "/media/{name...}", read_media, "read_media");
  read.summary = "What a file is, and where it is named";
  read.response_schema = "Media";
  read.query = kDataQuery;
  table.push_back(std::move(read));

  Route replace = row("PUT", "/media/{name...}", replace_media, "replace_media");
  replace.summary = "Another content of the same kind under the same path";
  replace.request_type = kFormType;
  replace.request_schema = "MediaForm";
  replace.takes_bytes = true;
  replace.precondition = Precondition::kIfMatch;
  replace.query = kReplaceQuery;
  table.push_back(std::move(replace));

  Route patch = row("PATCH", "/media/{name...}", patch_media, "move_media");
  patch.summary = "Moves or renames a file, and what names it";
  patch.request_type = kMergePatchType;
  patch.request_schema = "MediaPatch";
  patch.precondition = Precondition::kIfMatch;
  patch.query = kReplaceQuery;
  table.push_back(std::move(patch));

  Route remove = row("DELETE", "/media/{name...}", delete_media, "delete_media");
  remove.summary = "Deletes a file that nothing names; 409 has what would break";
  remove.precondition = Precondition::kIfMatch;
  remove.query = kDeleteQuery;
  table.push_back(std::move(remove));

  Route content = row("GET", "/media-content/{name...}", read_media_content, "media_content");
  content.summary = "The bytes of a file, harmless in a browser";
  content.response_type = "*/*";  // what the file is
  content.query = kContentQuery;
  table.push_back(std::move(content));
}

}  // namespace stet::api
