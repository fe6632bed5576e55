#include "cms/document/edit.h"

#include <optional>
#include <vector>

#include "cms/document/emit.h"
#include "cms/document/front_matter.h"
#include "cms/document/yaml.h"
#include "cms/document/yaml_edit.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

std::string_view eol_of(std::string_view bytes) {
  auto newline = bytes.find('\n');
  bool is_crlf = newline != bytes.npos && newline > 0 && bytes[newline - 1] == '\r';
  return is_crlf ? "\r\n" : "\n";
}

Error refusal_of(const Problems& problems, std::string_view path) {
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) {
      return invalid_input("the front matter cannot be edited before it is mended: " +
                           to_string(problem));
    }
  }
  return internal("the front matter of " + std::string(path) + " cannot be read");
}

Result<Data> intended_front_matter(const Document& document, const Edit& edit) {
  const Data& asked = edit.front_matter ? *edit.front_matter : *edit.front_matter_patch;
  if (edit.front_matter && edit.front_matter_patch) {
    return invalid_input("send either the whole front matter or a patch of it");
  }
  if (!asked.is_map()) return invalid_input("front matter is keys with values; send a map");
  TRY(check_writable(asked));
  return edit.front_matter ? asked : merge_patched(document.front_matter, asked);
}

Result<std::string> with_front_matter(std::string_view bytes,
                                      std::string_view path,
                                      const Document& document,
                                      const Data& intended) {
  FrontMatter found = find_front_matter(bytes);
  if (found.is_closed) {
    Source source{bytes, found.text_begin, found.closing_begin, path};
    return change_yaml(source, YamlPart::kFrontMatter, intended);
  }
  if (document.has_opening_line) {
    return invalid_input(std::string(path) +
                         ":1: front matter starts here but never ends; close it with a line "
                         "\"---\" first");
  }
  Manner manner;
  manner.eol = eol_of(bytes);
  std::string out(bytes.substr(0, found.text_begin));
  out +=
      "---" + manner.eol + block_map(*intended.map(), 0, manner) + manner.eol + "---" + manner.eol;
  return out.append(bytes.substr(found.text_begin));
}

// The last word: what comes out reads as intended, or nothing comes out.
Result<Document> read_back(std::string_view out,
                           std::string_view path,
                           const Data& front_matter,
                           std::string_view body) {
  Document document = parse_document(out, path);
  if (document.has_front_matter ? document.body(out) != body
                                : out.substr(document.body_offset) != body) {
    return invalid_input(
        "the body starts like front matter (a line \"---\"); start it with other text");
  }
  if (!(document.front_matter == front_matter)) {
    return internal("the edit of " + std::string(path) +
                    " does not read back as asked; edit the file by hand");
  }
  return document;
}

// Of a body alone: the front matter, which stays as it was, reads as it did.
std::optional<Document> read_back_by_body(std::string_view bytes,
                                          const Document& document,
                                          std::string_view out,
                                          std::string_view body) {
  FrontMatter before = find_front_matter(bytes), after = find_front_matter(out);
  bool is_sound = before.is_closed && document.problems.empty() && is_utf8(body);
  bool is_same =
      before == after && bytes.substr(0, before.body_begin) == out.substr(0, after.body_begin);
  if (!is_sound || !is_same || out.substr(after.body_begin) != body) return std::nullopt;
  return document;
}

}  // namespace

Result<std::string> apply_edit(std::string_view bytes, std::string_view path, const Edit& edit) {
  return TRY(apply_edit(bytes, parse_document(bytes, path), path, edit)).bytes;
}

Result<Edited> apply_edit(std::string_view bytes,
                          const Document& document,
                          std::string_view path,
                          const Edit& edit) {
  std::string out(bytes);
  Data intended = document.front_matter;
  if (edit.front_matter || edit.front_matter_patch) {
    if (document.is_broken) return refusal_of(document.problems, path);
    intended = TRY(intended_front_matter(document, edit));
    if (!(intended == document.front_matter)) {
      out = TRY(with_front_matter(bytes, path, document, intended));
    }
  }
  FrontMatter found = find_front_matter(out);
  std::string_view body = std::string_view(out).substr(found.body_begin);
  std::string_view old_body = document.has_front_matter || !found.is_closed
                                  ? document.body(bytes)
                                  : without_blank_lines(document.body(bytes));
  std::string_view new_body = old_body;
  if (edit.body) {
    new_body = *edit.body;
    if (found.is_closed) new_body = without_blank_lines(new_body);
  }
  if (edit.body && new_body != body) {
    std::string head = out.substr(0, found.body_begin);
    bool is_line_open = found.is_closed && !head.ends_with('\n') && !new_body.empty();
    if (is_line_open) head += eol_of(out);
    out = head.append(new_body);
  }
  if (out == bytes) return Edited{std::move(out), document};
  if (intended == document.front_matter) {
    auto outcome = read_back_by_body(bytes, document, out, new_body);
    if (outcome) return Edited{std::move(out), *std::move(outcome)};
  }
  Document outcome = TRY(read_back(out, path, intended, new_body));
  return Edited{std::move(out), std::move(outcome)};
}

Result<std::string> write_document(const Data& front_matter, std::string_view body) {
  if (!front_matter.is_map()) return invalid_input("front matter is keys with values; send a map");
  TRY(check_writable(front_matter));
  body = without_blank_lines(body);
  std::string out = "---\n";
  if (!front_matter.map()->empty()) out += block_map(*front_matter.map(), 0, Manner()) + "\n";
  out += "---\n";
  if (!body.empty()) out.append("\n").append(body);
  TRY(read_back(out, "new file", front_matter, body));
  return out;
}

Result<std::string> edit_yaml(std::string_view bytes,
                              std::string_view path,
                              const Data& data,
                              bool is_whole) {
  TRY(check_writable(data));
  Problems problems;
  Data current = parse_yaml(bytes, path, problems);
  for (const Problem& problem : problems) {
    if (problem.severity == Severity::kError) {
      return invalid_input("the file cannot be edited before it is mended: " + to_string(problem));
    }
  }
  Source source{bytes, find_front_matter(bytes).text_begin, bytes.size(), path};
  return change_yaml(
      source, YamlPart::kFile, is_whole ? data : merge_patched(std::move(current), data));
}

Result<std::string> write_yaml(const Data& data) {
  TRY(check_writable(data));
  const auto* map = data.map();
  const auto* list = data.list();
  if (map && map->empty()) return std::string();
  if (map) return block_map(*map, 0, Manner()) + "\n";
  if (list && !list->empty()) return block_list(*list, 0, Manner()) + "\n";
  return scalar_text(data, Style::kPlain, false) + "\n";
}

}  // namespace stet::document
