// The immutable tree that a template is parsed into.
//
// Everything that can be decided while parsing is: literals are values, names carry their hash,
// filters and tags are pointers, blank blocks are marked. Texts are views of the template's source
// or of its arena. Threads: read by any number of renders at once. Ownership: the arena of a Syntax
// owns all of its nodes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cms/liquid/arena.h"
#include "cms/liquid/value.h"
#include "storage/base/problem.h"

namespace stet::liquid {

class Renderer;
struct Expression;
struct FilterEntry;

// A variable's name, hashed when parsed, so that scopes compare numbers first.
struct Name {
  constexpr Name() = default;
  constexpr explicit Name(std::string_view text) : text(text), hash(hash_of(text)) {}

  static constexpr std::uint32_t hash_of(std::string_view text) {  // FNV-1a
    std::uint32_t hash = 2166136261U;
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash;
  }
  friend bool operator==(const Name& a, const Name& b) {
    return a.hash == b.hash && a.text == b.text;
  }

  std::string_view text;
  std::uint32_t hash = 0;
};

// One step of `a.b[c]`.
struct Step {
  Value key;                            // a text after a dot, a literal in brackets
  const Expression* dynamic = nullptr;  // what stands in brackets, if it must be asked
  bool is_command = false;              // `.size`, `.first`, `.last`
};

struct Lookup {
  Name name;
  const Expression* dynamic_name = nullptr;  // of `[expression].b`
  std::span<const Step> steps;
};

struct Expression {
  enum class Kind : std::uint8_t { kLiteral, kLookup, kRange };

  Kind kind = Kind::kLiteral;
  Value literal;
  const Lookup* lookup = nullptr;
  const Expression* first = nullptr;  // of a range with bounds that must be asked
  const Expression* last = nullptr;
};

struct FilterCall {
  struct Keyword {
    std::string_view name;
    Expression value;
  };

  const FilterEntry* entry = nullptr;
  std::span<const Expression> positional;
  std::span<const Keyword> keywords;
};

// The inside of {{ }}, and the right side of an assignment.
struct Output {
  Expression value;
  std::span<const FilterCall> filters;
  std::uint32_t offset = 0;  // in the source, for problems
};

enum class Operator : std::uint8_t {
  kNone,  // the left side alone
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kContains,
  kUnknown,  // lax parsing lets it pass; rendering does not
};
enum class Relation : std::uint8_t { kLast, kAnd, kOr };

struct Comparison {
  Expression left;
  Expression right;
  Operator op = Operator::kNone;
  Relation relation = Relation::kLast;  // to the next comparison; Liquid groups to the right
  std::string_view op_text;             // of kUnknown
};
using Condition = std::span<const Comparison>;

// What a tag of a template does. One class a tag, in cms/liquid/tags/.
class Tag {
 public:
  virtual ~Tag() = default;
  // Appends to the renderer's output; what goes wrong is told to the renderer.
  virtual void render(Renderer& renderer) const = 0;
};

struct Node {
  enum class Kind : std::uint8_t { kText, kOutput, kTag };

  Kind kind = Kind::kText;
  bool is_blank_block = false;  // a tag with a body of white space and assignments: prints nothing
  std::uint32_t offset = 0;
  std::string_view text = {};
  const Output* output = nullptr;
  const Tag* tag = nullptr;
};

struct Block {
  std::span<const Node> nodes;
  bool is_blank = true;
};

struct Syntax {
  std::string source;
  std::string path;
  int first_line = 1;
  Arena arena;
  Block root;
  std::optional<Problem> error;  // then there is no root
};

// The problem of that severity at a place of the source.
Problem problem_at(const Syntax& syntax,
                   std::uint32_t offset,
                   Severity severity,
                   std::string message);

}  // namespace stet::liquid
