#include "api/docs/reference.h"

#include "api/docs/examples.h"
#include "api/docs/html.h"
#include "api/docs/prose.h"
#include "api/docs/schema_html.h"

namespace stet::docs {
namespace {

using api::Json;

constexpr std::string_view kRoot = "/api/v1";

std::string parameters_html(const std::string& id, const Json& parameters) {
  if (parameters.empty()) return "";
  std::vector<TableRow> rows;
  for (const Json& parameter : parameters) {
    rows.push_back(
        {code(text_at(parameter, "name")) + needed_mark(parameter.value("required", false)),
         text_at(parameter, "in") + ", " + type_html(parameter["schema"]),
         with_code(text_at(parameter, "description"))});
  }
  return "<h4>Parameters</h4>\n" +
         table_html("Parameters of " + id, {"Name", "Where, type", "Meaning"}, rows);
}

std::string content_html(const Json& content) {
  std::vector<std::string> parts;
  for (const auto& [type, body] : content.items()) {
    parts.push_back(type_html(body.value("schema", Json::object())) + " as " + code(type));
  }
  return joined(parts, ", or ");
}

std::string body_html(const Json& operation) {
  const Json body = operation.value("requestBody", Json::object());
  if (!body.contains("content")) return "";
  return "<h4>Body</h4>\n<p>" + content_html(body["content"]) + "</p>\n";
}

// What is well is told in full; refusals are alike everywhere, and have a page of their own.
std::string answers_html(const Json& responses) {
  std::string html = "<h4>Answers</h4>\n<ul class=\"answers\">\n";
  std::vector<std::string> refusals;
  for (const auto& [status, response] : responses.items()) {
    std::string about = escaped(text_at(response, "description"));
    std::string content = content_html(response.value("content", Json::object()));
    if (status >= "400") {
      refusals.push_back("<b>" + status + "</b> " + about);
      continue;
    }
    html +=
        "<li><b>" + status + "</b> " + about + (content.empty() ? "" : ": " + content) + "</li>\n";
  }
  return html + "<li class=\"quiet\">or a <a href=\"/docs/errors\">problem</a>: " +
         joined(refusals, "; ") + "</li>\n</ul>\n";
}

std::string examples_of(const std::string& id) {
  std::string html;
  for (const Example& example : examples()) {
    if (example.operation != id) continue;
    html += example_html(example.title, example.command, std::to_string(example.status));
  }
  return html;
}

std::string needs_html(const Json& operation) {
  const Json security = operation.value("security", Json::array());
  if (security.empty()) return "Anybody may ask.";
  std::vector<std::string> parts;
  bool is_open = false;
  for (const Json& way : security) {
    if (way.empty()) is_open = true;
    if (way.contains("session")) parts.emplace_back("a session");
    if (!way.contains("token")) continue;
    const Json& scopes = way["token"];
    parts.push_back(scopes.empty() ? "any token"
                                   : "a token with " + code(scopes[0].get<std::string>()));
  }
  return "Needs " + joined(parts, " or ") +
         (is_open ? "; or nothing, where the site opens its reads to all." : ".");
}

std::string method_html(const std::string& method) {
  return "<span class=\"method " + method + "\">" + method + "</span>";
}

std::string operation_html(const Operation& operation) {
  const Json& json = *operation.json;
  std::string id = text_at(json, "operationId");
  std::string html = "<section id=\"" + escaped(id) + "\">\n<h3>" +
                     escaped(text_at(json, "summary")) + "</h3>\n<p class=\"line\">" +
                     method_html(operation.method) + " " + code(operation.path) + "</p>\n";
  if (json.value("deprecated", false)) {
    html +=
        "<p><strong>This is going to end:</strong> see <a href=\"/docs/deprecation\">how "
        "things are retired</a>.</p>\n";
  }
  html += "<p class=\"quiet\">" + needs_html(json) + "</p>\n" + examples_of(id);
  html += parameters_html(id, json.value("parameters", Json::array()));
  html += body_html(json);
  return html + answers_html(json["responses"]) + "</section>\n";
}

std::string short_path(std::string_view path) {
  return std::string(path.starts_with(kRoot) ? path.substr(kRoot.size()) : path);
}

// A line a path, with a link for each of its methods.
std::string contents_html(const Area& area) {
  std::string html = "<ul class=\"contents\">\n", path;
  for (const Operation& operation : area.operations) {
    if (operation.path != path) {
      html +=
          std::string(path.empty() ? "" : "</li>\n") + "<li>" + code(short_path(operation.path));
      path = operation.path;
    }
    html += " <a href=\"#" + escaped(text_at(*operation.json, "operationId")) + "\" title=\"" +
            escaped(text_at(*operation.json, "summary")) + "\">" + method_html(operation.method) +
            "</a>";
  }
  return html + "</li>\n</ul>\n";
}

}  // namespace

std::string area_page(const Area& area) {
  std::string_view written = text_of(area.name);
  std::string html;
  if (written.empty()) {
    html = "<p>" + with_code(area.about) + "</p>\n";
  } else {
    html = "<p class=\"quiet\"><a href=\"#operations\">" + std::to_string(area.operations.size()) +
           (area.operations.size() == 1 ? " operation" : " operations") + "</a></p>\n" +
           prose_html(written);
  }
  html += "<h2 id=\"operations\">Operations</h2>\n";
  html += "<p class=\"quiet\">Paths are below <code>/api/v1</code>.</p>\n" + contents_html(area);
  for (const Operation& operation : area.operations) html += operation_html(operation);
  return html;
}

}  // namespace stet::docs
