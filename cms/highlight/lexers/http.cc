#include <memory>
#include <string>
#include <string_view>

#include "cms/highlight/languages.h"
#include "cms/highlight/lexers/lexers.h"
#include "cms/highlight/state_lexer.h"

namespace stet::highlight {
namespace {

using enum Token;

enum class State { kRoot, kHeaders, kContent };

constexpr std::string_view kMethods[] = {
    "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH"};
constexpr CharSet kLineEnds{"\r\n"};
constexpr CharSet kGap{" "};

struct Content {
  std::string_view type, language;
};

constexpr Content kContents[] = {
    {"application/json", "json"},
    {"application/vnd.api+json", "json"},
    {"application/hal+json", "json"},
    {"application/problem+json", "json"},
    {"application/schema+json", "json"},
    {"text/html", "html"},
    {"application/xhtml+xml", "html"},
    {"text/xml", "xml"},
    {"application/xml", "xml"},
    {"image/svg+xml", "xml"},
    {"application/rss+xml", "xml"},
    {"application/atom+xml", "xml"},
    {"text/css", "css"},
    {"text/javascript", "javascript"},
    {"application/javascript", "javascript"},
};

class Http final : public StateLexer<State> {
 public:
  void reset() override {
    StateLexer::reset();
    content_.reset();
  }

 protected:
  bool step() override {
    switch (state()) {
      case State::kRoot: return (request() || response()) && push(State::kHeaders);
      case State::kHeaders:
        return header() || words() || (take(kText, line_end(0)) && push(State::kContent));
      case State::kContent:
        return content_ ? hand(*content_, rest().size()) : take(kText, rest().size());
    }
    return false;
  }

 private:
  std::size_t line_end(std::size_t from) const {
    const std::size_t turn = peek(from) == '\r' ? 1 : 0;
    return peek(from + turn) == '\n' ? turn + 1 : 0;
  }

  // "HTTP" or "HTTPS".
  std::size_t protocol(std::size_t from) const {
    const std::size_t size = literal("HTTP", from);
    return size > 0 ? size + literal("S", from + size) : 0;
  }

  bool request() {
    const std::size_t method = first_of(kMethods);
    const std::size_t gap = run(kGap, method);
    const std::size_t path = until(kGap, method + gap);
    const std::size_t second_gap = run(kGap, method + gap + path);
    const std::size_t begin = method + gap + path + second_gap;
    const std::size_t name = protocol(begin);
    if (method == 0 || gap == 0 || second_gap == 0 || name == 0) return false;
    if (peek(begin + name) != '/' || !is(kDigits, begin + name + 1)) return false;
    const bool has_minor = peek(begin + name + 2) == '.' && is(kDigits, begin + name + 3);
    const std::size_t version = has_minor ? 3 : 1;
    const std::size_t end = begin + name + 1 + version;
    if (!ends_line(end) && line_end(end) == 0) return false;
    return take_all({{kNameFunction, method},
                     {kText, gap},
                     {kNameNamespace, path},
                     {kText, second_gap},
                     {kKeyword, name},
                     {kOperator, 1},
                     {kNumber, version},
                     {kText, line_end(end)}});
  }

  bool response() {
    const std::size_t name = protocol(0);
    const bool has_version = name > 0 && peek(name) == '/' && is(kDigits, name + 1) &&
                             peek(name + 2) == '.' && is(kDigits, name + 3);
    const std::size_t gap = has_version ? run(kGap, name + 4) : 0;
    const std::size_t status = name + 4 + gap;
    if (gap == 0 || run_within(3, kDigits, status) != 3) return false;
    const std::size_t second_gap = run(kGap, status + 3);
    const std::size_t reason = until(kLineEnds, status + 3 + second_gap);
    return take_all({{kKeyword, name},
                     {kOperator, 1},
                     {kNumber, 3},
                     {kText, gap},
                     {kNumber, 3},
                     {kText, second_gap},
                     {kNameException, reason},
                     {kText, line_end(status + 3 + second_gap + reason)}});
  }

  bool header() {
    const std::size_t name = until(kSpace | ":");
    const std::size_t gap = run(kGap, name);
    if (name == 0 || peek(name + gap) != ':') return false;
    const std::size_t second_gap = run(kGap, name + gap + 1);
    const std::size_t begin = name + gap + 1 + second_gap;
    const std::size_t value = until(kLineEnds, begin);
    if (value == 0) return false;
    if (name == 12 && literal_any_case("content-type") > 0) content_ = lexer_of(view(value, begin));
    return take_all({{kNameAttribute, name},
                     {kText, gap},
                     {kPunctuation, 1},
                     {kText, second_gap},
                     {kString, value},
                     {kText, line_end(begin + value)}});
  }

  bool words() {
    const std::size_t size = until(kLineEnds);
    return take_all({{kString, size}, {kText, line_end(size)}});
  }

  static std::unique_ptr<Lexer> lexer_of(std::string_view type) {
    std::string name(type.substr(0, type.find(';')));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const Content& content : kContents) {
      if (content.type == name) return make_lexer(content.language, 0);
    }
    return nullptr;
  }

  std::unique_ptr<Lexer> content_;
};

}  // namespace

std::unique_ptr<Lexer> make_http() { return std::make_unique<Http>(); }

}  // namespace stet::highlight
