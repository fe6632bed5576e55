#include "cms/image/svg.h"

#include <expat.h>

#include <memory>

#include "cms/image/svg_rules.h"
#include "storage/base/utf8.h"

namespace stet::image {
namespace {

constexpr std::size_t kToldMax = 20;

struct FreeParser {
  void operator()(XML_ParserStruct* parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<XML_ParserStruct, FreeParser>;

// One attribute as it stands in a start tag that is known to be well-formed.
struct RawAttribute {
  std::size_t begin = 0, end = 0;  // with the blank before it
};

std::vector<RawAttribute> attributes_of(std::string_view tag) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::vector<RawAttribute> attributes;
  std::size_t at = std::min(tag.find_first_of(kBlanks), tag.size());
  while (at < tag.size()) {
    std::size_t begin = at;
    std::size_t name = tag.find_first_not_of(kBlanks, at);
    if (name == tag.npos || tag[name] == '>' || tag[name] == '/') break;
    std::size_t quote = tag.find_first_of("\"'", name);
    std::size_t end = quote == tag.npos ? tag.npos : tag.find(tag[quote], quote + 1);
    if (end == tag.npos) break;
    at = end + 1;
    attributes.push_back({begin, at});
  }
  return attributes;
}

class Cutter {
 public:
  Cutter(XML_ParserStruct* parser, std::string_view text) : parser_(parser), text_(text) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetProcessingInstructionHandler(parser, on_instruction);
    XML_SetXmlDeclHandler(parser, on_declaration);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
  }

  Result<SvgCuts> run() {
    auto status =
        XML_Parse(parser_, text_.data(), static_cast<int>(text_.size()), /*isFinal=*/XML_TRUE);
    if (!fault_.empty()) return invalid_input(fault_);
    if (status != XML_STATUS_OK) {
      return invalid_input("the SVG is not well-formed in line " + line() + ": " +
                           XML_ErrorString(XML_GetErrorCode(parser_)));
    }
    return std::move(cuts_);
  }

 private:
  static Cutter& of(void* self) { return *static_cast<Cutter*>(self); }
  static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    of(self).start(name, attributes);
  }
  static void on_end(void* self, const XML_Char*) { of(self).end(); }
  static void on_text(void* self, const XML_Char* text, int size) {
    Cutter& cutter = of(self);
    if (cutter.style_depth_ > 0) cutter.style_.append(text, static_cast<std::size_t>(size));
  }
  static void on_instruction(void* self, const XML_Char* target, const XML_Char*) {
    Cutter& cutter = of(self);
    if (cutter.cut_depth_ == 0) cutter.cut_here("<?" + std::string(target) + "?>");
  }
  static void on_declaration(void* self, const XML_Char*, const XML_Char* encoding, int) {
    if (encoding && !is_utf8_name(encoding)) {
      of(self).refuse("the SVG says that it is encoded as '" + printable(encoding, 40) +
                      "'; save it as UTF-8");
    }
  }
  static void on_doctype(
      void* self, const XML_Char*, const XML_Char*, const XML_Char*, int has_declarations) {
    if (has_declarations) {
      of(self).refuse("the SVG has declarations of its own in line " + of(self).line() +
                      " (<!DOCTYPE [...]>); save it as plain SVG");
    }
  }

  void refuse(std::string why) {
    if (fault_.empty()) fault_ = std::move(why);
    XML_StopParser(parser_, XML_FALSE);
  }

  std::string line() const { return std::to_string(XML_GetCurrentLineNumber(parser_)); }
  std::uint64_t begin_here() const {
    return static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_));
  }
  std::uint64_t end_here() const {
    return begin_here() + static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser_));
  }

  void tell(const std::string& what) {
    if (cuts_.removed.size() < kToldMax) cuts_.removed.push_back(what + " in line " + line());
  }
  void cut_here(const std::string& what) {
    tell(what);
    cuts_.splices.push_back({begin_here(), end_here() - begin_here()});
  }

  void start(std::string_view name, const XML_Char** attributes) {
    if (++depth_ > kSvgDepthMax) {
      return refuse("the SVG has more than " + std::to_string(kSvgDepthMax) +
                    " elements within one another in line " + line());
    }
    if (cut_depth_ > 0) return;
    if (depth_ == 1 && local_name(name) != "svg") return refuse("the file's element is no <svg>");
    if (!is_good_element(name) || animates_links(attributes)) {
      tell("<" + printable(name, 40) + ">");
      cut_depth_ = depth_;
      cut_begin_ = begin_here();
      return;
    }
    if (local_name(name) == "style") {
      style_depth_ = depth_;
      style_begin_ = begin_here();
      style_.clear();
    }
    cut_attributes(name, attributes);
  }

  static bool animates_links(const XML_Char** attributes) {
    for (const XML_Char** at = attributes; *at; at += 2) {
      if (std::string_view(at[0]) == "attributeName" && !is_good_animated(at[1])) return true;
    }
    return false;
  }

  void cut_attributes(std::string_view element, const XML_Char** attributes) {
    std::uint64_t begin = begin_here();
    std::string_view tag =
        text_.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end_here() - begin));
    std::vector<RawAttribute> raw = attributes_of(tag);
    for (std::size_t i = 0; attributes[2 * i]; ++i) {
      if (i >= raw.size()) return refuse("the SVG has a tag that cannot be read in line " + line());
      std::string_view name = attributes[2 * i], value = attributes[2 * i + 1];
      if (is_good_attribute(element, name, value)) continue;
      tell("the attribute " + printable(name, 40));
      cuts_.splices.push_back({begin + raw[i].begin, raw[i].end - raw[i].begin});
    }
  }

  void end() {
    if (cut_depth_ == depth_) {
      cuts_.splices.push_back({cut_begin_, end_here() - cut_begin_});
      cut_depth_ = 0;
    }
    if (style_depth_ == depth_) {
      if (!is_good_css(style_)) {
        tell("<style>");
        while (!cuts_.splices.empty() && cuts_.splices.back().offset >= style_begin_) {
          cuts_.splices.pop_back();
        }
        cuts_.splices.push_back({style_begin_, end_here() - style_begin_});
      }
      style_depth_ = 0;
    }
    --depth_;
  }

  XML_ParserStruct* const parser_;
  const std::string_view text_;
  SvgCuts cuts_;
  std::string fault_;
  std::size_t depth_ = 0;
  std::size_t cut_depth_ = 0, style_depth_ = 0;  // of the element that is meant; 0: none
  std::uint64_t cut_begin_ = 0, style_begin_ = 0;
  std::string style_;
};

}  // namespace

Result<SvgCuts> harmless_svg(std::string_view text) {
  if (text.size() > kSvgBytesMax) {
    return invalid_input("the SVG has more than " + std::to_string(kSvgBytesMax) + " bytes");
  }
  if (!is_utf8(text) || text.find('\0') != text.npos) {
    return invalid_input("the SVG is not UTF-8; save it as that");
  }
  Parser parser(XML_ParserCreate("UTF-8"));
  if (!parser) return unavailable("no memory to read an SVG");
  return Cutter(parser.get(), text).run();
}

}  // namespace stet::image
