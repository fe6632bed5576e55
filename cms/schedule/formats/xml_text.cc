#include "cms/schedule/formats/xml_text.h"

#include <algorithm>
#include <cassert>

#include "cms/schedule/program.h"

namespace stet::schedule {
namespace {

bool is_mark(char c) { return c == '&' || c == '<' || c == '>' || c == '"'; }

}  // namespace

XmlText::XmlText() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlText::escape(std::string_view text) {
  const std::string clean = clean_text(text);
  std::string_view rest = clean;
  while (!rest.empty()) {
    const auto mark = std::find_if(rest.begin(), rest.end(), is_mark);
    text_.append(rest.begin(), mark);
    rest.remove_prefix(static_cast<std::size_t>(mark - rest.begin()));
    if (rest.empty()) return;
    switch (rest.front()) {
      case '&': text_ += "&amp;"; break;
      case '<': text_ += "&lt;"; break;
      case '>': text_ += "&gt;"; break;
      default: text_ += "&quot;";
    }
    rest.remove_prefix(1);
  }
}

void XmlText::begin(std::string_view name, Attributes attributes) {
  text_.append(open_.size() * 2, ' ').append("<").append(name);
  for (const auto& [key, value] : attributes) {
    if (value.empty()) continue;
    text_.append(" ").append(key).append("=\"");
    escape(value);
    text_ += '"';
  }
}

void XmlText::open(std::string_view name, Attributes attributes) {
  begin(name, attributes);
  text_ += ">\n";
  open_.emplace_back(name);
}

void XmlText::close() {
  assert(!open_.empty());
  std::string name = std::move(open_.back());
  open_.pop_back();
  text_.append(open_.size() * 2, ' ').append("</").append(name).append(">\n");
}

void XmlText::element(std::string_view name, std::string_view text, Attributes attributes) {
  begin(name, attributes);
  if (text.empty()) {
    text_ += "/>\n";
    return;
  }
  text_ += '>';
  escape(text);
  text_.append("</").append(name).append(">\n");
}

}  // namespace stet::schedule
