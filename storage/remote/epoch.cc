#include "storage/remote/epoch.h"

#include <charconv>

#include "storage/git/objects.h"
#include "storage/remote/references.h"

namespace stet::storage {
namespace {

constexpr std::uint64_t kBytesMax = 32;
constexpr std::uint64_t kEpochMax = 1'000'000'000;

Result<std::uint64_t> parse_epoch(std::string_view text) {
  std::uint64_t epoch = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), epoch);
  const bool is_whole =
      failure == std::errc() && std::string_view(end, text.data() + text.size()) == "\n";
  if (is_whole && epoch >= 1 && epoch <= kEpochMax) return epoch;
  return invalid_input(std::string(kEpochRef) + " names no number; `git update-ref -d " +
                       kEpochRef + "` takes it away, and the site is in epoch 1 again");
}

Error not_raised(std::uint64_t there, std::uint64_t wanted) {
  return conflict("the site is in epoch " + std::to_string(there) + ", and " +
                  std::to_string(wanted) + " is no later one");
}

}  // namespace

Result<std::uint64_t> read_epoch(const Repository& repository, const std::string& reference) {
  auto text = read_note(repository, reference, kBytesMax);
  if (text) return parse_epoch(*text);
  if (text.error().code == ErrorCode::kNotFound) return std::uint64_t{1};
  return std::move(text).error();
}

Status raise_epoch(const Repository& repository, std::uint64_t epoch) {
  const std::uint64_t there = TRY(read_epoch(repository));
  if (epoch <= there || epoch > kEpochMax) return not_raised(there, epoch);
  return write_note(repository, kEpochRef, std::to_string(epoch) + "\n");
}

Status check_raised(const Repository& repository, const CommitId& pushed) {
  auto text = repository.objects().read_blob(BlobId(pushed.bytes()), kBytesMax);
  if (!text) return invalid_input("what it names is no text of one number");
  const std::uint64_t epoch = TRY(parse_epoch(*text));
  const std::uint64_t there = TRY(read_epoch(repository));
  return epoch > there ? Status() : Status(not_raised(there, epoch));
}

}  // namespace stet::storage
