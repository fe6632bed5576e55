// A session's slots as they are to be, as a merge patch of its front matter that changes no more
// than is asked for: times keep the form that the file has for them.
//
// Threads: one at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "cms/change/validate.h"
#include "cms/document/data.h"
#include "cms/schedule/session.h"

namespace stet::change {

// What is said of one slot; what is not said stays.
struct SlotWish {
  // A time as a session has it, or nil: it is not scheduled any more, or has no end of its own.
  std::optional<document::Data> start, end;
  std::optional<document::Data> room;  // a name, or nil
  std::optional<std::int64_t> minutes;
};

class SessionPatch {
 public:
  // All must outlive it.
  SessionPatch(const document::Data& front_matter,
               const std::string& path,
               const schedule::Event& event);

  const schedule::Session& session() const { return session_; }

  // The place of the slot with that id; "" is the only one. A fault, with the pointer "/slot", says
  // which there are.
  std::variant<std::size_t, FieldProblem> find_slot(const std::string& id) const;

  // Without an end or minutes of its own it stays as long as it was. A fault has the pointer of the
  // member of the wish.
  std::optional<FieldProblem> apply(std::size_t slot, const SlotWish& wish);
  // By so many days of the calendar, and then by so many minutes; those that have no start stay.
  std::optional<FieldProblem> shift(std::size_t slot, std::int64_t days, std::int64_t minutes);

  // Empty: nothing is said.
  document::Data::Map take() { return std::move(patch_); }

 private:
  const document::Data* value_of(std::size_t slot, const char* key) const;
  void set(std::size_t slot, const char* key, document::Data value);
  void set_time(std::size_t slot, const char* key, const Time& time);
  void set_length(std::size_t slot, std::int64_t minutes);
  std::optional<FieldProblem> read(const char* key,
                                   const document::Data& value,
                                   std::optional<Time>& time) const;
  std::optional<FieldProblem> set_when(std::size_t slot,
                                       const std::optional<Time>& start,
                                       const SlotWish& wish);

  const document::Data& front_matter_;
  const schedule::Event& event_;
  schedule::Session session_;
  document::Data::Map patch_;
};

}  // namespace stet::change
