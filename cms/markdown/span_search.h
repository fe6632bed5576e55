// Searches ahead in one text, each of them remembered: however many openings look for the same
// closing, the text is gone through once.
//
// All positions are bytes of the text; npos where nothing is found. Threads: one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stet::markdown {

class SpanSearch {
 public:
  static constexpr std::size_t npos = std::string_view::npos;

  explicit SpanSearch(std::string_view text) : text_(text) {}

  std::size_t next_bracket(std::size_t from) { return next(']', bracket_, from); }
  std::size_t next_angle(std::size_t from) { return next('>', angle_, from); }
  std::size_t next_dollars(std::size_t from);
  // The next `~~` that may end what is struck out.
  std::size_t next_tildes(std::size_t from);
  // The next brace that no backslash stands in front of.
  std::size_t next_brace(std::size_t from);
  // The next mark that ends a link's title: behind it, a parenthesis closes.
  std::size_t next_title_end(char quote, std::size_t from);
  // The next run of so many backticks or more.
  std::size_t next_backticks(std::size_t count, std::size_t from);

  // The end of an extension: `{:/name}` or `{:/}`. The names known are few, each has an index.
  static constexpr std::array<std::string_view, 3> kExtensions = {
      "comment", "nomarkdown", "options"};
  std::size_t next_extension_end(std::size_t extension, std::size_t from);

  // Where a link's address in parentheses, which open at `at`, stops.
  struct AddressStop {
    std::size_t at = npos;  // of the parenthesis, or of the blank in front of a title
    bool is_closed = false;
  };
  AddressStop address_stop(std::size_t at);

 private:
  // Between `from` and `at` there is none.
  struct Found {
    std::size_t from = npos;
    std::size_t at = npos;
  };
  struct Address {
    std::size_t begin;
    AddressStop stop;
  };
  struct Backticks {
    std::size_t begin;
    std::size_t longest_from_here;
  };

  template <typename Find>
  std::size_t remembered(Found& found, std::size_t from, Find find);
  std::size_t next(char c, Found& found, std::size_t from);
  void find_addresses();
  void find_backticks();

  std::string_view text_;
  Found bracket_;
  Found angle_;
  Found brace_;
  Found dollars_;
  Found tildes_;
  Found single_title_;
  Found double_title_;
  std::array<Found, kExtensions.size()> extensions_;
  std::vector<Address> addresses_;  // by where they begin, once has_addresses_
  std::vector<Backticks> backticks_;
  bool has_addresses_ = false;
  bool has_backticks_ = false;
};

}  // namespace stet::markdown
