// XML, element by element, indented by two blanks a level.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stet::schedule {

class XmlText {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

  XmlText();
  // Attributes with an empty value are left out; an element that is open must be closed.
  void open(std::string_view name, Attributes attributes = {});
  void close();
  // <name a="b">text</name>; <name/> where there is no text.
  void element(std::string_view name, std::string_view text, Attributes attributes = {});

  std::string take() { return std::move(text_); }

 private:
  void begin(std::string_view name, Attributes attributes);
  void escape(std::string_view text);

  std::string text_;
  std::vector<std::string> open_;
};

}  // namespace stet::schedule
