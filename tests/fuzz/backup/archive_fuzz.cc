// What somebody may have put into a backup: any bytes are parts within the file, a manifest and
// references that mean what they say, or are refused.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "storage/backup/manifest.h"
#include "storage/backup/refs.h"
#include "storage/backup/tar.h"
#include "storage/base/hash.h"

namespace {

namespace storage = stet::storage;

void require(bool is_so) {
  if (!is_so) std::abort();
}

void read_as_tar(std::string_view bytes) {
  auto members = storage::read_tar(stet::MemorySource(bytes));
  if (!members) return require(!members.error().message.empty());
  std::uint64_t at = 0;
  for (const storage::TarMember& member : *members) {
    require(storage::is_tar_name(member.name) && member.name.find("..") == member.name.npos);
    require(member.offset >= at + 512 && member.bytes <= bytes.size() - member.offset);
    at = member.offset + member.bytes;
  }
}

// A manifest whose last line is right, so that the lines before it are all that can be wrong.
void read_as_manifest(std::string_view bytes) {
  require(!storage::parse_manifest(bytes) || bytes.find("\nend: ") != bytes.npos);
  std::string body(bytes.substr(0, bytes.rfind("\nend: ")));
  body += "\n";
  auto manifest = storage::parse_manifest(body + "end: " + stet::sha256_hex(body) + "\n");
  if (!manifest) return;
  require(storage::parse_manifest(storage::to_text(*manifest)).value() == *manifest);
  for (const storage::BackupPart& part : manifest->parts) require(storage::is_tar_name(part.name));
}

void read_as_refs(std::string_view bytes) {
  auto refs = storage::parse_refs(bytes);
  if (!refs) return;
  require(storage::to_text(*refs).size() <= bytes.size());
  require(storage::parse_refs(storage::to_text(*refs)).value() == *refs);
  for (const storage::Ref& ref : *refs) {
    require(ref.name.starts_with("refs/") && ref.name.find("..") == ref.name.npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_as_tar(bytes);
  read_as_manifest(bytes);
  read_as_refs(bytes);
  return 0;
}
