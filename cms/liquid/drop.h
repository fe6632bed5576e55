// Objects and lists that are computed as a template asks for them, and that note what it asked.
//
// Threads: a drop is immutable and shared by all renders; what belongs to one render (the record of
// its reads, its limits) is in the Host that each call is given.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cms/liquid/value.h"

namespace stet::liquid {

class Host;

// Has fields, like a hash. What get() returned is what was read; the implementation records it.
class Drop : public Counted {
 public:
  virtual Value get(std::string_view key, Host& host) const = 0;  // nil where there is none
  // The fields that iteration, `inspect` and `jsonify` show, in their order.
  virtual std::vector<std::string> keys(Host& host) const = 0;
  virtual bool has_key(std::string_view key, Host& host) const = 0;
  // What `{{ drop }}` prints; Jekyll's drops print themselves as JSON unless they say otherwise.
  virtual std::string to_text(Host& host) const;
  // True if templates see it as a plain hash: `for` and `sort` take [key, value] pairs of it.
  virtual bool is_hash() const { return false; }
  // Two drops of one thing are equal though they be two objects.
  virtual bool is_same(const Drop& other) const { return this == &other; }
};

// Has positions, like an array. size() and at() record that the length or that position was read.
class List : public Counted {
 public:
  virtual std::size_t size(Host& host) const = 0;
  virtual Value at(std::size_t position, Host& host) const = 0;  // position < size
  // True if it has an element there; reads that alone, so `limit:5` on 10,000 posts reads five.
  virtual bool has(std::size_t position, Host& host) const = 0;
  // The first `count` elements, count <= size, as by at().
  virtual std::vector<Value> first(std::size_t count, Host& host) const;
  // Visits the field of every element in order, as the element itself tells it; all of them are
  // read. False, and nothing done: asking each element costs no more.
  using VisitField = std::function<void(std::size_t position, const Value& value)>;
  virtual bool visit_field(std::string_view field, Host& host, const VisitField& visit) const;
};

}  // namespace stet::liquid
