#include "tests/cms/document/make_document.h"

#include <cstdlib>
#include <vector>

namespace stet::document {
namespace {

using Texts = std::vector<std::string>;

// The same documents on every run, unless RC_PARAMS says otherwise; rapidcheck knows no other way
// in.
[[maybe_unused]] const int kParameters = setenv("RC_PARAMS", "seed=1 max_success=300", 0);

// Over the whole range from the first document on: rapidcheck would start with narrow ones.
int below(int count) { return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, count)); }

std::string one_of(const Texts& texts) {
  return texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
}

bool once_in(int count) { return below(count) == 0; }

const Texts kKeys{"title", "date", "tags", "header", "a b", "ключ", "x", "permalink", "é", "n"};
const Texts kWords{"word",
                   "two words",
                   "12",
                   "yes",
                   "2020-01-02",
                   "1:30",
                   "naïve",
                   "日本 語",
                   "https://a.b/c",
                   "a#b",
                   "~",
                   "0x1F",
                   "-5",
                   "x: y"};

class Writer {
 public:
  std::string write() {
    eol_ = once_in(3) ? "\r\n" : "\n";
    out_ = once_in(5) ? "\xef\xbb\xbf" : "";
    line("---");
    entries(0, 2);
    out_ += once_in(6) ? "..." : "---";
    if (once_in(6)) return out_;
    out_ += eol_;
    for (int i = below(3); i > 0; --i) out_ += eol_;
    for (int i = below(5); i > 0; --i) line(one_of(kWords) + " body");
    if (once_in(3)) out_ += "no newline";
    return out_;
  }

 private:
  void line(const std::string& text) { out_ += text + eol_; }

  std::string spaces(int count) const { return std::string(static_cast<std::size_t>(count), ' '); }

  void entries(int indent, int depth) {
    int count = below(4) + (depth < 2 ? 1 : 0);
    bool is_aligned = once_in(4);
    for (int i = 0; i < count; ++i) {
      if (once_in(4)) line(spaces(indent) + "# comment: [x");
      if (once_in(6)) out_ += eol_;
      std::string key = one_of(kKeys);
      if (once_in(6)) key = once_in(2) ? "'" + key + "'" : "\"" + key + "\"";
      out_ += spaces(indent) + key + (is_aligned ? spaces(below(3)) : "") + ":";
      value(indent, depth);
    }
  }

  void end_line() { line(once_in(4) ? "  # note" : ""); }

  void value(int indent, int depth) {
    switch (below(11)) {
      case 0: return end_line();
      case 1: return block_scalar(indent);
      case 2: return list(indent, depth);
      case 3:
        if (depth > 0) return map(indent, depth);
        [[fallthrough]];
      case 4: out_ += " " + flow(2); return end_line();
      case 5:
        if (!anchors_.empty()) {
          out_ += " *" + one_of(anchors_);
          return end_line();
        }
        [[fallthrough]];
      case 6:
        out_ += " &anchor" + std::to_string(anchors_.size()) + " " + quoted();
        anchors_.push_back("anchor" + std::to_string(anchors_.size()));
        return end_line();
      default: out_ += spaces(1 + (once_in(3) ? below(4) : 0)) + quoted(); return end_line();
    }
  }

  std::string quoted() {
    std::string word = one_of(kWords);
    bool is_unsafe = word == "x: y";
    switch (below(3)) {
      case 0: return "'" + word + "'";
      case 1: return "\"" + word + "\\t\"";
      default: return is_unsafe ? "xy" : word;
    }
  }

  std::string flow(int depth) {
    if (depth == 0 || once_in(3)) return once_in(2) ? "'x, y'" : one_of({"1", "w", "no", "a b"});
    bool is_map = once_in(2);
    std::string out = is_map ? "{" : "[";
    int count = below(4);
    for (int i = 0; i < count; ++i) {
      if (i > 0) out += once_in(3) ? "," + eol_ + "      " : ", ";
      if (is_map) out += "k" + std::to_string(below(4)) + ": ";
      out += flow(depth - 1);
    }
    return out + (once_in(4) ? " " : "") + (is_map ? "}" : "]");
  }

  void block_scalar(int indent) {
    line(std::string(" ") + (once_in(2) ? "|" : ">") + one_of({"", "-", "+"}) +
         (once_in(4) ? " # header" : ""));
    int count = 1 + below(3);
    for (int i = 0; i < count; ++i) {
      line(spaces(indent + 3) + one_of(kWords));
      if (once_in(4)) out_ += eol_;
    }
  }

  void list(int indent, int depth) {
    end_line();
    int inner = indent + (once_in(2) ? 0 : 2);
    int count = 1 + below(3);
    for (int i = 0; i < count; ++i) {
      if (once_in(5)) line(spaces(inner) + "# of the next");
      out_ += spaces(inner) + "-";
      if (depth > 0 && once_in(3)) {
        out_ += " k: " + quoted();
        end_line();
        line(spaces(inner + 2) + "m: 1");
      } else if (once_in(5)) {
        end_line();
      } else {
        out_ += " " + quoted();
        end_line();
      }
    }
  }

  void map(int indent, int depth) {
    end_line();
    entries(indent + (once_in(2) ? 2 : 4), depth - 1);
  }

  std::string out_, eol_;
  Texts anchors_;
};

}  // namespace

rc::Gen<std::string> documents() {
  return rc::gen::exec([] { return Writer().write(); });
}

rc::Gen<std::string> strings() {
  return rc::gen::exec([] {
    static const Texts kPieces{"a",    "b c", " ",     "\n", "\n\n", "#",  ": ",   "'",
                               "\"",   "\\",  "-",     "é",  "日",   "\t", "\x01", "1",
                               ".",    "~",   "[",     "}",  ", ",   "|",  "\r",   "yes",
                               "2020", ":",   "---\n", "%",  "&x",   "*x", "!",    "\xe2\x80\xa8",
                               "<<",   "?",   "0x1",   "e+3"};
    std::string text;
    for (int i = below(5); i > 0; --i) text += one_of(kPieces);
    return text;
  });
}

rc::Gen<Data> scalars() {
  return rc::gen::exec([]() -> Data {
    switch (below(8)) {
      case 0: return {};
      case 1: return once_in(2);
      case 2: return *rc::gen::arbitrary<std::int64_t>();
      case 3: return *rc::gen::arbitrary<double>();
      case 4: return date_of_days(below(30000));
      case 5:
        return Time{below(2'000'000'000),
                    once_in(2) ? 0 : below(1'000'000'000),
                    (below(48) - 24) * 1800,
                    false};
      default: return *strings();
    }
  });
}

rc::Gen<Data> maps(int depth) {
  return rc::gen::exec([depth]() -> Data {
    Data::Map map;
    for (int i = below(4); i > 0; --i) {
      std::string key = once_in(4) ? *strings() : one_of(kKeys);
      if (key == "<<") continue;
      int kind = depth > 0 ? below(5) : 4;
      if (kind == 0) {
        map.set(key, *maps(depth - 1));
      } else if (kind == 1) {
        Data::List list;
        for (int j = below(4); j > 0; --j) {
          list.push_back(once_in(3) ? *maps(depth - 1) : *scalars());
        }
        map.set(key, std::move(list));
      } else {
        map.set(key, *scalars());
      }
    }
    return map;
  });
}

}  // namespace stet::document
