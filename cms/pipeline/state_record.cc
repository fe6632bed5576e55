#include "cms/pipeline/state_record.h"

#include <algorithm>

namespace stet::pipeline {
namespace {

enum RecordKind : std::uint8_t { kHeading = 1, kPart, kPublication };
enum ItemKind : std::uint8_t { kNode = 1, kInstant, kHistory };
enum NodeFlag : std::uint8_t {
  kHasReads = 1,
  kKeepsReads = 2,
  kHasValue = 4,
  kHasProblems = 8,
  kHasReasons = 16,
  kIsStale = 32,
};

constexpr std::uint8_t kKindMax = 15;  // a Key has four bits for it
constexpr reads::NameId kFieldMax = (1u << 28) - 1;

std::uint8_t flags_of(const SavedNode& saved) {
  return static_cast<std::uint8_t>(
      (saved.has_reads ? kHasReads : 0) | (saved.keeps_reads ? kKeepsReads : 0) |
      (saved.value ? kHasValue : 0) | (saved.problems.empty() ? 0 : kHasProblems) |
      (saved.reasons.empty() ? 0 : kHasReasons) | (saved.is_stale ? kIsStale : 0));
}

Error damaged() { return invalid_input("a record that makes no sense"); }

}  // namespace

StateEncoder::StateEncoder(const reads::Names& names, const std::vector<std::string_view>& texts)
    : names_(names) {
  for (std::string_view text : texts) {
    if (auto name = names_.find(text)) {
      reference_to(*name) = ++used_;
    } else {
      by_text_[std::string(text)] = ++used_;
    }
  }
}

std::string StateEncoder::heading(const Fingerprint& settings) {
  ByteWriter out;
  out.byte(kHeading);
  out.array(settings.bytes);
  return out.take();
}

void StateEncoder::add_ref(std::uint32_t& known, std::string_view text) {
  if (known > 0) return out_.count(known);
  known = ++used_;
  out_.count(0);
  out_.short_text(text);
}

std::uint32_t& StateEncoder::reference_to(reads::NameId name) {
  if (name >= by_name_.size()) by_name_.resize(name + name / 2 + 1024);
  return by_name_[name];
}

void StateEncoder::add_name(reads::NameId name) {
  std::uint32_t& known = reference_to(name);
  add_ref(known, known > 0 ? std::string_view() : names_.name_of(name));
}

void StateEncoder::add_text(std::string_view text) {
  if (auto name = names_.find(text)) return add_name(*name);
  add_ref(by_text_[std::string(text)], text);
}

// Keys of one kind and subject stand together, as they do in the reads.
void StateEncoder::add_reads(const reads::Reads& reads) {
  out_.count(reads.keys.size());
  for (std::size_t i = 0; i < reads.keys.size();) {
    reads::Key first = reads.keys[i];
    std::size_t end = i;
    while (end < reads.keys.size() && reads.keys[end].kind() == first.kind() &&
           reads.keys[end].subject() == first.subject()) {
      ++end;
    }
    out_.byte(static_cast<std::uint8_t>(first.kind()));
    add_name(first.subject());
    out_.count(end - i);
    for (; i < end; ++i) add_name(reads.keys[i].field());
  }
  out_.count(reads.spans.size());
  for (const reads::Span& span : reads.spans) {
    add_name(span.list);
    out_.count(span.begin);
    out_.count(span.end);
  }
}

void StateEncoder::add_problems(const Problems& problems) {
  out_.count(problems.size());
  for (const Problem& problem : problems) {
    out_.byte(problem.severity == Severity::kError ? 1 : 0);
    add_text(problem.path);
    out_.signed_count(problem.line);
    out_.signed_count(problem.column);
    add_text(problem.message);
  }
}

void StateEncoder::add(dirty::NodeId node, const SavedNode& saved) {
  out_.byte(kNode);
  add_name(node);
  out_.byte(flags_of(saved));
  if (saved.has_reads) add_reads(saved.reads);
  if (saved.value) out_.array(saved.value->bytes);
  if (!saved.problems.empty()) add_problems(saved.problems);
  if (saved.reasons.empty()) return;
  out_.count(saved.reasons.size());
  for (const std::string& reason : saved.reasons) add_text(reason);
}

void StateEncoder::add_instants(const SavedInstants& instants) {
  for (const auto& [how, printed] : instants) {
    out_.byte(kInstant);
    add_text(how);
    add_text(printed);
  }
}

void StateEncoder::add_history(const SavedHistory& history) {
  out_.byte(kHistory);
  out_.array(history.commit.bytes());
  out_.count(history.last_changed.size());
  history.last_changed.all().for_each([&](const RepoPath& path, const storage::LastChange& change) {
    const auto& id = change.commit.bytes();
    add_text(path.string());
    add_text(std::string_view(reinterpret_cast<const char*>(id.data()), id.size()));
    out_.signed_count(change.when.seconds);
    out_.signed_count(change.when.nanoseconds);
    out_.signed_count(change.when.offset_seconds);
    out_.byte(change.when.is_utc ? 1 : 0);
  });
}

std::string StateEncoder::take_part() {
  std::string record(1, static_cast<char>(kPart));
  record += std::exchange(out_, {}).take();
  return record;
}

std::string StateEncoder::take_publication(const SavedMark& mark) {
  ByteWriter record;
  record.byte(kPublication);
  record.count(mark.number);
  record.array(mark.commit.bytes());
  record.signed_count(mark.instant.seconds);
  return record.take() + std::exchange(out_, {}).take();
}

class StateDecoder::Record {
 public:
  Record(StateDecoder& decoder, std::string_view bytes) : decoder_(decoder), in_(bytes) {}

  Status read() {
    std::uint8_t kind = in_.byte();
    if (kind == kHeading) return read_heading();
    if (!decoder_.has_heading_ || (kind != kPart && kind != kPublication)) return damaged();
    if (kind == kPart && decoder_.site_->mark.number > 0) return damaged();
    std::optional<SavedMark> mark;
    if (kind == kPublication) mark = read_mark();
    if (mark && mark->number > decoder_.newest_) {
      return not_found("a publication that the journal does not have");
    }
    while (is_good() && !in_.is_done()) read_item();
    if (!is_good() || (mark && mark->number < decoder_.site_->mark.number)) return damaged();
    if (mark) decoder_.site_->mark = *mark;
    return {};
  }

 private:
  bool is_good() const { return in_.is_good() && is_sound_; }

  Status read_heading() {
    bool is_same = in_.array<16>() == decoder_.settings_.bytes;
    if (!in_.is_done() || decoder_.has_heading_) return damaged();
    decoder_.has_heading_ = true;
    return is_same ? Status()
                   : Status(conflict("it is of other settings, or of another version of stet,"));
  }

  SavedMark read_mark() {
    SavedMark mark;
    mark.number = in_.count();
    mark.commit = CommitId(in_.array<CommitId::kBytes>());
    mark.instant.seconds = in_.signed_count();
    return mark;
  }

  void read_item() {
    switch (in_.byte()) {
      case kNode: return read_node();
      case kInstant: {
        std::string how(text());
        decoder_.site_->instants[std::move(how)] = text();
        return;
      }
      case kHistory: return read_history();
      default: is_sound_ = false;
    }
  }

  Text* ref() {
    static constexpr std::size_t kTextBytesMax = std::size_t{1} << 20;
    std::uint64_t number = in_.count();
    if (number == 0) {
      std::string_view text = in_.short_text();
      is_sound_ = is_sound_ && text.size() <= kTextBytesMax;
      if (!is_good()) return nullptr;
      return &decoder_.texts_.emplace_back(Text{std::string(text), std::nullopt});
    }
    is_sound_ = is_sound_ && number <= decoder_.texts_.size();
    return is_good() ? &decoder_.texts_[number - 1] : nullptr;
  }

  std::string_view text() {
    Text* known = ref();
    return known ? std::string_view(known->text) : std::string_view();
  }

  reads::NameId name() {
    Text* known = ref();
    if (!known) return 0;
    if (!known->name) known->name = decoder_.names_.id_of(known->text);
    return *known->name;
  }

  reads::Reads read_reads() {
    reads::Reads reads;
    std::size_t left = in_.count_of(1);
    reads.keys.reserve(left);
    while (left > 0 && is_good()) {
      std::uint8_t kind = in_.byte();
      reads::NameId subject = name();
      std::uint64_t fields = in_.count();
      is_sound_ = is_sound_ && kind <= kKindMax && fields > 0 && fields <= left;
      for (; fields > 0 && is_good(); --fields, --left) {
        reads::NameId field = name();
        is_sound_ = is_sound_ && field <= kFieldMax;
        reads.keys.emplace_back(static_cast<reads::Kind>(kind), subject, field);
      }
    }
    // Names have other numbers in each process, so the order is another.
    std::sort(reads.keys.begin(), reads.keys.end());
    is_sound_ =
        is_sound_ && std::adjacent_find(reads.keys.begin(), reads.keys.end()) == reads.keys.end();
    std::size_t spans = in_.count_of(3);
    reads.spans.reserve(spans);
    for (; spans > 0 && is_good(); --spans) {
      reads::NameId list = name();
      std::uint64_t begin = in_.count(), end = in_.count();
      is_sound_ = is_sound_ && begin < end && end <= ~std::uint32_t{0};
      reads.spans.push_back(
          {list, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    std::sort(reads.spans.begin(), reads.spans.end());
    return reads;
  }

  Problems read_problems() {
    Problems problems;
    for (std::size_t left = in_.count_of(5); left > 0 && is_good(); --left) {
      Problem problem;
      problem.severity = in_.byte() == 1 ? Severity::kError : Severity::kWarning;
      problem.path = text();
      problem.line = static_cast<int>(in_.signed_count());
      problem.column = static_cast<int>(in_.signed_count());
      problem.message = text();
      problems.push_back(std::move(problem));
    }
    return problems;
  }

  void read_node() {
    reads::NameId node = name();
    std::uint8_t flags = in_.byte();
    SavedNode saved;
    saved.has_reads = flags & kHasReads;
    saved.keeps_reads = flags & kKeepsReads;
    saved.is_stale = flags & kIsStale;
    if (saved.has_reads) saved.reads = read_reads();
    if (flags & kHasValue) saved.value = Fingerprint{in_.array<16>()};
    if (flags & kHasProblems) saved.problems = read_problems();
    if (flags & kHasReasons) {
      for (std::size_t left = in_.count_of(1); left > 0 && is_good(); --left) {
        saved.reasons.emplace_back(text());
      }
    }
    if (!is_good()) return;
    SavedNode& known = decoder_.site_->nodes[node];
    if (saved.keeps_reads && !known.keeps_reads && known.has_reads) {
      saved.keeps_reads = false;
      saved.has_reads = true;
      saved.reads = std::move(known.reads);
    }
    known = std::move(saved);
  }

  void read_history() {
    using Changes = PersistentMap<RepoPath, storage::LastChange>;
    CommitId commit(in_.array<CommitId::kBytes>());
    std::vector<std::pair<RepoPath, storage::LastChange>> changes;
    for (std::size_t left = in_.count_of(6); left > 0 && is_good(); --left) {
      auto path = RepoPath::parse(text());
      std::array<std::uint8_t, CommitId::kBytes> id{};
      std::string_view id_text = text();
      is_sound_ = is_sound_ && path && id_text.size() == id.size() &&
                  (changes.empty() || changes.back().first < *path);
      if (!is_good()) return;
      std::copy(id_text.begin(), id_text.end(), id.begin());
      storage::LastChange change{CommitId(id), {}};
      change.when.seconds = in_.signed_count();
      change.when.nanoseconds = static_cast<std::int32_t>(in_.signed_count());
      change.when.offset_seconds = static_cast<std::int32_t>(in_.signed_count());
      change.when.is_utc = in_.byte() == 1;
      changes.emplace_back(*std::move(path), change);
    }
    if (!is_good()) return;
    decoder_.site_->history =
        SavedHistory{commit, storage::LastChanged::of(Changes::from_sorted(std::move(changes)))};
  }

  StateDecoder& decoder_;
  ByteReader in_;
  bool is_sound_ = true;
};

std::vector<std::string_view> StateDecoder::texts() const {
  std::vector<std::string_view> texts;
  texts.reserve(texts_.size());
  for (const Text& known : texts_) texts.push_back(known.text);
  return texts;
}

Status StateDecoder::accept(std::string_view record) { return Record(*this, record).read(); }

}  // namespace stet::pipeline
