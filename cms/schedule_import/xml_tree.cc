#include "cms/schedule_import/xml_tree.h"

#include <expat.h>

#include <algorithm>
#include <memory>

namespace stet::schedule_import {
namespace {

struct FreeParser {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, FreeParser>;

class TreeMaker {
 public:
  TreeMaker(XML_ParserStruct* parser, const XmlLimits& limits) : parser_(parser), limits_(limits) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
  }

  Result<XmlElement> run(std::string_view bytes) {
    auto status = XML_Parse(parser_, bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
    if (!fault_.empty()) return invalid_input(fault_);
    if (status != XML_STATUS_OK || top_.children.empty()) {
      return invalid_input("the XML is not well-formed in line " + line() + ": " +
                           XML_ErrorString(XML_GetErrorCode(parser_)));
    }
    return std::move(top_.children.front());
  }

 private:
  static TreeMaker& of(void* self) { return *static_cast<TreeMaker*>(self); }
  static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    of(self).start(name, attributes);
  }
  static void on_end(void* self, const XML_Char*) {
    TreeMaker& maker = of(self);
    if (!maker.path_.empty()) maker.path_.pop_back();
  }
  static void on_text(void* self, const XML_Char* text, int size) {
    TreeMaker& maker = of(self);
    if (!maker.path_.empty()) maker.now().text.append(text, static_cast<std::size_t>(size));
  }
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    of(self).refuse(
        "the XML declares a document type (<!DOCTYPE>), which nothing that is imported needs");
  }

  std::string line() const { return std::to_string(XML_GetCurrentLineNumber(parser_)); }

  void refuse(const std::string& why) {
    if (fault_.empty()) fault_ = why + "; line " + line();
    XML_StopParser(parser_, XML_FALSE);
  }

  XmlElement& now() {
    XmlElement* element = &top_;
    for (std::size_t place : path_) element = &element->children[place];
    return *element;
  }

  void start(const XML_Char* name, const XML_Char** attributes) {
    if (path_.size() >= kXmlDepthMax) {
      return refuse("the XML has more than 32 elements within one another");
    }
    if (++elements_ > limits_.elements) {
      return refuse("the XML has more than " + std::to_string(limits_.elements) + " elements");
    }
    XmlElement element;
    element.name = name;
    element.place = {static_cast<int>(XML_GetCurrentLineNumber(parser_)),
                     static_cast<int>(XML_GetCurrentColumnNumber(parser_)) + 1};
    for (const XML_Char** at = attributes; *at; at += 2)
      element.attributes.emplace_back(at[0], at[1]);
    XmlElement& parent = now();
    parent.children.push_back(std::move(element));
    path_.push_back(parent.children.size() - 1);
  }

  XML_ParserStruct* parser_;
  const XmlLimits limits_;
  XmlElement top_;
  std::vector<std::size_t> path_;  // places of the open elements among their parents' children
  std::size_t elements_ = 0;
  std::string fault_;
};

}  // namespace

std::string_view XmlElement::attribute(std::string_view name) const {
  for (const auto& [own, value] : attributes) {
    if (own == name) return value;
  }
  return {};
}

const XmlElement* XmlElement::child(std::string_view name) const {
  auto found = std::find_if(
      children.begin(), children.end(), [&](const XmlElement& one) { return one.name == name; });
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::text_of(std::string_view name) const {
  const XmlElement* found = child(name);
  return found ? std::string_view(found->text) : std::string_view();
}

Result<XmlElement> read_xml_tree(std::string_view bytes, const XmlLimits& limits) {
  if (bytes.size() > limits.mebibytes << 20) {
    return invalid_input("the XML is larger than " + std::to_string(limits.mebibytes) + " MiB");
  }
  Parser parser(XML_ParserCreate(nullptr));
  if (!parser) return unavailable("there is no memory for an XML parser");
  return TreeMaker(parser.get(), limits).run(bytes);
}

}  // namespace stet::schedule_import
