#include "api/docs/schema_html.h"

#include <algorithm>

#include "api/docs/html.h"

namespace stet::docs {
namespace {

using api::Json;

std::string choice_html(const Json& schemas) {
  std::vector<std::string> parts;
  for (const Json& one : schemas) parts.push_back(type_html(one));
  return joined(parts, " or ");
}

std::string simple_type_html(const Json& schema) {
  const Json type = schema.value("type", Json("any"));
  std::vector<std::string> names;
  for (const Json& one : type.is_array() ? type : Json::array({type})) names.push_back(one);
  std::string text = joined(names, " or ");
  if (type == "array" && schema.contains("items")) return "list of " + type_html(schema["items"]);
  if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
    text += ", each " + type_html(schema["additionalProperties"]);
  }
  for (const auto& [key, word] : {std::pair("minimum", "from"), std::pair("maximum", "to")}) {
    if (schema.contains(key)) text += std::string(" ") + word + " " + schema[key].dump();
  }
  return text;
}

void add_members(const Json& schema, const std::string& prefix, std::vector<TableRow>& rows);

// Of a member that is described in its place: "errors[].pointer".
void add_inner_members(const Json& member, const std::string& name, std::vector<TableRow>& rows) {
  if (!member.is_object()) return;
  if (member.contains("properties")) add_members(member, name + ".", rows);
  if (member.contains("items")) add_inner_members(member["items"], name + "[]", rows);
}

void add_members(const Json& schema, const std::string& prefix, std::vector<TableRow>& rows) {
  const Json required = schema.value("required", Json::array());
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [key, member] : properties.items()) {
    bool is_required = std::find(required.begin(), required.end(), key) != required.end();
    rows.push_back({code(prefix + key) + needed_mark(is_required),
                    type_html(member),
                    with_code(text_at(member, "description"))});
    add_inner_members(member, prefix + key, rows);
  }
  for (const char* keyword : {"allOf", "anyOf", "oneOf"}) {
    for (const Json& one : schema.value(keyword, Json::array())) add_members(one, prefix, rows);
  }
}

}  // namespace

std::string text_at(const Json& json, const char* key) {
  auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
  }
  return text;
}

std::string type_html(const Json& schema) {
  if (!schema.is_object()) return "any";
  if (std::string reference = text_at(schema, "$ref"); !reference.empty()) {
    std::string name = reference.substr(reference.rfind('/') + 1);
    return "<a href=\"/docs/schemas#" + escaped(name) + "\">" + escaped(name) + "</a>";
  }
  if (schema.contains("const")) return code(schema["const"].dump());
  if (schema.contains("enum")) {
    std::vector<std::string> values;
    for (const Json& value : schema["enum"]) values.push_back(code(value.dump()));
    return joined(values, ", ");
  }
  if (schema.contains("anyOf")) return choice_html(schema["anyOf"]);
  if (schema.contains("oneOf")) return choice_html(schema["oneOf"]);
  if (!schema.contains("allOf")) return simple_type_html(schema);
  std::vector<std::string> parts;
  for (const Json& one : schema["allOf"]) {
    parts.push_back(one.contains("$ref") ? type_html(one) : "the members below");
  }
  return joined(parts, " with ");
}

std::string table_html(std::string_view label,
                       const std::vector<std::string_view>& headings,
                       const std::vector<TableRow>& rows) {
  std::string html = table_frame(escaped(label)) + "<table>\n<thead><tr>";
  for (std::string_view heading : headings) html += "<th>" + std::string(heading) + "</th>";
  html += "</tr></thead>\n<tbody>\n";
  for (const TableRow& row : rows) {
    html +=
        "<tr><td>" + row.name + "</td><td>" + row.type + "</td><td>" + row.note + "</td></tr>\n";
  }
  return html + "</tbody>\n</table>\n</div>\n";
}

std::string needed_mark(bool is_needed) {
  return is_needed ? " <span class=\"needed\">needed</span>" : "";
}

std::string schema_page(const Json& document) {
  std::string html =
      "<p>What goes in and out, by JSON Schema 2020-12. The document at "
      "<code>/api/v1/openapi.json</code> has them for programs.</p>\n";
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    html += "<section id=\"" + escaped(name) + "\">\n<h2>" + escaped(name) + "</h2>\n";
    std::string about = text_at(schema, "description");
    html += "<p>" + type_html(schema) + (about.empty() ? "" : ": " + escaped(about)) + "</p>\n";
    std::vector<TableRow> rows;
    add_members(schema, "", rows);
    if (rows.empty()) add_inner_members(schema, "", rows);
    if (!rows.empty())
      html += table_html("Members of " + name, {"Member", "Type", "Meaning"}, rows);
    html += "</section>\n";
  }
  return html;
}

}  // namespace stet::docs
