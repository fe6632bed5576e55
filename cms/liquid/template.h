// A Liquid template: parsed once, rendered many times.
//
// The dialect is Liquid 4.0.4's in `error_mode: warn` with Jekyll's tags and filters (what
// Jekyll 4.3 does), and Liquid 5's additions where Liquid 4 would abort. Threads: a Template is an
// immutable tree; any number of threads may render it at once, each with its own Host. Errors: what
// Jekyll would abort with is a Problem, never an exception; a template that cannot be parsed is
// still a Template, whose render is that problem. Ownership: what a render hands to Values as views
// lies in the template's source, so a Template lives as long as a render that uses it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cms/liquid/value.h"
#include "storage/base/problem.h"

namespace stet::liquid {

class Host;
class Template;
struct Syntax;

// What one render may use up, includes counted in; 0: as much as it likes. A template written by an
// enemy cannot pass them: a render that would ends with a Problem.
struct Limits {
  std::uint64_t steps_max =
      0;  // tags, outputs, filters, items visited, and bytes that filters chew
  std::size_t output_bytes_max = 0;  // of the whole output, and of any one string on the way to it
  int depth_max = 100;               // includes within includes; at most 100, as Liquid has it
};

struct Rendered {
  std::string output;            // complete only where `fatal` is empty
  std::optional<Problem> fatal;  // what Jekyll would abort the build with
  Problems warnings;
};

struct Parsed {
  std::shared_ptr<const Template> tree;  // never null
  Problems
      problems;  // an error: the tree does not render; warnings: Liquid's lax reading was taken
};

using Globals = std::vector<std::pair<std::string, Value>>;

class Template {
 public:
  // `path` is what problems name; `first_line` is the line of the file at which `source` begins
  // (after front matter it is not 1).
  static Parsed parse(std::string source, std::string path, int first_line = 1);

  // `globals` are what the outermost names mean (page, site, layout, content); of equal names the
  // first counts.
  Rendered render(const Globals& globals, Host& host, const Limits& limits) const;

  ~Template();
  Template(const Template&) = delete;
  Template& operator=(const Template&) = delete;

  const std::string& path() const;
  std::string_view source() const;
  // True if the source has no tag and no output: rendering gives the source as it is.
  bool is_plain() const;

  const Syntax& syntax() const { return *syntax_; }  // for the engine itself

 private:
  explicit Template(std::unique_ptr<const Syntax> syntax);
  std::unique_ptr<const Syntax> syntax_;
};

}  // namespace stet::liquid
