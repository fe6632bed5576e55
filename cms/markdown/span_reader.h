// Reads one piece of running text by kramdown's span grammar.
//
// kramdown tries: an opening is read on until its closing is found, or the text ends, and then it
// was text after all. Here it is looked first whether and where an element closes (`close_of_...`:
// the same reading, with nothing made of it), and each answer is remembered, by the position and by
// what is open around it; so each element is made once, and no position is read more often than
// there are kinds of surroundings. Recursion is limited: deeper elements are text.
//
// Threads: one at a time; lives for one text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cms/markdown/html_tag.h"
#include "cms/markdown/reading.h"
#include "cms/markdown/span_link.h"
#include "cms/markdown/span_output.h"
#include "cms/markdown/span_search.h"
#include "cms/markdown/span_spots.h"

namespace stet::markdown {

class SpanReader {
 public:
  static constexpr int depth_max = 100;
  static constexpr std::size_t problems_max = 100;  // of a document; others are not told

  // `line` is that of the text's first line in the source.
  SpanReader(Reading& reading, std::string_view text, const SpanGrammar& grammar, int line)
      : reading_(reading),
        text_(text),
        counted_line_(line),
        grammar_(grammar),
        spots_(text, grammar_),
        search_(text),
        html_(text) {}

  void read(SpanOutput& output, int depth = 0);

  // How much work that was.
  std::size_t spots_read() const { return spots_read_; }

 private:
  static constexpr std::size_t npos = std::string_view::npos;

  // What is open around a position.
  struct Around {
    bool has_emphasis = false;
    bool has_strong = false;
    bool has_link = false;        // or an image: no link begins
    bool is_in_emphasis = false;  // directly
    bool is_raw = false;          // in HTML whose content is not Markdown
    int depth = 0;
  };
  struct Emphasis {
    std::size_t delimiter = 0;  // one character or two
    std::size_t close = npos;
  };
  struct Link {
    std::size_t close = npos;
    LinkTarget target;
  };

  void read_range(std::size_t begin, std::size_t end, SpanOutput& output, const Around& around);
  void read_inside(cmark_node* node,
                   std::size_t begin,
                   std::size_t end,
                   const Around& around,
                   SpanOutput& output);
  Spot next_spot(std::size_t from, std::size_t end, const Around& around) const;

  // Each reads what begins at the spot, or takes it for text; returns where that ends. npos, where
  // nothing is made: an element without an end has swallowed all the rest.
  std::size_t read_spot(Spot spot, SpanOutput& output, const Around& around);
  std::size_t read_emphasis(std::size_t at, SpanOutput& output, const Around& around);
  std::size_t read_bracket(std::size_t at, SpanOutput& output, const Around& around);
  std::size_t read_angle(std::size_t at, SpanOutput& output, const Around& around);
  std::size_t read_element(const HtmlTag& tag, SpanOutput& output, const Around& around);
  std::size_t read_footnote(std::size_t at, SpanOutput& output);
  std::size_t read_autolink(std::size_t at, SpanOutput& output);
  std::size_t read_code(std::size_t at, SpanOutput& output);
  std::size_t read_quote(std::size_t at, SpanOutput& output);
  std::size_t read_formula(std::size_t at, SpanOutput& output);
  std::size_t read_braces(std::size_t at, SpanOutput& output);
  std::size_t read_extension(std::size_t at, SpanOutput& output);
  std::size_t read_entity(std::size_t at, SpanOutput& output);
  std::size_t read_symbol(std::size_t at, SpanOutput& output);
  std::size_t read_backslash(std::size_t at, SpanOutput& output);
  std::size_t read_struck(std::size_t at, SpanOutput& output, const Around& around);
  std::size_t read_line_break(std::size_t at, SpanOutput& output);
  std::size_t read_as_text(std::size_t at, std::size_t size, SpanOutput& output);
  int line_of(std::size_t at);
  void warn(std::size_t at, std::string message, const SpanOutput& output);
  void add_set(std::string_view characters, SpanOutput& output);

  Emphasis find_emphasis(std::size_t at, std::size_t size, const Around& around);
  std::optional<Link> find_link(std::size_t begin, const Around& inside);
  static Around inside_emphasis(const Around& around, std::size_t delimiter);
  static Around inside_link(const Around& around);
  bool may_close_emphasis(std::size_t at, char type, std::size_t delimiter) const;
  bool closes_element(std::size_t at, std::string_view name) const;

  std::size_t close_of_emphasis(std::size_t begin, std::size_t delimiter, const Around& inside);
  std::size_t close_of_link(std::size_t begin, const Around& inside);
  std::size_t pass_bracket(std::size_t at,
                           std::vector<std::size_t>& open,
                           const Around& inside,
                           SpanOutput& ignored);
  std::size_t close_of_element(std::size_t begin, std::string_view name, const Around& inside);

  enum class Opening { kStar, kStars, kUnderscore, kUnderscores, kLink, kElement };
  static std::size_t mode_of(Opening opening, const Around& inside);
  static std::uint64_t key_of(std::size_t begin, std::size_t mode);

  Reading& reading_;
  std::string_view text_;
  std::size_t counted_ = 0;  // line feeds before it are in counted_line_
  int counted_line_;
  SpanGrammar grammar_;
  SpotFinder spots_;
  SpanSearch search_;
  HtmlScanner html_;
  std::unordered_map<std::uint64_t, std::size_t> closes_;  // by key; npos: never
  // By mode, those of which there are any: spots from which on no emphasis that is open there ever
  // closes.
  std::map<std::size_t, std::vector<bool>> hopeless_;
  std::size_t spots_read_ = 0;
};

}  // namespace stet::markdown
