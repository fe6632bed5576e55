#include "storage/remote/references.h"

#include <algorithm>
#include <vector>

#include "storage/git/handles.h"
#include "storage/git/objects.h"

namespace stet::storage {

Result<References> references_below(const Repository& repository, std::string_view prefix) {
  const auto lease = TRY(repository.objects().lease());
  const std::string pattern = std::string(prefix) + "*";
  auto all = TRY(make<ReferenceIteratorHandle>(
      "list references", git_reference_iterator_glob_new, lease.repository(), pattern.c_str()));
  References found;
  git_reference* next = nullptr;
  while (git_reference_next(&next, all.get()) == 0) {
    const ReferenceHandle reference(next);
    const git_oid* target = git_reference_target(reference.get());
    if (target) found[git_reference_name(reference.get())] = from_git<CommitId>(*target);
  }
  return found;
}

Status set_reference(const Repository& repository,
                     const std::string& name,
                     const CommitId& object) {
  const auto lease = TRY(repository.objects().lease());
  const git_oid target = to_git(object);
  TRY(make<ReferenceHandle>("set '" + name + "'",
                            git_reference_create,
                            lease.repository(),
                            name.c_str(),
                            &target,
                            1,
                            nullptr));
  return {};
}

Status move_reference(const Repository& repository,
                      const std::string& name,
                      const CommitId& from,
                      const CommitId& to) {
  const auto lease = TRY(repository.objects().lease());
  const git_oid before = to_git(from), after = to_git(to);
  git_reference* moved = nullptr;
  const int failure = git_reference_create_matching(
      &moved, lease.repository(), name.c_str(), &after, 1, &before, "stet: moved");
  const ReferenceHandle reference(moved);
  if (failure == GIT_EMODIFIED) return conflict("'" + name + "' was moved by somebody else");
  return call("move '" + name + "'", [failure] { return failure; });
}

Status remove_reference(const Repository& repository, const std::string& name) {
  const auto lease = TRY(repository.objects().lease());
  Status removed =
      call("remove '" + name + "'", git_reference_remove, lease.repository(), name.c_str());
  const bool is_gone = !removed && removed.error().code == ErrorCode::kNotFound;
  return is_gone ? Status() : removed;
}

std::size_t remove_locks(const std::filesystem::path& repository, std::string_view prefix) {
  namespace fs = std::filesystem;
  std::vector<fs::path> locks;
  std::error_code failure;
  fs::recursive_directory_iterator it(repository / prefix, failure), end;
  for (; !failure && it != end; it.increment(failure)) {
    if (it->path().extension() == ".lock") locks.push_back(it->path());
  }
  return static_cast<std::size_t>(std::count_if(
      locks.begin(), locks.end(), [&](const fs::path& lock) { return fs::remove(lock, failure); }));
}

Result<std::string> read_note(const Repository& repository,
                              const std::string& reference,
                              std::uint64_t bytes_max) {
  git_oid target;
  {
    const auto lease = TRY(repository.objects().lease());
    TRY(call("read '" + reference + "'",
             git_reference_name_to_id,
             &target,
             lease.repository(),
             reference.c_str()));
  }
  auto text = repository.objects().read_blob(from_git<BlobId>(target), bytes_max);
  if (text || text.error().code != ErrorCode::kNotFound) return text;
  return invalid_input("'" + reference + "' names no text");
}

Status write_note(const Repository& repository,
                  const std::string& reference,
                  std::string_view text) {
  git_oid written;
  {
    const auto lease = TRY(repository.objects().lease());
    TRY(call("write '" + reference + "'",
             git_blob_create_from_buffer,
             &written,
             lease.repository(),
             text.data(),
             text.size()));
  }
  return set_reference(repository, reference, from_git<CommitId>(written));
}

}  // namespace stet::storage
