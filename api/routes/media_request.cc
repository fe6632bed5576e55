#include "api/routes/media_request.h"

#include "api/http/multipart.h"
#include "storage/base/utf8.h"

namespace stet::api {
namespace {

constexpr std::uint64_t kFieldBytesMax = 64 * 1024;

bool is_form(const Call& call) {
  constexpr std::string_view kBegin = "multipart/";
  std::string type = call.request.headers.joined("Content-Type");
  return http::equal_without_case(std::string_view(type).substr(0, kBegin.size()), kBegin);
}

ProblemReport bad_form(std::string detail) { return {.status = 400, .detail = std::move(detail)}; }

std::optional<ProblemReport> set_member(std::string_view name,
                                        std::string value,
                                        StoreRequest& request) {
  if (!is_utf8(value)) return bad_form("the field '" + std::string(name) + "' is not UTF-8");
  if (name == "folder") {
    if (value.starts_with('/')) {
      return field_report("/folder",
                          "a folder is one of the repository, without a slash before it: " +
                              std::string("assets/uploads"));
    }
    while (value.ends_with('/')) value.pop_back();
    request.folder = std::move(value);
  } else if (name == "message") {
    request.message = std::move(value);
  } else if (name == "duplicate") {
    if (value != "allow") return bad_query("duplicate", "duplicate can be 'allow'");
    request.allows_duplicates = true;
  } else {
    return bad_form("there is no field '" + printable(name, 60) +
                    "' here; there are file, folder, message and duplicate");
  }
  return std::nullopt;
}

std::optional<ProblemReport> take_part(const http::Part& part, Received& received) {
  auto content = std::make_unique<PartSource>(*received.body, part.offset, part.size);
  if (part.filename) {
    // What a browser sends for a field where nobody has chosen a file.
    if (part.filename->empty() && part.size == 0) return std::nullopt;
    received.request.uploads.push_back({content.get(), *part.filename});
    received.parts.push_back(std::move(content));
    return std::nullopt;
  }
  auto value = read_all(*content, kFieldBytesMax);
  if (!value) return report_of(value.error());
  return set_member(part.name, *std::move(value), received.request);
}

std::optional<ProblemReport> take_form(const Call& call, Received& received) {
  auto boundary = http::boundary_of(call.request.headers.joined("Content-Type"));
  if (!boundary) return bad_form(boundary.error().message);
  auto parts = http::parse_multipart(*received.body, *boundary);
  if (!parts) {
    bool is_fault = parts.error().code != ErrorCode::kInvalidInput;
    return is_fault ? report_of(parts.error()) : bad_form(parts.error().message);
  }
  for (const http::Part& part : *parts) {
    if (auto fault = take_part(part, received)) return fault;
  }
  return std::nullopt;
}

// `?name=`, or what Content-Disposition says; "" where nothing does.
std::string raw_name(const Call& call) {
  if (auto name = call.request.query_value("name")) return std::string(*name);
  auto parameters = http::parse_parameters(call.request.headers.joined("Content-Disposition"));
  auto name = parameters ? http::parameter_of(*parameters, "filename") : std::nullopt;
  return name && is_utf8(*name) ? *name : "";
}

}  // namespace

std::variant<Received, ProblemReport> receive(const Call& call) {
  Received received;
  auto body = http::source_of(call.request.body);
  if (!body) return report_of(body.error());
  received.body = *std::move(body);
  if (is_form(call)) {
    if (auto fault = take_form(call, received)) return std::move(*fault);
  } else if (received.body->size() > 0) {
    received.request.uploads.push_back({received.body.get(), raw_name(call)});
  }
  for (std::string_view name : {"folder", "message", "duplicate"}) {
    auto value = call.request.query_value(name);
    if (!value) continue;
    if (auto fault = set_member(name, std::string(*value), received.request)) {
      return std::move(*fault);
    }
  }
  auto dry_run = flag_of(call, "dry_run");
  if (auto* report = std::get_if<ProblemReport>(&dry_run)) return *report;
  received.request.is_dry_run = std::get<bool>(dry_run);
  return received;
}

}  // namespace stet::api
