#include "cms/publish/record.h"

#include <optional>

namespace stet::publish {
namespace {

constexpr std::uint8_t kFormat = 1;

enum EntryKind : std::uint8_t { kGone, kFresh, kStale, kStaleWithoutPage };

class Writer {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void number(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
  }
  void text(std::string_view value) {
    number(value.size());
    bytes_ += value;
  }
  template <std::size_t Size>
  void array(const std::array<std::uint8_t, Size>& value) {
    bytes_.append(reinterpret_cast<const char*>(value.data()), Size);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads past the end give zeros and make is_good() false.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  bool is_good() const { return is_good_; }
  bool is_done() const { return is_good_ && rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  std::uint8_t byte() {
    std::string_view taken = take(1);
    return taken.empty() ? 0 : static_cast<std::uint8_t>(taken[0]);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    int shift = 0;
    for (char c : take(8)) {
      value |= std::uint64_t{static_cast<unsigned char>(c)} << shift;
      shift += 8;
    }
    return value;
  }
  std::string_view text() { return take(number()); }
  template <std::size_t Size>
  std::array<std::uint8_t, Size> array() {
    std::array<std::uint8_t, Size> value{};
    std::string_view taken = take(Size);
    std::copy(taken.begin(), taken.end(), value.begin());
    return value;
  }

 private:
  std::string_view take(std::uint64_t size) {
    is_good_ = is_good_ && size <= rest_.size();
    if (!is_good_) return {};
    std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
  bool is_good_ = true;
};

void write_page(Writer& out, const Page& page) {
  out.array(page.content.bytes);
  out.number(page.bytes);
  out.text(page.type);
  out.number(static_cast<std::uint64_t>(page.status));
}

Page read_page(Reader& in) {
  Page page;
  page.content.bytes = in.array<32>();
  page.bytes = in.number();
  page.type = in.text();
  page.status = static_cast<int>(in.number());
  return page;
}

void write_change(Writer& out, const OutputPath& path, const ManifestEntry* entry) {
  out.text(path.view());
  if (!entry) return out.byte(kGone);
  if (!entry->page()) return out.byte(kStaleWithoutPage);
  out.byte(entry->is_stale() ? kStale : kFresh);
  write_page(out, *entry->page());
}

Result<std::optional<ManifestEntry>> read_entry(Reader& in) {
  using Entry = std::optional<ManifestEntry>;
  switch (in.byte()) {
    case kGone: return Entry();
    case kFresh: return Entry(ManifestEntry::fresh(read_page(in)));
    case kStale: return Entry(ManifestEntry::stale(read_page(in)));
    case kStaleWithoutPage: return Entry(ManifestEntry::stale(std::nullopt));
    default: return invalid_input("a record with an unknown kind of entry");
  }
}

Result<std::vector<Change>> read_changes(Reader& in) {
  std::uint64_t count = in.number();
  std::vector<Change> changes;
  changes.reserve(std::min<std::uint64_t>(count, in.left() / 9));  // 9: the least a change takes
  for (std::uint64_t i = 0; i < count && in.is_good(); ++i) {
    auto path = TRY(OutputPath::parse(in.text()));
    auto entry = TRY(read_entry(in));
    changes.push_back({std::move(path), std::move(entry)});
  }
  if (!in.is_done()) return invalid_input("a record of the wrong length");
  return changes;
}

struct Heading {
  std::uint64_t change_count = 0;
  bool replaces_all = false;
};

void write_heading(Writer& out, const Live& live, const Heading& heading) {
  out.byte(kFormat);
  out.byte(heading.replaces_all ? 1 : 0);
  out.number(live.number);
  out.array(live.commit.bytes());
  out.number(static_cast<std::uint64_t>(live.instant.seconds));
  out.text(live.url);
  out.array(live.settings.bytes);
  out.array(live.manifest.fingerprint().bytes);
  out.number(heading.change_count);
}

}  // namespace

std::string encode_record(const Live& live, std::span<const Change> changes, bool replaces_all) {
  Writer out;
  write_heading(out, live, {changes.size(), replaces_all});
  for (const Change& change : changes) {
    write_change(out, change.path, change.entry ? &*change.entry : nullptr);
  }
  return out.take();
}

std::string encode_whole(const Live& live) {
  Writer out;
  write_heading(out, live, {live.manifest.size(), true});
  live.manifest.entries().for_each(
      [&](const OutputPath& path, const ManifestEntry& entry) { write_change(out, path, &entry); });
  return out.take();
}

Result<LivePointer> decode_record(std::string_view record, const LivePointer& before) {
  Reader in(record);
  if (in.byte() != kFormat) return invalid_input("a record of another version");
  const bool replaces_all = in.byte() != 0;
  auto live = std::make_shared<Live>();
  live->number = in.number();
  live->commit = CommitId(in.array<CommitId::kBytes>());
  live->instant.seconds = static_cast<std::int64_t>(in.number());
  live->url = in.text();
  live->settings.bytes = in.array<16>();
  const Fingerprint whole{in.array<16>()};
  const std::vector<Change> changes = TRY(read_changes(in));
  if (before ? live->number != before->number + 1 : !replaces_all) {
    return invalid_input("a record that does not go on from the one before");
  }
  live->manifest = (replaces_all ? Manifest() : before->manifest).with(changes);
  if (live->manifest.fingerprint() != whole) {
    return invalid_input("a record that does not add up to its fingerprint");
  }
  return LivePointer(std::move(live));
}

}  // namespace stet::publish
