// What a render has seen of the site, noted as it sees it.
//
// A read is a key (a field of a document, a configuration value, a file ...) or a span of a list's
// positions. Nothing is declared by templates: the objects that Liquid is given record every look
// (cms/site's drops), and a render that never looked at a thing does not depend on it.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cms/reads/names.h"

namespace stet::reads {

enum class Kind : std::uint8_t {
  kField,      // (subject: a file's path, field: its name, or "*" for all of them)
  kLength,     // (subject: a list)
  kData,       // (subject: "data", field: a path such as "navigation.main")
  kConfig,     // (subject: "config", field: a path such as "author.name")
  kFile,       // (subject: a path): its bytes, and whether it is there at all
  kInstant,    // (subject: how it was formatted, such as "date:%Y"; "" for all of it)
  kRendition,  // (subject: a path, field: "content" or "excerpt"): the HTML made of it; or
               // (subject, field: its kind): the value of a summary
  kOutput,     // (subject: an output path): which source makes it
};

// 64 bits: compact, for a large site has tens of millions of them.
class Key {
 public:
  Key(Kind kind, NameId subject, NameId field = 0)
      : bits_(static_cast<std::uint64_t>(kind) << 60 | static_cast<std::uint64_t>(subject) << 28 |
              field) {}

  Kind kind() const { return static_cast<Kind>(bits_ >> 60); }
  NameId subject() const { return static_cast<NameId>(bits_ >> 28 & 0xffffffff); }
  NameId field() const { return static_cast<NameId>(bits_ & 0xfffffff); }
  std::uint64_t bits() const { return bits_; }

  friend auto operator<=>(const Key&, const Key&) = default;

 private:
  std::uint64_t bits_;
};

// Positions [begin, end) of a list: which elements stand there, not what is in them.
struct Span {
  NameId list = 0;
  std::uint32_t begin = 0, end = 0;
  friend auto operator<=>(const Span&, const Span&) = default;
};

struct Reads {
  std::vector<Key> keys;    // ascending, each once
  std::vector<Span> spans;  // ascending; those of one list neither overlap nor touch
  friend bool operator==(const Reads&, const Reads&) = default;
};

// Collects the reads of one render. One thread at a time.
class Recorder {
 public:
  void add(Key key) {
    if (!keys_.empty() && keys_.back() == key) return;
    keys_.push_back(key);
    if (keys_.size() >= compact_at_) compact();
  }
  void add_position(NameId list, std::size_t position) {
    add_span(
        {list, static_cast<std::uint32_t>(position), static_cast<std::uint32_t>(position + 1)});
  }
  void add_span(Span span);
  void add(const Reads& reads);
  // As add(), once: what was added already costs nothing.
  void add_shared(const std::shared_ptr<const Reads>& reads);

  Reads take();  // sorted; the recorder is empty afterwards

 private:
  void compact();

  std::vector<Key> keys_;
  std::vector<Span> spans_;
  std::vector<std::shared_ptr<const Reads>> shared_;  // that have been added
  std::size_t compact_at_ = 4096, compact_spans_at_ = 4096;
};

// "title of _posts/x.md", "position 0 to 5 of site.posts": for people.
std::string describe(const Key& key, const Names& names);
std::string describe(const Span& span, const Names& names);

}  // namespace stet::reads
