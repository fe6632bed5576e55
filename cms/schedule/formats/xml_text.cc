#include "cms/schedule/formats/xml_text.h"

#include <cassert>

#include "cms/schedule/program.h"

namespace stet::schedule {

XmlText::XmlText() : text_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlText::escape(std::string_view text) {
  for (char c : clean_text(text)) {
    switch (c) {
      case '&': text_ += "&amp;"; break;
      case '<': text_ += "&lt;"; break;
      case '>': text_ += "&gt;"; break;
      case '"': text_ += "&quot;"; break;
      default: text_ += c;
    }
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
