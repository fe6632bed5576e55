// What is kept of a rendered site from one run of the server to the next, as records of a file.
//
// Names and texts stand in a record where the file first uses them, and are numbers from there on:
// so a record is sized by what a publication has touched, and is read in its place only. A file is
// a heading, parts (of a site written whole), and publications. The decoder takes any bytes, and
// says of what cannot be that it is damaged. One thread at a time.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cms/dirty/graph.h"
#include "cms/dirty/wave.h"
#include "storage/base/byte_code.h"
#include "storage/base/clock.h"
#include "storage/base/hash.h"
#include "storage/base/problem.h"
#include "storage/history/last_changed.h"

namespace stet::pipeline {

// A page or a rendition. One of which nothing is known is one that went.
struct SavedNode {
  bool has_reads = false;    // false: a page that is stale, and has never been rendered
  bool keeps_reads = false;  // they are as an earlier record has them
  bool is_stale = false;     // a page; what it has read may be another by now
  reads::Reads reads;
  std::optional<Fingerprint> value;  // of a rendition
  Problems problems;                 // of a page, as are its reasons
  dirty::Reasons reasons;

  bool is_gone() const {
    return !has_reads && !keeps_reads && !is_stale && !value && problems.empty() && reasons.empty();
  }
  friend bool operator==(const SavedNode&, const SavedNode&) = default;
};

// Which publication the records add up to, or have filled pages of.
struct SavedMark {
  std::uint64_t number = 0;  // 0: none
  CommitId commit;
  Instant instant;
  friend bool operator==(const SavedMark&, const SavedMark&) = default;
};

struct SavedHistory {
  CommitId commit;
  storage::LastChanged last_changed;
};

using SavedInstants = std::map<std::string, std::string, std::less<>>;  // render::Instants::seen

struct SavedSite {
  SavedMark mark;
  std::unordered_map<dirty::NodeId, SavedNode> nodes;
  SavedInstants instants;
  std::optional<SavedHistory> history;
};

class StateEncoder {
 public:
  explicit StateEncoder(const reads::Names& names) : names_(names) {}
  // For going on with a file that uses these, in their order.
  StateEncoder(const reads::Names& names, const std::vector<std::string_view>& texts);

  // The first record of a file: what else the rest depends on.
  static std::string heading(const Fingerprint& settings);

  void add(dirty::NodeId node, const SavedNode& saved);
  void add_instants(const SavedInstants& instants);
  void add_history(const SavedHistory& history);

  std::size_t bytes() const { return out_.size(); }
  // The record of what was added since the last one: a part, or with a mark a publication.
  std::string take_part();
  std::string take_publication(const SavedMark& mark);

 private:
  std::uint32_t& reference_to(reads::NameId name);
  void add_ref(std::uint32_t& known, std::string_view text);
  void add_name(reads::NameId name);
  void add_text(std::string_view text);
  void add_reads(const reads::Reads& reads);
  void add_problems(const Problems& problems);

  const reads::Names& names_;
  std::vector<std::uint32_t> by_name_;  // 0: the file has not used it yet
  std::unordered_map<std::string, std::uint32_t> by_text_;
  std::uint32_t used_ = 0;
  ByteWriter out_;
};

class StateDecoder {
 public:
  // Takes publications up to that number.
  StateDecoder(reads::Names& names,
               const Fingerprint& settings,
               std::uint64_t newest,
               SavedSite& site)
      : names_(names), settings_(settings), newest_(newest), site_(&site) {}

  // Records in the order of the file. kNotFound: a later publication, of which nothing was taken.
  // After any other error nothing that it has put into the site is to be trusted.
  Status accept(std::string_view record);

  // Where what follows goes; texts are known as before.
  void go_on_with(SavedSite& site) { site_ = &site; }

  // That the file has used, in their order; valid until the next record.
  std::vector<std::string_view> texts() const;

 private:
  class Record;  // one that is being read

  reads::Names& names_;
  const Fingerprint settings_;
  const std::uint64_t newest_;
  SavedSite* site_;
  bool has_heading_ = false;
  struct Text {
    std::string text;
    std::optional<reads::NameId> name;  // once it was one
  };
  std::vector<Text> texts_;
};

}  // namespace stet::pipeline
