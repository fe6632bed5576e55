// What a Liquid expression is worth: Ruby's nil, booleans, numbers, strings, times, lists and
// hashes.
//
// A Value is 16 bytes, cheap to copy, and immutable once shared: Liquid has no operation that
// changes a value in place. Strings are counted references, or views of text that outlives every
// render that sees them (a template's own source). Threads: values may be shared between threads;
// the counts are atomic. Ownership: whatever a Value refers to lives as long as a Value refers to
// it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/time.h"

namespace stet::liquid {

class Array;
class Drop;
class Hash;
class List;
class Value;

// Counted by the Values that refer to it; starts at none.
class Counted {
 public:
  Counted() = default;
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  virtual ~Counted() = default;

  void retain() const { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() const {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

 private:
  mutable std::atomic<std::uint32_t> count_{0};
};

// Owns one count of a T.
template <typename T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(const T* object) : object_(object) {
    if (object_) object_->retain();
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_) object_->release();
  }
  const T* get() const { return object_; }
  const T* operator->() const { return object_; }
  const T& operator*() const { return *object_; }
  explicit operator bool() const { return object_ != nullptr; }

 private:
  const T* object_ = nullptr;
};

enum class Type : std::uint8_t {
  kNil,
  kBool,
  kInteger,
  kFloat,
  kString,
  kDate,
  kTime,
  kRange,  // (first..last), of integers
  kArray,
  kHash,
  kDrop,   // an object whose fields are computed when asked for (drop.h)
  kList,   // a lazy list (drop.h): what a template takes from it is what it has read
  kBlank,  // the words `blank` and `empty`
  kEmpty,
};

class Value {
 public:
  Value() = default;  // nil
  Value(bool b) : type_(Type::kBool) { payload_.boolean = b; }
  Value(std::int64_t i) : type_(Type::kInteger) { payload_.integer = i; }
  Value(int i) : Value(static_cast<std::int64_t>(i)) {}
  Value(double f) : type_(Type::kFloat) { payload_.number = f; }
  Value(std::string text);           // owned
  Value(const char* text) = delete;  // say string or view
  Value(const Date& date);
  Value(const Time& time);
  Value(Ref<Array> array);
  Value(Ref<Hash> hash);
  Value(Ref<Drop> drop);
  Value(Ref<List> list);

  // `text` must outlive every render that can see the value, and be shorter than 4 GiB.
  static Value view(std::string_view text);
  static Value range(std::int64_t first, std::int64_t last);
  static Value blank();
  static Value empty();
  // The live instant (site.time, "now"): what a template prints of it is what it has read, so
  // filters that format it tell Host::saw_instant (host.h), and everything else that looks at it
  // does too.
  static Value live_time(const Time& time);

  Value(const Value& other)
      : payload_(other.payload_),
        length_(other.length_),
        type_(other.type_),
        is_counted_(other.is_counted_) {
    if (is_counted_) payload_.counted->retain();
  }
  Value(Value&& other) noexcept
      : payload_(other.payload_),
        length_(other.length_),
        type_(other.type_),
        is_counted_(other.is_counted_) {
    other.type_ = Type::kNil;
    other.is_counted_ = false;
  }
  Value& operator=(Value other) noexcept {
    swap(other);
    return *this;
  }
  ~Value() {
    if (is_counted_) payload_.counted->release();
  }
  void swap(Value& other) noexcept {
    std::swap(payload_, other.payload_);
    std::swap(length_, other.length_);
    std::swap(type_, other.type_);
    std::swap(is_counted_, other.is_counted_);
  }

  Type type() const { return type_; }
  bool is_nil() const { return type_ == Type::kNil; }
  bool is_string() const { return type_ == Type::kString; }
  bool is_truthy() const {
    return type_ != Type::kNil && (type_ != Type::kBool || payload_.boolean);
  }

  // Each asks for exactly its own type (asserted).
  bool as_bool() const;
  std::int64_t as_integer() const;
  double as_float() const;
  std::string_view as_string() const;
  Date as_date() const;
  const Time& as_time() const;
  bool is_live_time() const;
  std::pair<std::int64_t, std::int64_t> as_range() const;
  const Array& as_array() const;
  const Hash& as_hash() const;
  const Drop& as_drop() const;
  const List& as_list() const;

 private:
  union Payload {
    bool boolean;
    std::int64_t integer;
    double number;
    const char* text;
    const Counted* counted;
  };

  Value(Type type, const Counted* counted);

  Payload payload_{.integer = 0};
  std::uint32_t length_ = 0;  // of a view
  Type type_ = Type::kNil;
  bool is_counted_ = false;
};

static_assert(sizeof(Value) == 16);

class Array final : public Counted {
 public:
  explicit Array(std::vector<Value> items) : items(std::move(items)) {}
  const std::vector<Value> items;
};

// In the order in which keys came, as Ruby's; a key set again keeps its place.
class Hash final : public Counted {
 public:
  using Entry = std::pair<std::string, Value>;
  explicit Hash(std::vector<Entry> entries);  // of equal keys the last value wins

  const Value* find(std::string_view key) const;  // null where there is none
  const std::vector<Entry>& entries() const { return entries_; }
  // The position among the entries of a value that find() returned.
  std::size_t place_of(const Value& found) const {
    auto offset = reinterpret_cast<const char*>(&found) -
                  reinterpret_cast<const char*>(&entries_.front().second);
    return static_cast<std::size_t>(offset) / sizeof(Entry);
  }

 private:
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> sorted_;  // positions by key; empty for a few entries
};

Value make_array(std::vector<Value> items);
Value make_hash(std::vector<Hash::Entry> entries);

}  // namespace stet::liquid
