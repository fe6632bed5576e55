#include "cms/generate/inferred_title.h"

#include <algorithm>

#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/words.h"
#include "cms/liquid/member.h"
#include "cms/markdown/render.h"

namespace stet::generate {
namespace {

using liquid::Value;

constexpr std::string_view kBlanks = " \t\r\n\f\v";

bool is_true(const Value& value) { return value.type() == liquid::Type::kBool && value.as_bool(); }
bool is_false(const Value& value) {
  return value.type() == liquid::Type::kBool && !value.as_bool();
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::optional<Heading> heading_of_hashes(std::string_view text, std::size_t at) {
  std::size_t after = std::min(text.find_first_not_of('#', at), text.size());
  std::size_t hashes = after - at;
  if (hashes < 1 || hashes > 3 || after == text.size()) return std::nullopt;
  if (kBlanks.find(text[after]) == std::string_view::npos) return std::nullopt;
  std::size_t begin = std::min(text.find_first_not_of(kBlanks, after), text.size());
  std::size_t end = line_end(text, begin);
  return Heading{text.substr(begin, end - begin), end};
}

std::optional<Heading> heading_of_line_below(std::string_view text, std::size_t at) {
  std::size_t end = line_end(text, at);
  if (end == text.size()) return std::nullopt;
  std::size_t rule_end = line_end(text, end + 1);
  std::string_view rule = text.substr(end + 1, rule_end - end - 1);
  std::size_t dashes = std::min(rule.find_first_not_of("-="), rule.size());
  bool is_rule = dashes > 0 && rule.find_first_not_of(kBlanks, dashes) == std::string_view::npos;
  if (!is_rule) return std::nullopt;
  return Heading{text.substr(at, end - at), rule_end};
}

// Without marks of footnotes.
std::string plain(std::string_view markdown) {
  std::string html = markdown::render(markdown, {}).html;
  std::string stripped = liquid::strip_html(html), title;
  for (std::string_view word : liquid::split_words(stripped)) {
    title += (title.empty() ? "" : " ") + std::string(word);
  }
  for (std::size_t at = 0; (at = title.find("[^", at)) != std::string::npos;) {
    std::size_t close = title.find(']', at);
    if (close == std::string::npos) break;
    title.erase(at, close + 1 - at);
  }
  return title;
}

void strip_heading(site::DocumentFacts& facts,
                   std::string_view body,
                   std::size_t end,
                   const site::Config& config) {
  auto file = std::make_shared<site::ParsedFile>(*facts.file);
  std::string_view rest = body.substr(end);
  std::size_t begin = std::min(rest.find_first_not_of(kBlanks), rest.size());
  std::size_t last = rest.find_last_not_of(kBlanks);
  std::size_t skipped = end + begin;
  file->body_line += static_cast<int>(
      std::count(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(skipped), '\n'));
  bool has_more = begin < rest.size();
  file->body = has_more ? file->body.part(body, skipped, last + 1 - begin) : site::Text();
  facts.file = std::move(file);
  if (facts.kind != site::DocumentKind::kPost || !facts.excerpt_source) return;
  const Value* own = facts.fields->find("excerpt_separator");
  std::string separator =
      own && own->is_string() ? std::string(own->as_string()) : config.text("excerpt_separator");
  if (!separator.empty()) facts.excerpt_source = {facts.file, std::move(separator)};
}

}  // namespace

std::optional<Heading> heading_at_start(std::string_view markdown) {
  std::size_t at = std::min(markdown.find_first_not_of(kBlanks), markdown.size());
  auto heading = heading_of_hashes(markdown, at);
  return heading ? heading : heading_of_line_below(markdown, at);
}

Status infer_title(site::DocumentFacts& facts,
                   const site::Config& config,
                   const site::Generator::ReadBody& read_body) {
  if (!config.has_plugin("jekyll-titles-from-headings") || !facts.is_markdown) return {};
  Value settings = config.get("titles_from_headings");
  if (is_false(liquid::member_of(settings, "enabled"))) return {};
  bool is_page = facts.collection.empty();
  if (!is_page && (!facts.is_written || !is_true(liquid::member_of(settings, "collections"))))
    return {};
  const Value* title = facts.fields->find("title");
  if (is_page && title && !title->is_nil()) return {};
  site::ReadText body = TRY(read_body(*facts.file));
  auto heading = heading_at_start(body.text);
  if (!heading) return {};
  facts.fields = site::with(*facts.fields, "title", Value(plain(heading->text)));
  const Value* own = facts.fields->find("strip_title");
  if (is_true(own ? *own : liquid::member_of(settings, "strip_title"))) {
    strip_heading(facts, body.text, heading->end, config);
  }
  return {};
}

}  // namespace stet::generate
