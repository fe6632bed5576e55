#include "cms/publish/record.h"

#include <algorithm>
#include <optional>

#include "storage/base/byte_code.h"

namespace stet::publish {
namespace {

constexpr std::uint8_t kFormat = 1;

enum EntryKind : std::uint8_t { kGone, kFresh, kStale, kStaleWithoutPage };

void write_page(ByteWriter& out, const Page& page) {
  out.array(page.content.bytes);
  out.number(page.bytes);
  out.text(page.type);
  out.number(static_cast<std::uint64_t>(page.status));
}

Page read_page(ByteReader& in) {
  Page page;
  page.content.bytes = in.array<32>();
  page.bytes = in.number();
  page.type = in.text();
  page.status = static_cast<int>(in.number());
  return page;
}

void write_change(ByteWriter& out, const OutputPath& path, const ManifestEntry* entry) {
  out.text(path.view());
  if (!entry) return out.byte(kGone);
  if (!entry->page()) return out.byte(kStaleWithoutPage);
  out.byte(entry->is_stale() ? kStale : kFresh);
  write_page(out, *entry->page());
}

Result<std::optional<ManifestEntry>> read_entry(ByteReader& in) {
  using Entry = std::optional<ManifestEntry>;
  switch (in.byte()) {
    case kGone: return Entry();
    case kFresh: return Entry(ManifestEntry::fresh(read_page(in)));
    case kStale: return Entry(ManifestEntry::stale(read_page(in)));
    case kStaleWithoutPage: return Entry(ManifestEntry::stale(std::nullopt));
    default: return invalid_input("a record with an unknown kind of entry");
  }
}

Result<std::vector<Change>> read_changes(ByteReader& in) {
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
  RecordKind kind = RecordKind::kDifference;
};

void write_heading(ByteWriter& out, const Live& live, const Heading& heading) {
  out.byte(kFormat);
  out.byte(static_cast<std::uint8_t>(heading.kind));
  out.number(live.number);
  out.array(live.commit.bytes());
  out.number(static_cast<std::uint64_t>(live.instant.seconds));
  out.text(live.url);
  out.text(live.baseurl);
  out.array(live.settings.bytes);
  out.array(live.manifest.fingerprint().bytes);
  out.number(heading.change_count);
}

// A publication that needs no other may stand anywhere behind an older one: those between them were
// kept no more when the journal was rewritten.
bool goes_on(const Live& live, RecordKind kind, const LivePointer& before) {
  if (!before) return kind == RecordKind::kWhole;
  if (kind == RecordKind::kFill) return live.number == before->number;
  if (kind == RecordKind::kWhole) return live.number > before->number;
  return live.number == before->number + 1;
}

}  // namespace

std::string encode_record(const Live& live, std::span<const Change> changes, RecordKind kind) {
  ByteWriter out;
  write_heading(out, live, {changes.size(), kind});
  for (const Change& change : changes) {
    write_change(out, change.path, change.entry ? &*change.entry : nullptr);
  }
  return out.take();
}

std::string encode_whole(const Live& live) {
  ByteWriter out;
  write_heading(out, live, {live.manifest.size(), RecordKind::kWhole});
  live.manifest.entries().for_each(
      [&](const OutputPath& path, const ManifestEntry& entry) { write_change(out, path, &entry); });
  return out.take();
}

std::string encode_hold(const std::optional<Hold>& hold) {
  ByteWriter out;
  out.byte(kFormat);
  out.byte(static_cast<std::uint8_t>(hold ? RecordKind::kHold : RecordKind::kRelease));
  if (!hold) return out.take();
  out.number(hold->number);
  out.array(hold->head.bytes());
  out.number(static_cast<std::uint64_t>(hold->since.seconds));
  out.text(hold->by);
  return out.take();
}

bool is_hold_record(std::string_view record) {
  if (record.size() < 2 || static_cast<std::uint8_t>(record[0]) != kFormat) return false;
  auto kind = static_cast<RecordKind>(static_cast<std::uint8_t>(record[1]));
  return kind == RecordKind::kHold || kind == RecordKind::kRelease;
}

Result<std::optional<Hold>> decode_hold(std::string_view record) {
  ByteReader in(record);
  in.byte();
  const auto kind = static_cast<RecordKind>(in.byte());
  std::optional<Hold> hold;
  if (kind == RecordKind::kHold) {
    hold.emplace();
    hold->number = in.number();
    hold->head = CommitId(in.array<CommitId::kBytes>());
    hold->since.seconds = static_cast<std::int64_t>(in.number());
    hold->by = in.text();
  }
  if (!in.is_done()) return invalid_input("a record of a hold of the wrong length");
  return hold;
}

Result<LivePointer> decode_record(std::string_view record, const LivePointer& before) {
  ByteReader in(record);
  if (in.byte() != kFormat) return invalid_input("a record of another version");
  const auto kind = static_cast<RecordKind>(in.byte());
  if (kind > RecordKind::kFill) return invalid_input("a record of an unknown kind");
  auto live = std::make_shared<Live>();
  live->number = in.number();
  live->commit = CommitId(in.array<CommitId::kBytes>());
  live->instant.seconds = static_cast<std::int64_t>(in.number());
  live->url = in.text();
  live->baseurl = in.text();
  live->settings.bytes = in.array<16>();
  const Fingerprint whole{in.array<16>()};
  const std::vector<Change> changes = TRY(read_changes(in));
  if (!goes_on(*live, kind, before)) {
    return invalid_input("a record that does not go on from the one before");
  }
  live->manifest = (kind == RecordKind::kWhole ? Manifest() : before->manifest).with(changes);
  if (live->manifest.fingerprint() != whole) {
    return invalid_input("a record that does not add up to its fingerprint");
  }
  return LivePointer(std::move(live));
}

}  // namespace stet::publish
