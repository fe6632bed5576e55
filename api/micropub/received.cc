#include "api/micropub/received.h"

#include "api/http/multipart.h"
#include "api/http/negotiate.h"
#include "api/http/url.h"
#include "api/routes/json.h"
#include "api/routes/route.h"

namespace stet::micropub {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded",
                           kFormWithFiles = "multipart/form-data";

std::string_view plain(std::string_view name) {
  return name.ends_with("[]") ? name.substr(0, name.size() - 2) : name;
}

std::optional<Fault> take_form(const http::Request& request, Received& received) {
  auto body = request.body.read(kTextBytesMax);
  if (!body) return Fault{.description = "the request is too large"};
  auto fields = http::parse_query(*body);
  if (!fields) return Fault{.description = "the form cannot be read"};
  received.form = std::move(*fields);
  return std::nullopt;
}

std::optional<Fault> take_json(const http::Request& request, Received& received) {
  auto body = request.body.read(kTextBytesMax);
  if (!body) return Fault{.description = "the request is too large"};
  auto json = api::parse_json(*body);
  if (auto* fault = std::get_if<api::JsonFault>(&json)) {
    return Fault{.description = "line " + std::to_string(fault->line) + ": " + fault->message};
  }
  received.json = std::get<document::Data>(std::move(json));
  return std::nullopt;
}

std::optional<Fault> take_files(const http::Request& request, Received& received) {
  auto boundary = http::boundary_of(request.headers.joined("Content-Type"));
  if (!boundary) return Fault{.description = boundary.error().message};
  auto body = http::source_of(request.body);
  if (!body) {
    return Fault{.status = 503,
                 .error = "temporarily_unavailable",
                 .description = "the request cannot be read just now"};
  }
  received.body = *std::move(body);
  auto parts = http::parse_multipart(*received.body, *boundary);
  if (!parts) return Fault{.description = parts.error().message};
  std::uint64_t text_bytes = 0;
  for (const http::Part& part : *parts) {
    auto content = std::make_unique<PartSource>(*received.body, part.offset, part.size);
    if (part.filename) {
      // What a browser sends for a field where nobody has chosen a file.
      if (part.filename->empty() && part.size == 0) continue;
      received.files.push_back({std::string(plain(part.name)), *part.filename, content.get()});
      received.parts.push_back(std::move(content));
      continue;
    }
    text_bytes += part.size;
    auto text = text_bytes <= kTextBytesMax ? read_all(*content, kTextBytesMax)
                                            : Result<std::string>(invalid_input("too large"));
    if (!text) return Fault{.description = "the request is too large"};
    received.form.emplace_back(part.name, *std::move(text));
  }
  return std::nullopt;
}

}  // namespace

std::variant<Received, Fault> receive(const http::Request& request) {
  Received received;
  if (request.method != "POST") return received;
  std::string coding = request.headers.joined("Content-Encoding");
  if (!coding.empty() && coding != "identity") {
    return Fault{.status = 415, .description = "send the body as it is, without Content-Encoding"};
  }
  std::string type = request.headers.joined("Content-Type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.pop_back();
  std::optional<Fault> fault;
  if (type == kForm || type.empty()) {
    fault = take_form(request, received);
  } else if (type == api::kJsonType) {
    fault = take_json(request, received);
  } else if (http::equal_without_case(type, kFormWithFiles)) {
    fault = take_files(request, received);
  } else {
    fault = Fault{.status = 415,
                  .description = "a request is a form (" + std::string(kForm) + ", or " +
                                 std::string(kFormWithFiles) + " with files) or application/json"};
  }
  if (fault) return *std::move(fault);
  return received;
}

}  // namespace stet::micropub
