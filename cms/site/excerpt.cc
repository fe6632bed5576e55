#include "cms/site/excerpt.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace stet::site {
namespace {

constexpr std::string_view kBlocks[] = {"if",
                                        "unless",
                                        "for",
                                        "case",
                                        "capture",
                                        "comment",
                                        "raw",
                                        "tablerow",
                                        "ifchanged",
                                        "highlight",
                                        "doc"};

// The word after "{%" or "{%-" at `at`; "" if there is none.
std::string_view tag_at(std::string_view text, std::size_t at) {
  at += 2;
  if (at < text.size() && text[at] == '-') ++at;
  at = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
  std::size_t end = at;
  while (end < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) {
    ++end;
  }
  return text.substr(at, end - at);
}

std::string closed(std::string head) {
  std::vector<std::string> tags;
  for (std::size_t at = head.find("{%"); at != std::string::npos; at = head.find("{%", at + 2)) {
    tags.emplace_back(tag_at(head, at));
  }
  std::string ends;
  for (auto tag = tags.rbegin(); tag != tags.rend(); ++tag) {
    if (std::find(std::begin(kBlocks), std::end(kBlocks), *tag) == std::end(kBlocks)) continue;
    std::string end = "end" + *tag;
    if (std::find(tags.begin(), tags.end(), end) != tags.end()) continue;
    if (ends.find("{% " + end + " %}") != std::string::npos) continue;
    ends += "\n{% " + end + " %}";
  }
  return head + ends;
}

// "[label]" of a line "[label]: target", indented by at most three blanks; "" for other lines.
std::string_view label_of_definition(std::string_view line) {
  std::size_t indent = line.find_first_not_of(' ');
  if (indent == std::string_view::npos || indent > 3 || line[indent] != '[') return {};
  std::size_t close = line.find(']', indent);
  if (close == std::string_view::npos || close == indent + 1) return {};
  if (close + 2 >= line.size() || line[close + 1] != ':') return {};
  return line.substr(indent, close - indent + 1);
}

}  // namespace

std::string excerpt_of(std::string_view body, std::string_view separator) {
  std::size_t at = body.find(separator);
  std::string head(body.substr(0, at));
  if (at == std::string_view::npos || at + separator.size() == body.size()) return head;
  std::string_view tail = body.substr(at + separator.size());
  if (head.find("{%") != std::string::npos) head = closed(std::move(head));
  std::string definitions;
  while (!tail.empty()) {
    std::size_t end = std::min(tail.find('\n'), tail.size());
    std::string_view line = tail.substr(0, end);
    std::string_view label = label_of_definition(line);
    if (!label.empty() && head.find(label) != std::string::npos) {
      line.remove_prefix(line.find('['));
      definitions += (definitions.empty() ? "" : "\n") + std::string(line);
    }
    tail.remove_prefix(std::min(end + 1, tail.size()));
  }
  return definitions.empty() ? head : head + "\n\n" + definitions;
}

}  // namespace stet::site
